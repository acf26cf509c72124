"""Why: each condition with what was asked, what was found, where, and the answer.

Texts are phrases (a Chinese template and its values) so that they can be stored and
shown in another language; ``translate`` is given by the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from awards.core.facts import FACTS
from awards.core.vocabulary import Verdict, gettext_noop

Translate = Callable[[str], str]


def as_is(text: str) -> str:
    """The translation into the language the phrases are written in."""
    return text


@dataclass(frozen=True, slots=True)
class Phrase:
    """A template of the catalogue with its values, for example 前 {rank} 名."""

    template: str
    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, translate: Translate = as_is) -> str:
        """The phrase in the language of ``translate``."""
        values = {name: translate(value) for name, value in self.values.items()}
        return translate(self.template).format(**values)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one condition; ``missing`` are the facts that would settle it."""

    name: str
    asked: Phrase
    found: str
    source: str
    verdict: Verdict
    missing: tuple[str, ...] = ()


_SENTENCES = {
    Verdict.YES: gettext_noop("{name}：要求{asked}；实际为{found}（{source}）。满足。"),
    Verdict.NO: gettext_noop(
        "{name}：要求{asked}；实际为{found}（{source}）。不满足。"
    ),
    Verdict.UNKNOWN: gettext_noop(
        "{name}：要求{asked}；现有{found}。待补：{missing}。"
    ),
}


def sentence(answer: Answer, translate: Translate = as_is) -> str:
    """One answer as a sentence a clerk can check against the papers."""
    parts = {
        "name": translate(answer.name),
        "asked": answer.asked.text(translate),
        "found": translate(answer.found or gettext_noop("未知")),
        "source": translate(answer.source or gettext_noop("未注明")),
        "missing": "、".join(missing_label(m, translate) for m in answer.missing),
    }
    return translate(_SENTENCES[answer.verdict]).format(**parts)


def missing_label(code: str, translate: Translate = as_is) -> str:
    """The Chinese name of a missing fact; gaps and quotas say so."""
    kind, _, rest = code.partition(":")
    if kind == "gap" and rest:
        return translate(gettext_noop("政策文件待明确的参数")) + f" {rest}"
    if kind == "quota" and rest:
        return translate(gettext_noop("名额")) + f" {rest}"
    return translate(FACTS[code].label) if code in FACTS else code


def reasons(
    answers: Sequence[Answer], notes: Sequence[Phrase], translate: Translate = as_is
) -> list[str]:
    """All sentences of a decision, conditions first."""
    spoken = [sentence(answer, translate) for answer in answers]
    return [*spoken, *(note.text(translate) for note in notes)]


def to_plain(answer: Answer) -> dict[str, object]:
    """An answer as plain data, for storing as JSON."""
    return {
        "name": answer.name,
        "asked": phrase_to_plain(answer.asked),
        "found": answer.found,
        "source": answer.source,
        "verdict": answer.verdict.value,
        "missing": list(answer.missing),
    }


def phrase_to_plain(phrase: Phrase) -> dict[str, object]:
    """A phrase as plain data."""
    return {"template": phrase.template, "values": dict(phrase.values)}


def phrase_from_plain(plain: Mapping[str, object]) -> Phrase:
    """The phrase stored by :func:`phrase_to_plain`."""
    values = plain.get("values")
    known = values if isinstance(values, Mapping) else {}
    return Phrase(
        str(plain["template"]), {str(name): str(value) for name, value in known.items()}
    )


def from_plain(plain: Mapping[str, object]) -> Answer:
    """The answer stored by :func:`to_plain`."""
    asked, missing = plain["asked"], plain.get("missing")
    if not isinstance(asked, Mapping):
        raise TypeError(asked)
    return Answer(
        name=str(plain["name"]),
        asked=phrase_from_plain(asked),
        found=str(plain.get("found", "")),
        source=str(plain.get("source", "")),
        verdict=Verdict(str(plain["verdict"])),
        missing=tuple(missing) if isinstance(missing, list | tuple) else (),
    )
