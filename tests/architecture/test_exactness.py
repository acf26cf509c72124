"""No float near a mark, no clock and no chance in a core."""

import ast
import re

import pytest

from tests.architecture.sources import modules, named, tree_of

CORES = [path for path in modules() if "core" in path.parts]
EXACT = modules("scoring", "awards")
# A waiting time, a page measure or a file library's number is no mark: the line says so.
EXCUSE = "not a mark"
CLOCKS = re.compile(
    r"\b(?:now|utcnow|today|localdate|localtime|monotonic|perf_counter|time)\b"
)
FORBIDDEN = ("random", "secrets", "uuid", "time", "os", "pathlib", "logging", "socket")


def float_places(tree):
    """Lines with a float literal or a call of float."""
    for node in ast.walk(tree):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        call = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "float"
        )
        if literal or call:
            yield node.lineno


@pytest.mark.parametrize("path", EXACT, ids=named)
def test_scoring_and_awards_know_no_float(path):
    lines = path.read_text(encoding="utf-8").splitlines()

    found = [
        f"line {number}: {lines[number - 1].strip()}"
        for number in float_places(tree_of(path))
        if EXCUSE not in lines[number - 1]
    ]

    assert found == []


@pytest.mark.parametrize("path", CORES, ids=named)
def test_core_is_told_the_time_and_throws_no_dice(path):
    tree = tree_of(path)
    calls = [
        f"line {node.lineno}: {node.func.attr}()"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and CLOCKS.fullmatch(node.func.attr)
    ]
    imported = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.split(".")[0] in FORBIDDEN
    ] + [
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] in FORBIDDEN
    ]

    assert (calls, imported) == ([], [])


@pytest.mark.parametrize("path", CORES, ids=named)
def test_core_knows_no_float_either(path):
    assert list(float_places(tree_of(path))) == []


@pytest.mark.parametrize("path", CORES, ids=named)
def test_dataclass_of_a_core_is_frozen_and_slotted(path):
    loose = []
    for node in ast.walk(tree_of(path)):
        for decorator in getattr(node, "decorator_list", []):
            words = ast.unparse(decorator)
            if words.split("(")[0].endswith("dataclass") and not (
                "frozen=True" in words and "slots=True" in words
            ):
                loose.append(f"line {node.lineno}: {words}")

    assert loose == []
