"""The import rules of docs/architecture.md, checked.

An app imports only from apps listed before it, and a ``core`` package imports only the
standard library, its own ``core`` and the cores of lower apps.  Model relations follow
the same direction: a foreign key is an import in disguise.
"""

import ast
import sys

import pytest
from django.apps import apps

from tests.architecture.sources import LAYERS, PEERS, app_of, modules, named, tree_of

REASONS = ("slow import", "app ready")
# Slow or optional libraries live in the files named here and nowhere else.
LEAVES = {
    "weasyprint": {"people"},
    "channels": {"live", "config"},
    "daphne": {"config"},
    "twisted": {"config"},
}


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield ("." * node.level + (node.module or ""), node)


def offences(app, in_core, names):
    """What is wrong with the imported names, as sentences."""
    allowed = LAYERS[: LAYERS.index(app) + 1]
    for name in names:
        top = name.split(".")[0]
        ours = top in LAYERS
        if name.startswith("."):
            yield f"{name}: relative imports hide the direction"
        elif ours and (top not in allowed or (app, top) in PEERS):
            yield f"{name}: {app} may not import {top}"
        elif top == "tests":
            yield f"{name}: tests are nobody's library"
        elif in_core and ours and name.split(".")[1:2] != ["core"]:
            yield f"{name}: a core imports only cores"
        elif in_core and not ours and top not in sys.stdlib_module_names:
            yield f"{name}: a core imports no framework"


@pytest.mark.parametrize("path", modules(), ids=named)
def test_module_imports_only_what_its_layer_allows(path):
    names = [name for name, _ in imports(tree_of(path))]

    assert list(offences(app_of(path), "core" in path.parts, names)) == []


@pytest.mark.parametrize(
    ("app", "in_core", "name", "wrong"),
    [
        ("people", False, "scoring.models", True),
        ("people", False, "ledger.actions", False),
        ("live", False, "awards.queries", True),
        ("jobs", False, "ledger", True),
        ("scoring", True, "django.db", True),
        ("scoring", True, "people.core.grades", False),
        ("awards", True, "scoring.models", True),
        ("scoring", False, ".models", True),
        ("ledger", False, "config.settings", True),
    ],
)
def test_the_rule_itself_tells_right_from_wrong(app, in_core, name, wrong):
    assert bool(list(offences(app, in_core, [name]))) is wrong


@pytest.mark.parametrize("path", modules(), ids=named)
def test_import_inside_a_function_gives_one_of_the_two_reasons(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    tree = tree_of(path)
    top_level = {id(node) for node in tree.body}
    for node in tree.body:  # `if TYPE_CHECKING:` and `try:` count as top level
        if isinstance(node, ast.If | ast.Try):
            top_level |= {id(inner) for inner in ast.walk(node)}

    hidden = [
        f"line {node.lineno}"
        for _, node in imports(tree)
        if id(node) not in top_level
        and not any(reason in lines[node.lineno - 1] for reason in REASONS)
    ]

    assert hidden == []


@pytest.mark.parametrize("path", modules(), ids=named)
def test_slow_library_stays_in_its_app(path):
    tops = {name.split(".")[0] for name, _ in imports(tree_of(path))}

    misplaced = [
        name for name in tops & LEAVES.keys() if app_of(path) not in LEAVES[name]
    ]

    assert misplaced == []


def test_every_model_relation_points_down_or_within_its_app():
    ours = [model for model in apps.get_models() if model._meta.app_label in LAYERS]
    wrong = []
    for model in ours:
        app = model._meta.app_label
        allowed = LAYERS[: LAYERS.index(app) + 1]
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or not field.related_model:
                continue
            other = field.related_model._meta.app_label
            if other in LAYERS and (other not in allowed or (app, other) in PEERS):
                wrong.append(f"{app}.{model.__name__}.{field.name} -> {other}")

    assert wrong == []


def test_nothing_is_imported_from_the_project_package():
    importers = [
        named(path)
        for path in modules(*LAYERS[:-1])
        if any(name.split(".")[0] == "config" for name, _ in imports(tree_of(path)))
    ]

    assert importers == []
