"""Statistics stand apart: pure, and out of reach of whatever computes a result."""

import ast
import sys

import pytest

from tests.architecture.sources import ROOT, modules, named, tree_of

HOME = ROOT / "scoring" / "statistics"
READERS = {
    "scoring/queries/statistics.py",
    "scoring/statistics_words.py",
    "scoring/views/statistics_rows.py",
    "scoring/management/commands/judges.py",
}


def imported(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", sorted(HOME.glob("*.py")), ids=named)
def test_statistics_need_the_standard_library_and_themselves(path):
    foreign = [
        name
        for name in imported(path)
        if not name.startswith("scoring.statistics")
        and name.split(".")[0] not in sys.stdlib_module_names
    ]

    assert foreign == []


def test_nothing_that_computes_a_result_reads_statistics():
    readers = {
        named(path)
        for path in modules()
        if HOME not in path.parents
        and any(name.startswith("scoring.statistics.") for name in imported(path))
    }

    assert readers == READERS
