"""The messages of the sources and the English catalogue, read without gettext's tools."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from tests.architecture.sources import ROOT, modules, templates, tree_of

PO = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
CONTEXTUAL = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
CALLS = CONTEXTUAL | {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
}
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) )?"(.*)"')
QUOTED = r"""(?:"([^"]*)"|'([^']*)')"""
TRANSLATE = re.compile(r"\{% translate " + QUOTED + r"(?: context " + QUOTED + ")?")
INLINE = re.compile(r"_\(" + QUOTED + r"\)")
BLOCK = re.compile(
    r"\{% blocktranslate(?P<head>.*?)%\}(?P<body>.*?)"
    r"(?:\{% plural %\}(?P<plural>.*?))?\{% endblocktranslate %\}",
    re.DOTALL,
)


@dataclass(frozen=True)
class Message:
    """One message by what finds it."""

    text: str
    context: str = ""


@dataclass(frozen=True)
class Translation:
    """One entry of the catalogue: its forms, its flags."""

    forms: tuple[str, ...]
    plural: str = ""
    is_fuzzy: bool = False


@cache
def translations() -> dict[Message, Translation]:
    """Return the entries of the .po file, its header left out."""
    blocks = PO.read_text(encoding="utf-8").strip().split("\n\n")
    entries = dict(_entry(block) for block in blocks)
    return {message: entry for message, entry in entries.items() if message.text}


def _entry(block: str) -> tuple[Message, Translation]:
    fields: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if found := LINE.fullmatch(line):
            name = found[1] or name
            fields[name] = fields.get(name, "") + _unescaped(found[2])
    forms = tuple(text for key, text in fields.items() if key.startswith("msgstr"))
    flags = [line for line in block.splitlines() if line.startswith("#,")]
    return (
        Message(fields["msgid"], fields.get("msgctxt", "")),
        Translation(
            forms, fields.get("msgid_plural", ""), any("fuzzy" in f for f in flags)
        ),
    )


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: ESCAPES[found[1]], text)


def compiled() -> dict[tuple[Message, int], str]:
    """Return the compiled catalogue by message and plural form, its header left out."""
    with MO.open("rb") as file:
        catalogue: dict[object, str] = GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    found = {}
    for key, text in catalogue.items():
        identifier, form = key if isinstance(key, tuple) else (str(key), 0)
        context, _sep, message = identifier.rpartition("\x04")
        if message:
            found[Message(message, context), form] = text
    return found


def said_in_modules() -> Iterator[tuple[Path, Message]]:
    """Every constant message a Python module asks for."""
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and (message := _asked(node)):
                yield path, message


def _asked(call: ast.Call) -> Message | None:
    function = call.func
    name = function.id if isinstance(function, ast.Name) else ""
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    if name not in CALLS or not texts or not isinstance(call.args[0], ast.Constant):
        return None
    if name in CONTEXTUAL:
        return Message(str(texts[1]), str(texts[0]))
    return Message(str(texts[0]))


def said_in_templates() -> Iterator[tuple[Path, Message]]:
    """Every message a template asks for, blocks with their placeholders."""
    for path in templates():
        source = path.read_text(encoding="utf-8")
        for found in TRANSLATE.finditer(source):
            text, context = found[1] or found[2], found[3] or found[4] or ""
            yield path, Message(_doubled(text), context)
        for found in INLINE.finditer(source):
            yield path, Message(_doubled(found[1] or found[2]))
        for found in BLOCK.finditer(source):
            yield path, Message(_block_text(found["body"]))


def _doubled(text: str) -> str:
    """A template's text as Django looks it up: no per cent sign formats anything."""
    return text.replace("%", "%%")


def _block_text(body: str) -> str:
    return re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", _doubled(body))
