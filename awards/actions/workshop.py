"""Documents that a bureau writes: saved, proposed, returned, published, decided anew.

Every save is a version of its own, never changed.  One person proposes, another
publishes; what is published acts on new decisions at once, and on old ones only when
somebody has seen how many would change.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from awards.access import bureau_of, writes_on
from awards.actions.decisions import derive_awards
from awards.core.drafting import LONGEST, Draft, is_text, read_draft
from awards.core.rulebook import Rulebook
from awards.core.vocabulary import Status
from awards.enums import VersionStep
from awards.errors import DocumentRefused
from awards.models import DocumentStep, DocumentVersion, EditionDocument
from awards.queries.documents import rulebook
from awards.queries.workshop import changes_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain
from people.models import Organization, User

IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){1,11}")
LONGEST_ID = 80


@transaction.atomic
def save_version(
    identifier: str, *, text: str, cases: str, by: User, at: datetime
) -> DocumentVersion:
    """Store a text with its cases as the next version, a draft that acts on nothing.

    Mistakes in the text are kept with it; only what cannot be stored, or is not the
    bureau's to write, raises DocumentRefused.  The same texts again are the same version.
    """
    bureau = bureau_of(by)
    chain = bureau_chain(bureau.pk)
    locked = lock_chains([chain], at=at)[chain]
    own = DocumentVersion.objects.filter(bureau=bureau, identifier=identifier)
    newest = own.order_by("-number").first()
    region = newest.region if newest else _region_to_write(identifier, bureau)
    _require_storable(text, cases)
    digests = (_digest(text), _digest(cases))
    if newest is not None and (newest.digest, newest.cases_digest) == digests:
        return newest
    before = rulebook(identifier)
    draft = read_draft(text, "", name=identifier)
    row = DocumentVersion.objects.create(
        identifier=identifier,
        number=(own.aggregate(last=Max("number"))["last"] or 0) + 1,
        bureau=bureau,
        region=region,
        title=draft.book.document.title[:200] if draft.book else "",
        text=text,
        cases=cases,
        digest=digests[0],
        cases_digest=digests[1],
        base_digest=before.digest if before else "",
        written_by=by,
        written_at=at,
    )
    body = {**_named(row), "cases": row.cases_digest}
    append(locked, [EventDraft("document-version-saved", body)], actor=by.actor, at=at)
    return row


def _region_to_write(identifier: str, bureau: Organization) -> str:
    """The region of the document a bureau begins to write on, else why it may not."""
    book = rulebook(identifier)
    if book is not None and not book.document.competition:
        if writes_on(bureau, book.document.region):
            return book.document.region
        raise DocumentRefused("taken", _("这个文件标识已被其他地区使用，请换一个。"))
    if EditionDocument.objects.filter(identifier=identifier).exists():
        raise DocumentRefused("taken", _("这个文件标识是一项赛事的，请换一个。"))
    if len(identifier) > LONGEST_ID or not IDENTIFIER.fullmatch(identifier):
        text = _(
            "文件标识请写成“地区-年份-名称”，小写字母和数字，例如 sichuan-2026-rewards。"
        )
        raise DocumentRefused("identifier", text)
    if not writes_on(bureau, bureau.region):
        raise DocumentRefused("national", _("全国性的文件由平台维护，这里只能查看。"))
    return bureau.region


def _require_storable(text: str, cases: str) -> None:
    if max(len(text), len(cases)) > LONGEST:
        words = _("文件和案例各不超过 %(n)s 个字符，请拆成几份。") % {"n": LONGEST}
        raise DocumentRefused("long", words)
    if not (is_text(text) and is_text(cases)):
        words = _("含有不是文字的字符，请按标出的行删去后再保存。")
        raise DocumentRefused("text", words)


@transaction.atomic
def propose_version(
    version: DocumentVersion, *, reason: str, by: User, at: datetime
) -> DocumentStep:
    """Put a sound version before the bureau's approver, saying why.

    Raises DocumentRefused while it has mistakes, cases that fail, or rules with fewer
    cases than they need.
    """
    if not reason.strip():
        raise DocumentRefused("reason", _("请写明为什么要发布这一版。"))
    return _step(version, VersionStep.PROPOSED, reason=reason, by=by, at=at)


@transaction.atomic
def return_version(
    version: DocumentVersion, *, reason: str, by: User, at: datetime
) -> DocumentStep:
    """Send a proposed version back with the reason; it stays as it was written."""
    if not reason.strip():
        raise DocumentRefused("reason", _("请写明退回的理由。"))
    return _step(version, VersionStep.RETURNED, reason=reason, by=by, at=at)


@transaction.atomic
def publish_version(
    version: DocumentVersion, *, by: User, at: datetime
) -> DocumentStep:
    """Put a proposed version in force from its day on; never by who wrote or proposed it.

    The caller has just proved who ``by`` is.  Decisions made before stay as they are
    until :func:`decide_anew`.
    """
    return _step(version, VersionStep.PUBLISHED, reason="", by=by, at=at)


def _step(
    version: DocumentVersion, step: VersionStep, *, reason: str, by: User, at: datetime
) -> DocumentStep:
    chain = bureau_chain(version.bureau_id)
    locked = lock_chains([chain], at=at)[chain]
    taken = {row.step: row for row in version.steps.order_by("pk")}
    _require_turn(step, taken)
    if step is not VersionStep.RETURNED:
        _require_publishable(version)
    if step is VersionStep.PUBLISHED:
        hands = {version.written_by_id, taken[VersionStep.PROPOSED].by_id}
        if by.pk in hands:
            text = _("不能发布自己撰写或提请的文件，请由另一人复核发布。")
            raise DocumentRefused("own", text)
    row = DocumentStep.objects.create(
        version=version, step=step, reason=reason.strip()[:300], by=by, at=at
    )
    body = {**_named(version), "reason": row.reason}
    draft = EventDraft(f"document-version-{step.value}", body)
    append(locked, [draft], actor=by.actor, at=at)
    return row


def _require_turn(step: VersionStep, taken: Iterable[str]) -> None:
    done = set(taken)
    if VersionStep.PUBLISHED in done:
        raise DocumentRefused("step", _("这一版已经发布。要改动请另存一版。"))
    if VersionStep.RETURNED in done:
        raise DocumentRefused("step", _("这一版已被退回。请修改后另存一版再提请。"))
    if step is VersionStep.PROPOSED and VersionStep.PROPOSED in done:
        raise DocumentRefused("step", _("这一版已经提请，正等待复核。"))
    if step is not VersionStep.PROPOSED and VersionStep.PROPOSED not in done:
        raise DocumentRefused("step", _("这一版还没有提请发布。"))


def _require_publishable(version: DocumentVersion) -> None:
    draft = read_draft(version.text, version.cases, name=version.identifier)
    refusal = why_not(draft, version.region)
    if refusal:
        raise DocumentRefused("unsound", refusal)


def why_not(draft: Draft, region: str) -> str:
    """Why a draft cannot be published yet; "" when it can."""
    if draft.book is None or draft.findings:
        return _("文件或案例还有 %(n)s 处错误，改正后才能发布。") % {
            "n": len(draft.findings)
        }
    failing = sum(not case.passed for case in draft.cases)
    if failing:
        return _("有 %(n)s 个案例的结论与预期不同，改正后才能发布。") % {"n": failing}
    if draft.lacking:
        rules = _("、").join(sorted(draft.lacking))
        return _("这些条款的案例不足，每条至少三个才能发布：%(rules)s") % {
            "rules": rules
        }
    return _standing(draft.book, region)


def _standing(book: Rulebook, region: str) -> str:
    document = book.document
    if document.region != region:
        return _("region 应为 %(region)s：只能撰写本地区的文件，也不能改换地区。") % {
            "region": region
        }
    if document.status is Status.EDITION_ONLY:
        return _("status 不能是 edition-only：赛事自己的奖励办法由组委会提交。")
    if document.status is Status.IN_FORCE and document.in_force_from is None:
        return _("请写明 in_force_from：从哪一天起按这一版判定。")
    return ""


@transaction.atomic
def decide_anew(version: DocumentVersion, *, by: User, at: datetime) -> int:
    """Evaluate again what a published version touches; return how many lines changed."""
    if not version.steps.filter(step=VersionStep.PUBLISHED).exists():
        raise DocumentRefused("step", _("这一版还没有发布。"))
    changes = [change for change in changes_of(version) if change.count]
    for change in changes:
        derive_awards(change.release, by=by, at=at)
    body = {**_named(version), "releases": [c.release.number for c in changes]}
    chain = bureau_chain(version.bureau_id)
    append(chain, [EventDraft("document-decided-anew", body)], actor=by.actor, at=at)
    return sum(change.count for change in changes)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _named(version: DocumentVersion) -> dict[str, object]:
    return {
        "document": version.identifier,
        "version": version.number,
        "digest": version.digest,
    }
