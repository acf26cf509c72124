"""A certificate's design as data: paper, colours, ornaments, wordings, places to sign.

Values and reading only.  A wording names placeholders ``{name}``; a part in ``[…]``
falls away when one of its placeholders is empty.  What is filled in is never read as a
wording again.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

LANGUAGES = ("zh", "zh+en")
PAPERS = {"A4": (210, 297), "A3": (297, 420), "A5": (148, 210)}
SHEET = PAPERS["A4"]  # every design is drawn on it and enlarged or reduced as a whole
ORIENTATIONS = ("landscape", "portrait")
LAYOUTS = ("centred", "upright", "pillar", "wide")
PALETTES = ("lake", "crimson", "pine", "graphite", "plum")
GROUNDS = ("steps", "corners", "banner", "pillar", "stripes")
PLACEHOLDERS = (
    "event",
    "name",
    "unit",
    "skill",
    "group",
    "place",
    "award",
    "issuer",
    "date",
    "number",
    "release",
    "event_en",
    "name_en",
    "skill_en",
    "group_en",
    "place_en",
    "award_en",
)
MOST_PLACES = 3  # seals and signatures together: more do not fit the sheet
LONGEST = 300

_TOKEN = re.compile(r"\{([^{}]*)\}|([\[\]{}])")


class DesignError(Exception):
    """A design that cannot be used: which field, and a sentence saying why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True)
class Design:
    """How one kind of certificate looks and what it says.

    ``tiers``: competitions it is offered for first; ``seals``: one label per place for
    a seal; ``signatures``: one label per line to sign on.
    """

    identifier: str
    title: str
    tiers: tuple[str, ...]
    paper: str
    orientation: str
    layout: str
    palette: str
    ground: str
    languages: str
    event: str
    event_en: str
    heading: str
    heading_en: str
    body: str
    body_en: str
    closing: str
    seals: tuple[str, ...]
    signatures: tuple[str, ...] = ()

    def as_content(self) -> dict[str, object]:
        """Return the design as plain JSON values, in the order of the fields."""
        plain = asdict(self)
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in plain.items()
        }

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the sheet in millimetres."""
        short, long = PAPERS[self.paper]
        return (long, short) if self.orientation == "landscape" else (short, long)

    @property
    def sheet(self) -> tuple[int, int]:
        """Width and height in millimetres of the sheet it is drawn on."""
        short, long = SHEET
        return (long, short) if self.orientation == "landscape" else (short, long)

    @property
    def wordings(self) -> dict[str, str]:
        """Every text that is printed, by the name of its field."""
        lines = {name: getattr(self, name) for name in _WORDINGS}
        for name in ("seals", "signatures"):
            for position, text in enumerate(getattr(self, name), start=1):
                lines[f"{name}-{position}"] = text
        return lines


_WORDINGS = (
    "event",
    "event_en",
    "heading",
    "heading_en",
    "body",
    "body_en",
    "closing",
)
_CHOICES: dict[str, Sequence[str]] = {
    "paper": tuple(PAPERS),
    "orientation": ORIENTATIONS,
    "layout": LAYOUTS,
    "palette": PALETTES,
    "ground": GROUNDS,
    "languages": LANGUAGES,
}
_LISTS = ("tiers", "seals", "signatures")
_MAY_BE_EMPTY = (
    "event_en",
    "heading_en",
    "body_en",
    "closing",
    "signatures",
    "tiers",
)


def parse_design(text: str) -> Design:
    """Return the design written in TOML; raises DesignError or TOMLDecodeError."""
    return design_of(tomllib.loads(text))


def design_of(content: Mapping[str, Any]) -> Design:
    """Return the design of plain values, checked; raises DesignError naming the field."""
    names = [field.name for field in fields(Design)]
    for name in content:
        if name not in names:
            raise DesignError(name, "没有这个字段 / no such field")
    values = {name: _value(name, content.get(name)) for name in names}
    design = Design(**values)
    _check(design)
    return design


def check_wording(text: str) -> None:
    """Raise DesignError for a placeholder nobody fills or brackets that do not match."""
    depth = 0
    for match in _TOKEN.finditer(text):
        name, mark = match.group(1), match.group(2)
        if name is not None and name not in PLACEHOLDERS:
            raise DesignError("", f"没有占位符 / no placeholder {{{name}}}")
        if mark in ("{", "}"):
            raise DesignError("", f"花括号不成对 / brace without partner: {text}")
        depth += {"[": 1, "]": -1}.get(mark or "", 0)
        if depth not in (0, 1):
            raise DesignError("", f"方括号不成对 / bracket without partner: {text}")
    if depth:
        raise DesignError("", f"方括号不成对 / bracket without partner: {text}")


def fill(wording: str, values: Mapping[str, str]) -> str:
    """Return the wording with its placeholders filled.

    A part in brackets falls away when a placeholder in it has no value; brackets and
    braces inside values are kept as they are.
    """
    done: list[str] = []
    part: list[str] | None = None
    kept, end = True, 0
    for match in _TOKEN.finditer(wording):
        (done if part is None else part).append(wording[end : match.start()])
        end = match.end()
        if match.group(1) is not None:
            value = values.get(match.group(1), "")
            kept = kept and bool(value)
            (done if part is None else part).append(value)
        elif match.group(2) == "[":
            part, kept = [], True
        else:
            done += part if part is not None and kept else []
            part = None
    done.append(wording[end:])
    return "".join(done)


def _value(name: str, value: Any) -> Any:
    if name in _LISTS:
        items = value if isinstance(value, list | tuple) else []
        texts = tuple(str(item).strip() for item in items)
        return tuple(text for text in texts if text)
    return str(value or "").strip()


def _check(design: Design) -> None:
    for field in fields(Design):
        value = getattr(design, field.name)
        if not value and field.name not in _MAY_BE_EMPTY:
            raise DesignError(field.name, "不能为空 / must not be empty")
    for name, options in _CHOICES.items():
        if getattr(design, name) not in options:
            raise DesignError(name, f"只能是 / must be one of {', '.join(options)}")
    if len(design.seals) + len(design.signatures) > MOST_PLACES:
        text = f"盖章和签名最多 {MOST_PLACES} 处 / at most {MOST_PLACES} places"
        raise DesignError("signatures", text)
    for name, text in design.wordings.items():
        _check_text(name.partition("-")[0], text)
    if "{award}" in design.body:
        text = "奖项单独成行，正文里不写 / the award has a line of its own"
        raise DesignError("body", text)


def _check_text(field: str, text: str) -> None:
    if len(text) > LONGEST:
        raise DesignError(field, f"最多 {LONGEST} 字 / at most {LONGEST} characters")
    try:
        check_wording(text)
    except DesignError as error:
        raise DesignError(field, error.message) from None
