"""How long a module, a function, a class, a template may be.

Exempt are migrations and what others wrote; a list grows by splitting, not by an entry
here.
"""

import ast

import pytest

from tests.architecture.sources import (
    ROOT,
    functions,
    lines_of,
    modules,
    named,
    templates,
    tree_of,
)

MODULE, FUNCTION, CLASS, PARAMETERS, TEMPLATE = 400, 50, 250, 8, 200
CONSUMER, TEST_FUNCTION = 120, 60
SOURCES = [*modules(), ROOT / "run", *modules("bench")]
TESTS = modules("tests")


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=named)
def test_module_is_at_most_four_hundred_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_function_is_at_most_fifty_lines_with_eight_parameters(path):
    too_large = [
        f"{node.name}: {lines_of(node)} lines, {parameters(node)} parameters"
        for node in functions(path)
        if lines_of(node) > FUNCTION or parameters(node) > PARAMETERS
    ]

    assert too_large == []


def parameters(node):
    """Parameters that a caller passes: not self, not cls, not *args, not **kwargs."""
    names = [
        item.arg
        for item in (
            *node.args.posonlyargs,
            *node.args.args,
            *node.args.kwonlyargs,
        )
    ]
    return len([name for name in names if name not in ("self", "cls")])


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_class_is_at_most_two_hundred_and_fifty_lines(path):
    classes = [
        node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)
    ]

    too_large = [
        f"{node.name}: {lines_of(node)} lines"
        for node in classes
        if lines_of(node) > (CONSUMER if node.name.endswith("Consumer") else CLASS)
    ]

    assert too_large == []


@pytest.mark.parametrize("path", TESTS, ids=named)
def test_test_function_is_at_most_sixty_lines(path):
    too_large = [
        f"{node.name}: {lines_of(node)} lines"
        for node in functions(path)
        if node.name.startswith("test_") and lines_of(node) > TEST_FUNCTION
    ]

    assert too_large == []


@pytest.mark.parametrize("path", templates(), ids=named)
def test_template_is_short_and_names_its_variables_first(path):
    lines = path.read_text(encoding="utf-8").splitlines()

    assert len(lines) <= TEMPLATE
    assert lines[0].startswith(("{#", "{% comment"))


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=named)
def test_module_says_what_it_holds(path):
    if path.name == "__init__.py" and not path.read_text(encoding="utf-8").strip():
        return  # an empty package marker holds nothing

    docstring = ast.get_docstring(tree_of(path))

    assert docstring
