"""A scheme written in the browser: begun, changed part by part, put in force or dropped.

Nothing in force is touched before ``adopt_draft``; once marking has begun there is no
draft any more.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.models import Skill
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import skill_chain
from people.models import User
from scoring.actions.schemes import import_scheme
from scoring.core.scheme import Scheme
from scoring.core.scheme_text import canonical, digest, parse
from scoring.errors import SchemeRefused
from scoring.models import Scheme as SchemeRow
from scoring.models import SchemeDraft
from scoring.queries.schemes import state_of


@transaction.atomic
def begin_draft(
    skill: Skill, *, scheme: Scheme, source_name: str, by: User, at: datetime
) -> SchemeDraft:
    """Start a draft from ``scheme``; refused while another draft is being written."""
    _lock(skill, at)
    if SchemeDraft.objects.filter(skill=skill).exists():
        raise SchemeRefused(
            _("这个赛项已有一份正在编写的方案，先接着写或放弃它。"), "draft-exists"
        )
    draft = SchemeDraft.objects.create(
        skill=skill,
        text=canonical(scheme),
        digest=digest(scheme),
        source_name=source_name[:200],
        edited_by=by,
        edited_at=at,
    )
    _note(skill, "scheme-draft", draft.digest, by=by, at=at)
    return draft


@transaction.atomic
def change_draft(
    skill: Skill, *, scheme: Scheme, seen: str, by: User, at: datetime
) -> SchemeDraft:
    """Store the changed scheme, if nobody changed the draft since ``seen``."""
    draft = _draft(skill, seen, at)
    draft.text, draft.digest = canonical(scheme), digest(scheme)
    draft.edited_by, draft.edited_at = by, at
    draft.save(update_fields=["text", "digest", "edited_by", "edited_at"])
    _note(skill, "scheme-edit", draft.digest, by=by, at=at)
    return draft


@transaction.atomic
def drop_draft(skill: Skill, *, by: User, at: datetime) -> None:
    """Throw the draft away; what is in force stays."""
    lock_chains([skill_chain(skill.pk)], at=at)
    draft = SchemeDraft.objects.filter(skill=skill).first()
    if draft is not None:
        _note(skill, "scheme-draft-drop", draft.digest, by=by, at=at)
        draft.delete()


@transaction.atomic
def adopt_draft(skill: Skill, *, seen: str, by: User, at: datetime) -> SchemeRow:
    """Put the draft in force as the skill's next version."""
    draft = _draft(skill, seen, at)
    row = import_scheme(
        skill,
        scheme=parse(draft.text),
        source_name=draft.source_name or _("在线编写"),
        source_digest=draft.digest,
        findings=[],
        by=by,
        at=at,
    )
    draft.delete()
    return row


def require_editable(skill: Skill) -> None:
    """Refuse with the way out once sheets exist or the scheme is frozen."""
    state = state_of(skill)
    if state is not None and (state.opened_at or state.scheme.frozen_at):
        raise SchemeRefused(
            _(
                "评分表已经生成，方案连同全文已经固定，不能再改。评分有误请改分或由"
                "裁判长裁定；名次有误请走更正。"
            ),
            "scheme-in-use",
        )


def _lock(skill: Skill, at: datetime) -> None:
    lock_chains([skill_chain(skill.pk)], at=at)
    require_editable(skill)


def _draft(skill: Skill, seen: str, at: datetime) -> SchemeDraft:
    _lock(skill, at)
    draft = SchemeDraft.objects.filter(skill=skill).first()
    if draft is None:
        raise SchemeRefused(_("没有正在编写的方案，请重新开始。"), "no-draft")
    if draft.digest != seen:
        raise SchemeRefused(
            _("方案刚被 %(name)s 改过，已显示最新内容，请再改一次。")
            % {"name": draft.edited_by},
            "draft-moved",
        )
    return draft


def _note(skill: Skill, kind: str, value: str, *, by: User, at: datetime) -> None:
    event = EventDraft(kind, {"scheme": value})
    append(skill_chain(skill.pk), [event], actor=by.actor, at=at)
