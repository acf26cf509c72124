"""The project's own source files, as the tests of this directory read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# From low to high; see docs/architecture.md.
LAYERS = (
    "ledger",
    "jobs",
    "people",
    "competitions",
    "scoring",
    "awards",
    "live",
    "config",
)
# Lower by position only: neither may know the other.
PEERS = {("jobs", "ledger"), ("live", "awards")}


def app_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules(*tops: str) -> list[Path]:
    """All modules below the named directories but migrations, which Django writes."""
    return [
        path
        for top in tops or LAYERS
        for path in sorted((ROOT / top).rglob("*.py"))
        if "migrations" not in path.parts
    ]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), named(path))


def templates() -> list[Path]:
    found = [*(ROOT / "templates").rglob("*.html")]
    for app in LAYERS:
        found += (ROOT / app).glob("templates/**/*.html")
    return sorted(found)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(node: ast.stmt) -> int:
    """Length of a definition, decorators included."""
    first = min(
        [node.lineno, *(item.lineno for item in getattr(node, "decorator_list", []))]
    )
    return (node.end_lineno or first) - first + 1
