"""Paper that the judges signed: two people say so, and it counts as their signatures.

Only for what that very paper shows: a filled form whose content still stands, or marks
that were all keyed in from papers.  The chief judge and the supervisor sign as always.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.enums import EventRole
from competitions.queries import event_roles_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import skill_chain
from people.actions import check_pin
from people.models import User
from scoring.actions.keying import require_current
from scoring.actions.signing import refresh_signed, rows_of
from scoring.actions.totals import save_sheets
from scoring.enums import SheetState, SignerRole
from scoring.errors import ContentChanged, PaperRefused, PinWrong, SigningRefused
from scoring.models import PaperForm, PaperSignature, Sheet, Signature
from scoring.queries.paper import judges_on, keyed_from
from scoring.queries.sheets import signing_digest
from scoring.signals import announce_scoreboard, announce_sheets


def accept_paper(
    form: PaperForm,
    *,
    witness: User | None,
    pin: str,
    witness_pin: str,
    digest: str,
    by: User,
    at: datetime,
    reference: str = "",
) -> Signature:
    """Record that the judges signed this paper; the chief judge and a results officer.

    Both give their own PIN.  ``reference`` says where the paper or its scan is kept.
    Refused unless the paper shows exactly what stands (PaperRefused, ContentChanged).
    """
    if witness is None or witness.pk == by.pk:
        raise SigningRefused(
            _("须由裁判长和成绩管理员两人各用自己的 PIN 确认。"), "second-person"
        )
    scope = f"competition:{form.skill.competition_id}"
    for user, word in ((by, pin), (witness, witness_pin)):
        is_theirs = check_pin(user, pin=word, at=at, scope=scope)
        if not is_theirs or user.pin_is_temporary:
            text = _("%(name)s 的 PIN 不对，或试错太多被暂停。")
            raise PinWrong(text % {"name": user.name})
    with transaction.atomic():
        return _accept(form, witness, digest, reference.strip()[:200], by=by, at=at)


def _accept(
    form: PaperForm,
    witness: User,
    digest: str,
    reference: str,
    *,
    by: User,
    at: datetime,
) -> Signature:
    skill = form.skill
    lock_chains([skill_chain(skill.pk)], at=at)
    if EventRole.CHIEF_JUDGE not in event_roles_of(by, skill):
        raise SigningRefused(_("纸上签名由裁判长确认。"), "not-chief")
    if EventRole.RESULTS_OFFICER not in event_roles_of(witness, skill):
        raise SigningRefused(_("第二人须是本赛项的成绩管理员。"), "not-officer")
    require_current(form)
    ids = set(form.rows.values_list("sheet_id", flat=True))
    every = rows_of(skill, ids)
    chosen = [sheet for sheet in every if sheet.pk in ids]
    papers = _papers_behind(form, chosen)
    if signing_digest(skill, chosen, SignerRole.JUDGE) != digest:
        raise ContentChanged(_("内容在你看过之后有变动，请重新核对再签。"))
    signature = _signature(form, chosen, papers, (witness, reference), by=by, at=at)
    kept = PaperSignature.objects.create(
        signature=signature, witness=witness, reference=reference
    )
    kept.forms.set(PaperForm.objects.filter(code__in=papers))
    _mark_signed(chosen)
    save_sheets(chosen)
    refresh_signed(skill, every, at=at)
    announce_scoreboard(skill.pk)
    announce_sheets(skill.pk, ids)
    return signature


def _signature(
    form: PaperForm,
    sheets: Sequence[Sheet],
    papers: Sequence[str],
    word: tuple[User, str],
    *,
    by: User,
    at: datetime,
) -> Signature:
    """The chief judge's record in the place of the judges', with its event."""
    witness, reference = word
    digest = signing_digest(form.skill, sheets, SignerRole.JUDGE)
    body = {
        "role": SignerRole.JUDGE.value,
        "digest": digest,
        "sheets": [
            [sheet.pk, sheet.entry_id, sheet.sub_criterion.code, sheet.version]
            for sheet in sheets
        ],
        "paper": list(papers),
        "witness": witness.actor,
        "reference": reference,
    }
    draft = EventDraft("sign", body)
    event = append(skill_chain(form.skill_id), [draft], actor=by.actor, at=at)[0]
    signature = Signature.objects.create(
        skill=form.skill,
        signer=by,
        role=SignerRole.JUDGE,
        digest=digest,
        seq=event.seq,
        event_hash=event.hash,
        signed_at=at,
    )
    signature.sheets.set(sheets)
    return signature


def _papers_behind(form: PaperForm, sheets: Sequence[Sheet]) -> list[str]:
    """The codes of the papers that show what stands; refused if something does not."""
    for sheet in sheets:
        place = f"{sheet.entry.code} {sheet.sub_criterion.code}"
        if sheet.state != SheetState.COMPLETE or sheet.conflicts:
            text = _("%(place)s 还没评完，或已经签过名，不能按纸面签名。")
            raise PaperRefused(text % {"place": place}, "not-complete")
    digest = signing_digest(form.skill, sheets, SignerRole.JUDGE)
    if form.is_filled and form.seat is None and form.digest == digest:
        return [form.code]
    keyed = keyed_from(form.skill, sheets)
    for sheet in sheets:
        if "" in keyed[sheet.pk] or not keyed[sheet.pk]:
            text = _("工位 %(code)s 有评分不是从纸上录入的，裁判须在平板上签名。")
            raise PaperRefused(text % {"code": sheet.entry.code}, "not-from-paper")
    return sorted({code for codes in keyed.values() for code in codes} | {form.code})


def _mark_signed(sheets: Sequence[Sheet]) -> None:
    judges = judges_on(sheets)
    for sheet in sheets:
        signed = {judges.get((sheet.pk, seat)) for seat in sheet.seats} - {None}
        sheet.signers = sorted({*sheet.signers, *(pk for pk in signed if pk)})
        sheet.state = SheetState.JUDGE_SIGNED
