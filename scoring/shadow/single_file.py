"""The checker of bundles as one file, for people who have nothing but Python."""

import ast
from pathlib import Path

PARTS = (
    "ratio",
    "marks",
    "pairs",
    "sums",
    "places",
    "compute",
    "story",
    "container",
    "sample",
    "verify_bundle",
)
HERE = "scoring.shadow"


def verifier() -> str:
    """The text of ``verify_bundle.py``: its parts one after the other, in one module."""
    folder = Path(__file__).parent
    sources = [
        folder.joinpath(f"{name}.py").read_text(encoding="utf-8") for name in PARTS
    ]
    head = ast.get_docstring(ast.parse(sources[-1]), clean=False)
    imports: set[str] = set()
    bodies = [_body(source, imports) for source in sources]
    return "\n\n".join([f'"""{head}"""', "\n".join(sorted(imports)), *bodies]) + "\n"


def _body(source: str, imports: set[str]) -> str:
    """A module without docstring and imports; those of the library are collected."""
    lines = source.splitlines()
    keep = [True] * len(lines)
    for number, node in enumerate(ast.parse(source).body):
        is_docstring = number == 0 and isinstance(node, ast.Expr)
        if isinstance(node, ast.Import | ast.ImportFrom):
            if not (isinstance(node, ast.ImportFrom) and _is_ours(node)):
                imports.add(ast.unparse(node))
        elif not is_docstring:
            continue
        for line in range(node.lineno - 1, node.end_lineno or node.lineno):
            keep[line] = False
    kept = [line for line, wanted in zip(lines, keep, strict=True) if wanted]
    return "\n".join(kept).strip()


def _is_ours(node: ast.ImportFrom) -> bool:
    return (node.module or "").startswith(HERE)
