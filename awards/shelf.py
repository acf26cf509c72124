"""The policy documents that come with the platform, read once per process.

Files of ``rulebooks/demo`` belong to a competition and are not documents in force here.
"""

from functools import cache
from pathlib import Path

from django.conf import settings

from awards.core.parsing import parse
from awards.core.rulebook import Rulebook

RULEBOOKS = Path(__file__).resolve().parent / "rulebooks"
BLANK = RULEBOOKS.parent / "blank"


def files() -> list[Path]:
    """The files of all documents on the shelf, by name."""
    return sorted(RULEBOOKS.glob("*.toml"))


def demonstration_files() -> list[Path]:
    """The documents of demonstration competitions."""
    return sorted((RULEBOOKS / "demo").glob("*.toml"))


@cache
def rulebooks() -> tuple[Rulebook, ...]:
    """All documents on the shelf; RulebookUnreadable names the mistakes of a bad one."""
    return tuple(read(path) for path in files())


def read(path: Path) -> Rulebook:
    """One document; its id is the file's name."""
    return parse(path.read_text(encoding="utf-8"), name=path.name)


def text_of(identifier: str) -> str | None:
    """The text of a document on the shelf, None when there is none of that id."""
    found = {path.stem: path for path in files()}.get(identifier)
    return found.read_text(encoding="utf-8") if found else None


def cases_of(identifier: str) -> str:
    """The cases that come with a document on the shelf; "" where there are none."""
    folder = settings.ROOT / "tests" / "awards" / "cases"
    found = {path.stem: path for path in folder.glob("*.toml")}.get(identifier)
    return found.read_text(encoding="utf-8") if found else ""


def blank(name: str, **values: str) -> str:
    """A text to begin from, "document" or "cases", with its ``{{…}}`` filled in."""
    text = (BLANK / f"{name}.toml").read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace("{{" + key + "}}", value)
    return text
