"""Every address, with real arguments of either tenant, and asking at it without trace."""

from copy import copy
from dataclasses import dataclass

from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from people.register import PUBLIC, SIGNED_IN, permissions
from tests.architecture.test_permissions import policy_of

NOBODY = "nobody"
# What an argument named pk is, by the name of the address.
KEYS = {
    "organize_skill": "skill",
    "organize_entries": "skill",
    "organize_draw": "skill",
    "organize_draw_level": "skill",
    "organize_draw_officer": "skill",
    "organize_settle_officer": "skill",
    "organize_codes": "skill",
    "organize_decode": "skill",
    "organize_decode_open": "skill",
    "organize_seal_sheet": "skill",
    "organize_end_skill": "skill",
    "organize_appeal": "appeal",
    "organize_rule_appeal": "appeal",
    "organize_appeal_remedy": "appeal",
    "organize_appeal_file": "appeal",
    "organize_objection": "objection",
    "organize_objection_remedy": "objection",
    "organize_objection_new": "notice",
    "organize_publicity_void": "notice",
    "delegation_appeal_new": "delegation",
    "delegation_objection": "delegation",
    "delegation_appeal": "appeal",
    "delegation_appeal_answer": "appeal",
    "delegation_appeal_withdraw": "appeal",
    "delegation_appeal_file": "appeal",
    "verify_sample": "skill",
    "verify_sign": "skill",
    "verify_sheet": "sheet",
    "appeal_corrections": "appeal",
    "organize_entry_review": "entry",
    "organize_withdraw": "appointment",
    "organize_account": "appointment",
    "organize_publicity_close": "notice",
    "organize_scheme": "skill",
    "organize_scheme_file": "skill",
    "organize_results": "skill",
    "organize_open_marking": "skill",
    "organize_freeze": "skill",
    "judge_skill": "skill",
    "judge_sheet": "sheet",
    "judge_sheet_state": "sheet",
    "judge_call": "sheet",
    "judge_review": "skill",
    "judge_together": "skill",
    "signatures_due": "skill",
    "print_sheets": "skill",
    "paper_keying": "skill",
    "sheet_history": "sheet",
    "sheet_history_pdf": "sheet",
    "judge_sign": "skill",
    "judge_receipt": "signature",
    "chief_skill": "skill",
    "chief_close_call": "call",
    "chief_ties": "skill",
    "verify_skill": "skill",
    "chief_statistics": "skill",
    "organize_statistics": "skill",
    "organize_statistics_file": "skill",
    "open_statistics": "skill",
    "import_marks": "skill",
    "issue_import_key": "skill",
    "revoke_import_key": "import key",
    "penalties": "skill",
    "impose_penalty": "skill",
    "withdraw_penalty": "penalty",
    "edit_scheme": "new skill",
    "begin_scheme": "new skill",
    "finish_scheme": "new skill",
    "edit_scheme_part": "new skill",
    "scheme_versions": "skill",
    "scheme_preview": "skill",
    "propose_version": "skill",
    "version_step": "proposal",
    "organize_places": "skill",
    "organize_choose_rules": "skill",
    "organize_cite_prizes": "skill",
    "organize_override": "skill",
    "organize_override_step": "override",
    "organize_correction": "skill",
    "entry_audit": "entry",
    "sheet_changes": "sheet",
    "change_request": "sheet",
    "change_page": "change",
    "change_evidence": "change",
    "change_step": "change",
    "skill_changes": "skill",
    "skill_changes_file": "skill",
    "result_event": "competition",
    "bureau_explain": "decision",
    "bureau_explain_json": "decision",
    "bureau_explain_pdf": "decision",
    "bureau_state_fact": "decision",
    "bureau_advance": "entitlement",
    "bureau_material": "entitlement",
    "bureau_answer": "entitlement",
    "bureau_deliver": "entitlement",
    "bureau_ask_withdrawal": "entitlement",
    "bureau_keep": "entitlement",
    "bureau_step_undo": "entitlement",
    "bureau_round": "round",
    "bureau_round_close": "round",
    "bureau_round_void": "round",
    "bureau_round_objection": "round",
    "bureau_objection_ruling": "round objection",
    "bureau_filing": "filing",
    "bureau_filing_act": "filing",
    "bureau_withdrawal_decline": "withdrawal",
    "bureau_material_rule": "material rule",
    "bureau_person": "person",
    "bureau_answer_file": "answer file",
    "bureau_comparison": "comparison",
    "bureau_comparison_take": "comparison",
    "bureau_refresh": "person",
    "bureau_view": "saved view",
    "bureau_pair": "person",
    "bureau_merge": "person",
    "bureau_distinct": "person",
    "bureau_fact": "person",
    "bureau_correct": "grade",
    "bureau_end_sanction": "sanction",
    "bureau_withdraw_row": "grade name",
    "bureau_export": "export",
    "bureau_export_approve": "export",
    "bureau_export_decline": "export",
    "bureau_export_again": "export",
    "bureau_export_link": "export",
    "bureau_version": "version",
    "bureau_version_file": "version",
    "bureau_version_propose": "version",
    "bureau_version_return": "version",
    "bureau_version_publish": "version",
    "bureau_version_anew": "version",
    "certificate_pdf": "certificate",
    "certificate_revoke": "certificate",
    "certificate_reissue": "certificate",
    "certificate_withdrawal": "revocation",
    "my_job_result": "job",
    "organize_confirm_device": "device",
    "organize_revoke_device": "device",
    "organize_entry_mode": "skill",
    "ask_reserve": "sheet",
    "declare_interest": "sheet",
    "practise_list": "skill",
    "practise": "sheet",
    "marking_teams": "skill",
    "seat_reserve": "skill",
    "grant_catch_up": "skill",
    "take_back_tie": "skill",
    "review_interests": "skill",
    "arrange_team": "skill",
    "bureau_report": "report",
    "own_certificate": "certificate",
    "organize_result_code_end": "result code",
    "bureau_result_code_end": "result code",
    "delegation_result_codes": "delegation",
    "delegation_result_slips": "delegation",
    "delegation_result_code_end": "delegation",
    "bureau_pool": "pool",
    "bureau_pool_close": "pool",
    "bureau_pool_criterion": "pool",
    "bureau_pool_admit": "pool",
    "bureau_pool_enter": "pool",
    "bureau_criterion_withdraw": "criterion",
    "bureau_pool_entry": "pool entry",
    "bureau_lifetime": "person",
    "bureau_lifetime_pdf": "person",
    "bureau_lifetime_json": "person",
    "bureau_lifetime_full": "person",
}
# Other arguments: an object of a tenant, or a word that is the same for everybody.
OBJECTS = {
    "code": "code",
    "number": "release",
    "skill": "skill",
    "identifier": "document",
    "token": "token",
    "board": "board",
    "paper": "paper",
    "draft": "draft",
    "slip": "result code",
    "link": "export link",
    "other": "other person",
    "batch": "batch",
    "admission": "admission",
    "person": "person",
}
WORDS = {
    "letter": "A",
    "word": "NOSUCH23",
    "level": 1,
    "layout": "cis",
    "gap": "no-such-gap",
    "kind": "grade",
    "fact": "field_size",
    "table": "names",
}
# Words that are said otherwise in one address.
OWN_WORDS = {
    ("edit_scheme_part", "kind"): "criterion",
    ("edit_scheme_part", "code"): "new",
    ("organize_override_step", "step"): "drop",
    ("change_step", "step"): "withdraw",
    ("version_step", "step"): "withdraw",
    ("bureau_version_file", "part"): "text",
    ("bureau_filing_act", "act"): "answer",
    ("organize_ceremony_file", "name"): "Competitor_results.xlsx",
    ("organize_comparison_file", "name"): "all.xlsx",
}
# Sheets that a role not named by the permission may look at, never write on.
LOOKS = {
    ("judge_sheet", "supervisor"),
    ("judge_sheet_state", "supervisor"),
}
# Pages that a role named by the permission does not use: (address, role) -> reason.
CLOSED = {
    ("sheet_history", "judge"): "the panel has not entered everything",
    ("sheet_history_pdf", "judge"): "the panel has not entered everything",
    ("judge_skill", "results-officer"): "starts at verify_skill",
    ("release_bundle", "organizer"): "the release here has no marks to pack",
    ("release_bundle", "results-officer"): "the release here has no marks to pack",
    ("bureau_certificates", "organizer"): "has organize_certificates",
    ("organize_certificates", "hr-officer"): "has bureau_certificates",
    ("organize_certificates", "hr-approver"): "has bureau_certificates",
}


@dataclass(frozen=True)
class Address:
    name: str
    arguments: tuple[str, ...]
    policy: str

    def url(self, tenant, role):
        values = {name: self.value(name, tenant, role) for name in self.arguments}
        return reverse(self.name, kwargs=values)

    def value(self, argument, tenant, role):
        """What stands for an argument: the same word for all, or a tenant's object."""
        word = self.word(argument)
        if word is not None:
            return word
        kind = KEYS[self.name] if argument == "pk" else OBJECTS[argument]
        return tenant.value(kind, role)

    def word(self, argument):
        return OWN_WORDS.get((self.name, argument), WORDS.get(argument))

    @property
    def has_object(self):
        return any(self.word(argument) is None for argument in self.arguments)

    @property
    def roles(self):
        return permissions[self.policy].roles


def addresses(resolver=None):
    """Every named address but those of Django's own administration."""
    found = []
    for item in (resolver or get_resolver()).url_patterns:
        if hasattr(item, "url_patterns"):
            if item.app_name != "admin":
                found += addresses(item)
        else:
            arguments = tuple(item.pattern.converters)
            found.append(Address(item.name, arguments, policy_of(item.callback)))
    return found


def client_of(tenant, role):
    client = Client(raise_request_exception=False)
    if role != NOBODY:
        client.force_login(tenant.users[role])
    return client


def asked(client, method, url, data=None, look=None, **headers):
    """Ask, look at the whole answer, and undo whatever it did, signing out included."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        answer = (
            client.generic(method, url, **headers)
            if data is None
            else client.post(url, data, **headers)
        )
        body = (
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        )
        seen = look() if look else answer
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code, body.decode("utf-8", "replace"), seen


def is_open(address, role):
    roles = address.roles
    if PUBLIC in roles or (address.name, role) in LOOKS:
        return True
    if (address.name, role) in CLOSED:
        return False
    return role != NOBODY and (SIGNED_IN in roles or role in roles)
