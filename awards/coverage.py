"""Which page, rule or export serves each clause that the policy documents demand.

``coverage.toml`` says it, one entry a clause; what nothing serves yet says why.  Reads
only, and promises nothing: an address, rule or export that is gone fails a test.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import resolve, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from awards.listings.registry import LISTINGS
from awards.queries import documents as stored
from people.policy import allows

FILE = Path(__file__).parent / "coverage.toml"
# A page's name, and where the way to it begins when it needs an object.
PAGES = {
    "home": (gettext_lazy("首页"), "home"),
    "organize_home": (gettext_lazy("我的赛事"), "organize_home"),
    "organize_new": (gettext_lazy("新建赛事"), "organize_new"),
    "organize_advance": (gettext_lazy("赛事阶段"), "organize_home"),
    "organize_settings": (gettext_lazy("赛事设置"), "organize_home"),
    "organize_document": (gettext_lazy("赛事自己的奖励办法"), "organize_home"),
    "organize_appointments": (gettext_lazy("人员聘任"), "organize_home"),
    "organize_entries": (gettext_lazy("报名审核"), "organize_home"),
    "organize_entry_review": (gettext_lazy("资格审查"), "organize_home"),
    "organize_roster": (gettext_lazy("导入报名表"), "organize_home"),
    "organize_publicity": (gettext_lazy("公示"), "organize_home"),
    "organize_history": (gettext_lazy("赛事记录"), "organize_home"),
    "entry_audit": (gettext_lazy("成绩审计页"), "organize_home"),
    "release": (gettext_lazy("成绩版本与成绩包"), "organize_home"),
    "release_certificates": (gettext_lazy("获奖证书"), "bureau_certificates"),
    "public_results": (gettext_lazy("公开成绩接口"), "result_events"),
    "bureau_list": (gettext_lazy("待办"), "bureau_list"),
    "bureau_advance": (gettext_lazy("待遇办理"), "bureau_list"),
    "bureau_person": (gettext_lazy("个人页"), "bureau_list"),
    "bureau_fact": (gettext_lazy("登记个人事实"), "bureau_list"),
    "bureau_exports": (gettext_lazy("名单与导出"), "bureau_exports"),
    "bureau_documents": (gettext_lazy("规则文件"), "bureau_documents"),
    "bureau_document": (gettext_lazy("规则文件"), "bureau_documents"),
    "bureau_indicators": (gettext_lazy("目标与指标"), "bureau_indicators"),
    "bureau_talent": (gettext_lazy("人才库"), "bureau_talent"),
    "bureau_pools": (gettext_lazy("人才库的条件和候选"), "bureau_pools"),
    "bureau_talent_review": (gettext_lazy("人才库年度复核"), "bureau_talent_review"),
    "bureau_lifetime": (gettext_lazy("终身档案"), "bureau_talent"),
    "my_lifetime": (gettext_lazy("我的终身档案"), "me"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One demanded clause as the file has it; ``served_by`` holds "kind:name"."""

    document: str
    clause: str
    quote: str
    served_by: tuple[str, ...]
    lacks: str
    lacks_en: str

    @property
    def state(self) -> str:
        """``served``, ``partly`` or ``not-yet``."""
        if not self.served_by:
            return "not-yet"
        return "partly" if self.lacks else "served"


@dataclass(frozen=True, slots=True)
class Server:
    """What serves a clause: its words, and an address where the reader may go."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A clause as the page shows it."""

    clause: str
    quote: str
    state: str
    servers: tuple[Server, ...]
    lacks: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The clauses of one document in order."""

    id: str
    title: str
    lines: tuple[Line, ...]


@cache
def clauses() -> tuple[Clause, ...]:
    """Every demanded clause in the order of the documents."""
    rows: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["clause"]
    return tuple(
        Clause(
            document=row["document"],
            clause=row["clause"],
            quote=row["quote"],
            served_by=tuple(row["served_by"]),
            lacks=row.get("lacks", ""),
            lacks_en=row.get("lacks_en", ""),
        )
        for row in rows
    )


def counts() -> dict[str, int]:
    """How many clauses are served, partly served and not yet."""
    states = [clause.state for clause in clauses()]
    return {word: states.count(word) for word in ("served", "partly", "not-yet")}


def coverage(user: Any) -> list[Coverage]:
    """The clauses by document, with links to what ``user`` may open."""
    titles = stored.document_titles()
    rules = rule_documents()
    found: dict[str, list[Line]] = {}
    for each in clauses():
        found.setdefault(each.document, []).append(
            Line(
                clause=each.clause,
                quote=each.quote,
                state=each.state,
                servers=tuple(_servers(each, user, rules)),
                lacks=each.lacks_en if get_language() == "en" else each.lacks,
            )
        )
    return [Coverage(key, titles.get(key, key), tuple(found[key])) for key in found]


def rule_documents() -> dict[str, str]:
    """The document of every rule, prize, entry condition and target by its id."""
    return {
        name: book.document.id
        for book in stored.rulebooks()
        for name in (
            *(rule.id for rule in book.rules),
            *(prize.id for prize in book.prizes),
            *(entry.id for entry in book.entries),
            *(target.id for target in book.targets),
        )
    }


def _servers(each: Clause, user: Any, rules: dict[str, str]) -> Iterator[Server]:
    for told in each.served_by:
        kind, _colon, name = told.partition(":")
        if kind == "page":
            label, start = PAGES[name]
            yield Server(str(label), _open(user, start))
        elif kind == "rule":
            yield Server(name, _open(user, "bureau_document", rules[name]))
        else:
            yield Server(_(LISTINGS[name].title), _open(user, "bureau_exports"))


def _open(user: Any, name: str, *arguments: str) -> str:
    """The address, if the reader could open it; otherwise only its name is shown."""
    url = reverse(name, args=arguments)
    view: Any = resolve(url).func
    return url if allows(user, view.policy_name) else ""
