"""Addresses of marking: ``judge`` for tablets, ``organize`` for schemes and results."""

from django.urls import path

from scoring.views import (
    audit,
    bundles,
    ceremony,
    change_log,
    changes,
    chief,
    comparison,
    corrections,
    devices,
    history,
    mark_api,
    mark_files,
    marks,
    paper,
    penalties,
    pins,
    places,
    public_releases,
    public_results,
    recusal,
    releases,
    reports,
    result_lists,
    results,
    scheme_editor,
    scheme_versions,
    schemes,
    signatures,
    signing,
    statistics,
    tablet_entry,
    teams,
    ties,
    together,
    trainee,
    verification,
)
from scoring.views import judge as tablet

urlpatterns = [
    path("api/marks/", mark_api.hand_in_marks, name="hand_in_marks"),
    path("api/results/", public_results.public_results, name="public_results"),
    path("api/results/events", public_results.result_events, name="result_events"),
    path(
        "api/results/events/<int:pk>", public_results.result_event, name="result_event"
    ),
]

judge = [
    path("", tablet.home, name="judge_home"),
    path("worker.js", tablet.worker, name="judge_worker"),
    path("resume", tablet.resume, name="judge_resume"),
    path("resume/pin", tablet_entry.resume_by_pin, name="judge_resume_by_pin"),
    path("lock", tablet_entry.lock, name="judge_lock"),
    path("here", reports.here, name="judge_here"),
    path("gone", reports.gone, name="judge_gone"),
    path("enrol/", tablet_entry.enrol_start, name="tablet_enrol_start"),
    path("enrol/<str:word>/", tablet_entry.enrol, name="tablet_enrol"),
    path("enrolled/", tablet_entry.enrolled, name="tablet_enrolled"),
    path("enter/", tablet_entry.enter, name="tablet_enter"),
    path("enter/pin/", tablet_entry.own_pin, name="tablet_own_pin"),
    path("marks", marks.enter, name="judge_marks"),
    path("skills/<int:pk>/", tablet.skill, name="judge_skill"),
    path("sheets/<int:pk>/", tablet.sheet, name="judge_sheet"),
    path("sheets/<int:pk>/state.json", tablet.sheet_state, name="judge_sheet_state"),
    path("sheets/<int:pk>/call/", tablet.call, name="judge_call"),
    path("sheets/<int:pk>/history/", history.sheet_history_page, name="sheet_history"),
    path(
        "sheets/<int:pk>/history.pdf",
        history.sheet_history_pdf,
        name="sheet_history_pdf",
    ),
    path("together/<int:pk>/", together.together, name="judge_together"),
    path("signatures/<int:pk>/", signatures.signatures_due, name="signatures_due"),
    path("paper/", paper.find, name="paper_find"),
    path("paper/<str:paper>/", paper.form, name="paper_form"),
    path("paper/<str:paper>/taken/", paper.take_signed, name="paper_take"),
    path("paper/<str:paper>/print.pdf", paper.form_file, name="paper_pdf"),
    path("prints/<int:pk>/", paper.print_sheets, name="print_sheets"),
    path("prints/<int:pk>/keying/", paper.keying, name="paper_keying"),
    path("review/<int:pk>/", signing.review, name="judge_review"),
    path("sign/<int:pk>/", signing.sign, name="judge_sign"),
    path("receipts/<int:pk>/", signing.receipt, name="judge_receipt"),
    path("chief/<int:pk>/", chief.chief_skill, name="chief_skill"),
    path("calls/<int:pk>/close/", chief.close_call, name="chief_close_call"),
    path("ties/<int:pk>/", ties.chief_ties, name="chief_ties"),
    path("statistics/<int:pk>/", statistics.chief_statistics, name="chief_statistics"),
    path("verify/<int:pk>/", chief.verify_skill, name="verify_skill"),
    path("verify/<int:pk>/sample/", verification.verify_sample, name="verify_sample"),
    path("verify/<int:pk>/sign/", verification.verify_sign, name="verify_sign"),
    path("verify/sheets/<int:pk>/", verification.verify_sheet, name="verify_sheet"),
    path("imports/<int:pk>/", mark_files.import_file, name="import_marks"),
    path("imports/<int:pk>/keys/", mark_api.issue, name="issue_import_key"),
    path("import-keys/<int:pk>/revoke/", mark_api.revoke, name="revoke_import_key"),
    path("sheets/<int:pk>/changes/", changes.sheet_changes, name="sheet_changes"),
    path("sheets/<int:pk>/changes/new/", changes.change_request, name="change_request"),
    path("changes/<int:pk>/", changes.change_page, name="change_page"),
    path("changes/<int:pk>/file/", changes.change_evidence, name="change_evidence"),
    path("changes/<int:pk>/<str:step>/", changes.change_step, name="change_step"),
    path("penalties/<int:pk>/", penalties.penalties, name="penalties"),
    path("penalties/<int:pk>/impose/", penalties.impose, name="impose_penalty"),
    path("penalties/<int:pk>/withdraw/", penalties.withdraw, name="withdraw_penalty"),
]

judge += [
    path("sheets/<int:pk>/reserve/", recusal.ask_reserve, name="ask_reserve"),
    path("sheets/<int:pk>/aside/", recusal.declare, name="declare_interest"),
    path("practise/<int:pk>/", trainee.practise_list, name="practise_list"),
    path("practise/sheets/<int:pk>/", trainee.practise, name="practise"),
]

organize = [
    path("<slug:code>/devices/", devices.organize_devices, name="organize_devices"),
    path(
        "<slug:code>/devices/wall/",
        devices.organize_device_wall,
        name="organize_device_wall",
    ),
    path(
        "<slug:code>/devices/new/",
        devices.organize_new_device,
        name="organize_new_device",
    ),
    path(
        "<slug:code>/devices/policy/",
        devices.organize_device_policy,
        name="organize_device_policy",
    ),
    path(
        "devices/<int:pk>/confirm/",
        devices.organize_confirm_device,
        name="organize_confirm_device",
    ),
    path(
        "devices/<int:pk>/revoke/",
        devices.organize_revoke_device,
        name="organize_revoke_device",
    ),
    path(
        "skills/<int:pk>/entry-mode/",
        devices.organize_entry_mode,
        name="organize_entry_mode",
    ),
    path("<slug:code>/pins/", pins.organize_pins, name="organize_pins"),
    path("<slug:code>/pins/slips/", pins.organize_pin_slips, name="organize_pin_slips"),
    path(
        "<slug:code>/pins/release/",
        pins.organize_pin_release,
        name="organize_pin_release",
    ),
    path("skills/<int:pk>/scheme/", schemes.organize_scheme, name="organize_scheme"),
    path("skills/<int:pk>/scheme/edit/", scheme_editor.edit_scheme, name="edit_scheme"),
    path("skills/<int:pk>/scheme/begin/", scheme_editor.begin, name="begin_scheme"),
    path("skills/<int:pk>/scheme/finish/", scheme_editor.finish, name="finish_scheme"),
    path(
        "skills/<int:pk>/scheme/versions/",
        scheme_versions.scheme_versions,
        name="scheme_versions",
    ),
    path(
        "skills/<int:pk>/scheme/preview/",
        scheme_versions.scheme_preview,
        name="scheme_preview",
    ),
    path(
        "skills/<int:pk>/scheme/propose/",
        scheme_versions.propose,
        name="propose_version",
    ),
    path(
        "scheme-proposals/<int:pk>/<str:step>/",
        scheme_versions.proposal_step,
        name="version_step",
    ),
    path(
        "skills/<int:pk>/scheme/edit/<str:kind>/<str:code>/",
        scheme_editor.edit_part,
        name="edit_scheme_part",
    ),
    path(
        "skills/<int:pk>/scheme/<str:layout>.xlsx",
        schemes.organize_scheme_file,
        name="organize_scheme_file",
    ),
    path("skills/<int:pk>/results/", results.organize_results, name="organize_results"),
    path("skills/<int:pk>/places/", places.organize_places, name="organize_places"),
    path(
        "skills/<int:pk>/places/rules/",
        places.organize_choose_rules,
        name="organize_choose_rules",
    ),
    path(
        "skills/<int:pk>/places/prizes/",
        places.organize_cite_prizes,
        name="organize_cite_prizes",
    ),
    path(
        "skills/<int:pk>/places/overrides/",
        places.organize_override,
        name="organize_override",
    ),
    path(
        "overrides/<int:pk>/<str:step>/",
        places.organize_override_step,
        name="organize_override_step",
    ),
    path(
        "skills/<int:pk>/correction/",
        corrections.organize_correction,
        name="organize_correction",
    ),
    path(
        "skills/<int:pk>/sheets/",
        results.organize_open_marking,
        name="organize_open_marking",
    ),
    path("skills/<int:pk>/freeze/", results.organize_freeze, name="organize_freeze"),
    path("skills/<int:pk>/changes/", change_log.skill_changes, name="skill_changes"),
    path(
        "skills/<int:pk>/changes.csv",
        change_log.skill_changes_file,
        name="skill_changes_file",
    ),
    path("entries/<int:pk>/audit/", audit.entry_audit, name="entry_audit"),
    path(
        "skills/<int:pk>/judges/",
        statistics.organize_statistics,
        name="organize_statistics",
    ),
    path(
        "skills/<int:pk>/judges.pdf",
        statistics.organize_statistics_file,
        name="organize_statistics_file",
    ),
    path(
        "skills/<int:pk>/judges/open/",
        statistics.open_names,
        name="open_statistics",
    ),
    path("releases/<str:number>/", releases.release, name="release"),
    path(
        "releases/<str:number>/<int:skill>/list.pdf",
        result_lists.result_list_file,
        name="result_list",
    ),
    path(
        "releases/<str:number>/changes/",
        corrections.release_changes,
        name="release_changes",
    ),
    path("releases/<str:number>/bundle.zip", bundles.bundle, name="release_bundle"),
    path("releases/<str:number>/names.json", bundles.names, name="release_names"),
    path(
        "releases/<str:number>/verify_bundle.py",
        bundles.program,
        name="release_verifier",
    ),
    path("releases/<str:number>/text.json", releases.release_text, name="release_text"),
    path(
        "appeals/<int:pk>/changes/",
        verification.appeal_corrections,
        name="appeal_corrections",
    ),
    path(
        "<slug:code>/verification/",
        verification.organize_verification,
        name="organize_verification",
    ),
    path("<slug:code>/progress/", results.organize_progress, name="organize_progress"),
    path("<slug:code>/sheets/", results.organize_heat, name="organize_heat"),
    path("<slug:code>/release/", releases.organize_release, name="organize_release"),
    path(
        "<slug:code>/comparison/",
        comparison.organize_comparison,
        name="organize_comparison",
    ),
    path(
        "<slug:code>/comparison/best/",
        comparison.organize_choose_best,
        name="organize_choose_best",
    ),
    path(
        "<slug:code>/ceremony/<str:name>",
        ceremony.organize_ceremony_file,
        name="organize_ceremony_file",
    ),
    path(
        "<slug:code>/comparison/<str:name>",
        comparison.organize_comparison_file,
        name="organize_comparison_file",
    ),
    path(
        "<slug:code>/release/publish/",
        releases.organize_publish,
        name="organize_publish",
    ),
]

verify = [
    path(
        "releases/<str:number>/", public_releases.public_release, name="public_release"
    ),
    path(
        "releases/<str:number>/bundle.zip",
        public_releases.public_bundle,
        name="public_bundle",
    ),
    path(
        "releases/<str:number>/log/", change_log.public_changes, name="public_changes"
    ),
    path("verify_bundle.py", public_releases.public_verifier, name="public_verifier"),
]

organize += [
    path("skills/<int:pk>/teams/", teams.marking_teams, name="marking_teams"),
    path("skills/<int:pk>/teams/reserve/", teams.reserve, name="seat_reserve"),
    path("skills/<int:pk>/teams/catch-up/", teams.catch_up, name="grant_catch_up"),
    path("skills/<int:pk>/teams/tie/", teams.tie_back, name="take_back_tie"),
    path("skills/<int:pk>/teams/review/", teams.review, name="review_interests"),
    path("skills/<int:pk>/teams/<str:letter>/", teams.arrange, name="arrange_team"),
]
