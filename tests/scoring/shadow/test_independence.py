"""The second opinion knows nothing of the first, no fraction type and no float."""

import ast
import sys

import pytest

from tests.architecture.sources import modules, named, tree_of

SHADOW = [path for path in modules("scoring") if path.parent.name == "shadow"]


def imported(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", SHADOW, ids=named)
def test_it_imports_the_standard_library_and_itself(path):
    strangers = [
        name
        for name in imported(path)
        if not name.startswith("scoring.shadow")
        and name.split(".")[0] not in sys.stdlib_module_names
    ]
    assert strangers == []


@pytest.mark.parametrize("path", SHADOW, ids=named)
def test_it_calculates_with_whole_numbers_only(path):
    assert {"decimal", "fractions", "statistics"}.isdisjoint(imported(path))
    divisions = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
    ]
    assert divisions == []


def test_there_is_something_to_look_at():
    assert len(SHADOW) > 5
