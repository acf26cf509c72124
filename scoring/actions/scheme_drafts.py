"""A scheme written in the browser: begun, changed part by part, put in force or dropped.

Nothing in force is touched before ``adopt_draft``.  Once sheets exist a draft can only be
proposed as the next version (``scoring.actions.scheme_versions``).
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
from scoring.queries.scheme_versions import is_in_use, waiting_proposal


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
    draft = draft_to_change(skill, seen, at)
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
    """Put the draft in force as the skill's next version, before sheets exist."""
    draft = draft_to_change(skill, seen, at)
    if is_in_use(skill):
        raise SchemeRefused(
            _("评分表已经生成，方案已经固定。请预览后提出新版本，由另一人确认。"),
            "scheme-in-use",
        )
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
    """Refuse to write while a proposed version waits for its second person."""
    waiting = waiting_proposal(skill)
    if waiting is not None:
        raise SchemeRefused(
            _("%(name)s 提出的新版本正等第二人确认；确认或撤回之后才能再写。")
            % {"name": waiting.proposed_by},
            "version-waits",
        )


def _lock(skill: Skill, at: datetime) -> None:
    lock_chains([skill_chain(skill.pk)], at=at)
    require_editable(skill)


def draft_to_change(skill: Skill, seen: str, at: datetime) -> SchemeDraft:
    """The draft as ``seen``, under the lock of the chain; else refused."""
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
