"""The four moments of the demonstration, one after the other."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from awards.actions.certificates import issue_certificates
from awards.actions.documents import confirm_edition_document, submit_edition_document
from config.demo import build, desk, judging, tablets
from config.demo.build import Demonstration, Stage
from config.demo.schemes import MATERIAL

RULEBOOK = MATERIAL.parents[2] / "awards" / "rulebooks" / "demo" / "scgj-2026.toml"


@transaction.atomic
def build_stage(stage: Stage, on: date) -> Demonstration:
    """Build everything up to ``stage`` as if it were that moment on day ``on``.

    All of it or nothing: what is refused halfway leaves the database empty.
    """
    show = build.found(on, stage)
    _edition_document(show)
    build.enrol(show)
    if stage == Stage.REGISTRATION:
        return show
    build.prepare(show)
    judging.open_all(show)
    build.attend(show)
    kept = tablets.enrol_tablets(show) if stage == Stage.MARKING else []
    judging.mark_all(show, partly=stage == Stage.MARKING)
    if stage == Stage.MARKING:
        judging.sign_complete(show)
        judging.practise(show)
        judging.stir(show)
        tablets.last_reports(show, kept)
        return show
    notice = judging.conclude(show)
    if stage == Stage.FINAL:
        release = judging.finalise(show, notice)
        issue_certificates(release, by=show.user("bureau"), at=release.published_at)
        desk.work(show, release)
    return show


def _edition_document(show: Demonstration) -> None:
    """The organizer submits the competition's own document, the bureau confirms it."""
    text = build.dated(RULEBOOK.read_text(encoding="utf-8"), show.on)
    document = submit_edition_document(
        show.competition, text=text, by=show.user("organizer"), at=show.moment(-50, 9)
    )
    confirm_edition_document(
        document, by=show.user("approver"), at=show.moment(-48, 15)
    )
