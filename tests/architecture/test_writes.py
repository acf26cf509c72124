"""Rows are created, changed and deleted only in actions.

Exempt by name: migrations, ``admin.py`` for reference data, and the files listed here
with the reason.
"""

import ast

import pytest

from tests.architecture.sources import LAYERS, modules, named, tree_of

WRITES = {
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "save",
    "update",
    "update_or_create",
}
MANAGERS = ("objects", "_default_manager", "_base_manager")
APPS = modules(*LAYERS)


def is_action(path):
    return path.stem == "actions" or "actions" in path.parts


def writes(tree):
    """Lines that write through a manager (``X.objects….update(…)``) or save a row."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        chain = ast.unparse(node.func)
        through_manager = any(f".{manager}." in chain for manager in MANAGERS)
        if node.func.attr in WRITES and through_manager:
            yield f"line {node.lineno}: {chain}"
        elif node.func.attr == "save" and not node.args and not node.keywords:
            yield f"line {node.lineno}: {chain}()"


@pytest.mark.parametrize(
    "path", [path for path in APPS if not is_action(path)], ids=named
)
def test_rows_are_written_only_in_actions(path):
    assert list(writes(tree_of(path))) == []


@pytest.mark.parametrize(
    "path",
    [path for path in APPS if path.stem == "views" or "views" in path.parts],
    ids=named,
)
def test_view_reaches_objects_only_through_access_and_queries(path):
    source = path.read_text(encoding="utf-8")

    assert ".objects." not in source
