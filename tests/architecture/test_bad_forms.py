"""Nonsense in forms, queries and addresses is never an error of ours, on any database."""

import re
from itertools import count

import pytest
from django.urls import reverse

from people.register import PUBLIC
from tests.architecture.addresses import (
    NOBODY,
    addresses,
    asked,
    client_of,
    is_open,
)
from tests.scoring.contest import PIN

pytestmark = pytest.mark.django_db

ROLES = (
    NOBODY,
    "organizer",
    "judge",
    "chief-judge",
    "results-officer",
    "hr-approver",
)
NONSENSE = (
    "\0",
    "x" * 5000,
    "9" * 30,
    "9" * 5000,
    "-1",
    "1e309",
    "２",
    "0000-13-45",
    "'\"><script>",
    "%s{0}{{x}}",
    "[[[[",
    "//evil.example/",
)
FIELD = re.compile(r'<(?:input|select|textarea)\b[^>]*?\bname="([^"]+)"')
# Fields that views take as they come: what else has to be right for them to be read.
PLAUSIBLE = {
    "organize_entry_review": {"decision": "return", "reason": "理由", "next": "/"},
    "organize_withdraw": {"reason": "理由"},
    "organize_advance": {"to": "cancelled", "reason": "理由"},
    "organize_publish": {"skill": "1", "document": "川〔2026〕1号"},
    "organize_draw_level": {"seed": "1"},
    "judge_call": {"kind": "problem", "text": "有问题"},
    "judge_resume": {"username": "lin", "password": "x"},
    "judge_sign": {"role": "judge", "sheet": "1", "pin": PIN, "digest": "x"},
    "judge_review": {"role": "judge", "sheet": "1"},
    "chief_ties": {"place": "1", "reason": "理由"},
    "edit_scheme_part": {"letter": "C", "name": "安全", "weight": "1"},
    "begin_scheme": {"source": "current"},
    "finish_scheme": {"do": "adopt", "seen": "x"},
    "import_marks": {"token": "x"},
    "impose_penalty": {
        "entry": "1",
        "value": "1",
        "unit": "points",
        "clause": "3.2",
        "reason": "理由",
    },
    "withdraw_penalty": {"reason": "理由"},
    "organize_choose_rules": {"rule": "gb", "tie-0": "criterion:A", "fallback": "x"},
    "organize_cite_prizes": {"rule": "x", "document": "文", "clause": "3"},
    "organize_override": {"entry": "1", "name": "place", "value": "1", "reason": "由"},
    "propose_version": {
        "seen": "0" * 64,
        "reason": "由",
        "secret": "1",
        "dropped": "A",
    },
    "version_step": {"seen": "0" * 64, "secret": "271828"},
    "organize_choose_best": {"entry": "1", "reason": "理由"},
    "verify_skill": {"password": "correct horse battery", "note": "已核"},
    "verify_find": {"number": "1", "name": "王", "no": "1"},
    "certificate_revoke": {"reason": "理由"},
    "bureau_workshop_check": {"identifier": "a-b", "text": "[document]", "cases": ""},
    "bureau_workshop_new": {"identifier": "a-b", "text": "[document]", "cases": "x"},
    "bureau_version_propose": {"reason": "理由"},
    "bureau_version_return": {"reason": "理由"},
    "bureau_version_publish": {"secret": PIN},
    "bureau_advance": {"to": "submitted", "reason": "理由"},
    "bureau_material": {"item": "a", "say": "present", "evidence": "凭据"},
    "bureau_answer": {
        "verdict": "granted",
        "document": "文",
        "answered_on": "2026-01-01",
    },
    "bureau_deliver": {"delivered_on": "2026-01-01", "document": "文"},
    "bureau_ask_withdrawal": {"kind": "revoked", "reason": "理由"},
    "bureau_keep": {"reason": "理由"},
    "bureau_rounds": {
        "row": "1",
        "place": "网站",
        "document": "文",
        "starts_on": "2026-01-01",
        "days": "5",
    },
    "bureau_round_void": {"reason": "理由"},
    "bureau_round_objection": {"text": "异议", "received_on": "2026-01-01"},
    "bureau_objection_ruling": {"is_upheld": "no", "ruling": "理由"},
    "bureau_filings": {"row": "1", "authority": "厅", "filed_on": "2026-01-01"},
    "bureau_filing_act": {
        "row": "1",
        "verdict": "granted",
        "document": "文",
        "answered_on": "2026-01-01",
    },
    "bureau_overdue": {"row": "1", "due_on": "2027-01-01", "reason": "理由"},
    "bureau_changed": {"row": "1", "do": "keep", "reason": "理由"},
    "bureau_withdrawals_agree": {"row": "1", "secret": PIN},
    "bureau_withdrawal_decline": {"reason": "理由"},
    "bureau_materials": {
        "kind": "grade",
        "title": "表",
        "asked": "yes",
        "document": "文",
    },
    "sign_in": {"username": "lin", "password": "x", "next": "/"},
    "set_language": {"language": "en", "next": "/"},
    "organize_roster": {"token": "x"},
    "organize_scheme": {"token": "x"},
    "bureau_results": {"token": "x"},
    "bureau_facts_file": {"token": "x"},
    "bureau_answers": {"token": "x", "lines": "1"},
    "bureau_comparisons": {"token": "x"},
    "bureau_comparison_take": {"line": "1"},
    "bureau_export_new": {"purpose": "上报", "document": "1 号"},
    "bureau_export_approve": {"secret": PIN},
    "bureau_export_decline": {"reason": "理由"},
    "bureau_export_link": {"secret": PIN},
    "bureau_correct": {"reason": "理由", "do": "correct"},
    "bureau_end_sanction": {"ends_on": "2026-01-01", "reason": "理由"},
    "bureau_grades": {"table": "names", "issuer": "厂", "name": "匠", "grade": "4"},
}
QUERY = (
    "audience", "day", "export", "kind", "lang", "next", "no", "page", "q", "region",
    "release", "role", "sheet", "since", "skill", "sort", "state", "delegation",
    "list", "form", "format", "until",
)  # fmt: skip


def fields_of(client, url):
    """The names of everything that can be filled in on a page."""
    status, body, _ = asked(client, "GET", url)
    return set(FIELD.findall(body)) if status == 200 else set()


def attempts(address, client, url):
    """Posted values: all fields nonsense, then each plausible field in turn."""
    right = PLAUSIBLE.get(address.name, {})
    names = sorted((fields_of(client, url) | set(right)) - {"csrfmiddlewaretoken"})
    for shift in range(0, len(NONSENSE), 4) if names else ():
        turn = count(shift)
        yield {name: NONSENSE[next(turn) % len(NONSENSE)] for name in names}
    for name in right:
        for word in NONSENSE[:4]:
            yield right | {name: word}


@pytest.mark.databases
@pytest.mark.parametrize("role", ROLES)
def test_nonsense_in_a_form_is_no_error_of_ours(world, role):
    ours, _theirs = world
    client = client_of(ours, role)
    broken = {}
    for address in addresses():
        if not is_open(address, role) or (PUBLIC in address.roles and role != NOBODY):
            continue
        url = address.url(ours, role)
        for data in attempts(address, client, url):
            status = asked(client, "POST", url, data)[0]
            if status >= 500:
                broken.setdefault(address.name, []).append(shortened(data))
            if status == 405:
                break

    assert broken == {}


@pytest.mark.parametrize("role", ROLES)
def test_nonsense_in_a_query_is_no_error_of_ours(world, role):
    ours, _theirs = world
    client = client_of(ours, role)
    broken = {}
    for address in addresses():
        if not is_open(address, role) or (PUBLIC in address.roles and role != NOBODY):
            continue
        url = address.url(ours, role)
        for shift in range(0, len(NONSENSE), 4):
            turn = count(shift)
            data = {name: NONSENSE[next(turn) % len(NONSENSE)] for name in QUERY}
            status = asked(client, "GET", url, QUERY_STRING=encoded(data))[0]
            if status >= 500:
                broken.setdefault(address.name, []).append(shortened(data))
            if status == 405:
                break

    assert broken == {}


ODD = ("%00", "x" * 3000, "9" * 30, "9" * 5000, "%F0%9F%80%84")


@pytest.mark.parametrize("role", ["organizer", "judge", "hr-approver", NOBODY])
def test_nonsense_in_an_address_is_not_found(world, role):
    ours, _theirs = world
    client = client_of(ours, role)
    broken = {}
    for address in addresses():
        if not is_open(address, role):
            continue
        own = address.url(ours, role)
        for argument in address.arguments:
            value = str(address.value(argument, ours, role))
            for word in ODD:
                url = re.sub(rf"/{re.escape(value)}(?=[/.]|$)", f"/{word}", own)
                status = asked(client, "GET", url)[0]
                if url == own or status not in (400, 404, 405):
                    broken[address.name, word[:8]] = status

    assert broken == {}


def encoded(data):
    from urllib.parse import urlencode

    return urlencode(data)


def shortened(data):
    return {name: word[:12] for name, word in data.items()}


def test_every_plausible_form_is_one_of_an_address():
    known = {address.name for address in addresses()}

    assert set(PLAUSIBLE) <= known
    assert reverse("home") == "/"
