"""The registers of competitions: what is missing, which panels and banners a page shows.

Upper apps add callables in ``AppConfig.ready()``.  A competition's row goes up, plain
values come back; a panel is fetched from its own app, which checks permission itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from competitions.core.phases import position
from competitions.models import Competition

DONE, MISSING, WARNING = "done", "missing", "warning"


@dataclass(frozen=True, slots=True)
class ReadinessItem:
    """One thing to be done before ``blocks_phase`` can be entered.

    ``state`` is done, missing (it blocks) or warning (it does not).  ``detail`` says
    where and why; ``url`` leads to the page where it is put right.  An item about one
    ``skill`` may block a step of that skill too, such as ``decode``.
    """

    code: str
    title: str
    detail: str = ""
    url: str = ""
    state: str = MISSING
    blocks_phase: str = ""
    app: str = ""
    action: str = ""
    blocks_step: str = ""
    skill: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """A fragment of the competition page, fetched by the browser from ``url``.

    One that ``is_beside`` stands beside the readiness and replaces the skills there.
    """

    url: str
    title: str
    position: int = 100
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class Banner:
    """封榜, said above every page of a competition; ``links`` are (label, address)."""

    text: str
    links: tuple[tuple[str, str], ...] = ()


Readiness = Callable[[Competition, datetime], list[ReadinessItem]]
Panels = Callable[[Competition], list[Panel]]
Banners = Callable[[Competition], Banner | None]


class ReadinessRegister:
    """Who knows what a competition still lacks."""

    def __init__(self) -> None:
        self._sources: list[Readiness] = []

    def add(self, source: Readiness) -> None:
        """Enter a source; entering it again changes nothing."""
        if source not in self._sources:
            self._sources.append(source)

    def __iter__(self) -> Iterator[Readiness]:
        return iter(self._sources)

    def items(self, competition: Competition, at: datetime) -> list[ReadinessItem]:
        """Return everything that is known, in the order of the phases it blocks."""
        found = [item for source in self for item in source(competition, at)]
        return sorted(
            found,
            key=lambda item: position(item.blocks_phase) if item.blocks_phase else -1,
        )


class PanelRegister:
    """Who shows something on a competition's page."""

    def __init__(self) -> None:
        self._sources: list[Panels] = []

    def add(self, source: Panels) -> None:
        """Enter a source; entering it again changes nothing."""
        if source not in self._sources:
            self._sources.append(source)

    def __iter__(self) -> Iterator[Panels]:
        return iter(self._sources)

    def of(self, competition: Competition) -> list[Panel]:
        """Return all panels of a competition's page, by position."""
        found = [panel for source in self for panel in source(competition)]
        return sorted(found, key=lambda panel: panel.position)


class BannerRegister:
    """Who has something to say above a competition's pages."""

    def __init__(self) -> None:
        self._sources: list[Banners] = []

    def add(self, source: Banners) -> None:
        """Enter a source; entering it again changes nothing."""
        if source not in self._sources:
            self._sources.append(source)

    def __iter__(self) -> Iterator[Banners]:
        return iter(self._sources)

    def of(self, competition: Competition) -> list[Banner]:
        """Return what is to be said now."""
        found = [source(competition) for source in self]
        return [banner for banner in found if banner is not None]


readiness = ReadinessRegister()
panels = PanelRegister()
banners = BannerRegister()
