"""Addresses of awards: the bureau's desk, papers of organizers, verification."""

from django.urls import path

from awards import certificate_urls, own_urls, progress_urls, talent_urls
from awards.views import (
    answers,
    bulk,
    calculator,
    certificates,
    comparisons,
    corrections,
    coverage,
    desk,
    documents,
    export_files,
    exports,
    facts_file,
    grade_tables,
    indicators,
    pairs,
    people,
    reports,
    results,
    simulator,
    work,
    workshop,
)

urlpatterns = [*talent_urls.own]

bureau = [
    *talent_urls.bureau,
    *progress_urls.bureau,
    path("", desk.bureau_list, name="bureau_list"),
    path("find/", desk.bureau_find, name="bureau_find"),
    path("views/", desk.bureau_save_view, name="bureau_save_view"),
    path("views/<int:pk>/", desk.bureau_view, name="bureau_view"),
    path("bulk/", bulk.bureau_bulk, name="bureau_bulk"),
    path("bulk/<slug:batch>/undo/", bulk.bureau_undo, name="bureau_undo"),
    path("decisions/<int:pk>/", work.bureau_explain, name="bureau_explain"),
    path(
        "decisions/<int:pk>.json", work.bureau_explain_json, name="bureau_explain_json"
    ),
    path("decisions/<int:pk>.pdf", work.bureau_explain_pdf, name="bureau_explain_pdf"),
    path(
        "decisions/<int:pk>/facts/<slug:fact>/",
        work.bureau_state_fact,
        name="bureau_state_fact",
    ),
    path("entitlements/<int:pk>/", work.bureau_advance, name="bureau_advance"),
    path("facts/", facts_file.bureau_facts_file, name="bureau_facts_file"),
    path(
        "facts/template/",
        facts_file.bureau_facts_template,
        name="bureau_facts_template",
    ),
    path(
        "facts/<slug:kind>/<int:pk>/", corrections.bureau_correct, name="bureau_correct"
    ),
    path(
        "sanctions/<int:pk>/",
        corrections.bureau_end_sanction,
        name="bureau_end_sanction",
    ),
    path("grades/", grade_tables.bureau_grades, name="bureau_grades"),
    path(
        "grades/<slug:table>/<int:pk>/",
        grade_tables.bureau_withdraw_row,
        name="bureau_withdraw_row",
    ),
    path("people/<int:pk>/", people.bureau_person, name="bureau_person"),
    path("people/<int:pk>/refresh/", people.bureau_refresh, name="bureau_refresh"),
    path("people/<int:pk>/same/<int:other>/", pairs.bureau_pair, name="bureau_pair"),
    path(
        "people/<int:pk>/same/<int:other>/merge/",
        pairs.bureau_merge,
        name="bureau_merge",
    ),
    path(
        "people/<int:pk>/same/<int:other>/distinct/",
        pairs.bureau_distinct,
        name="bureau_distinct",
    ),
    path("people/<int:pk>/<slug:kind>/", people.bureau_fact, name="bureau_fact"),
    path("documents/", documents.bureau_documents, name="bureau_documents"),
    path("coverage/", coverage.bureau_coverage, name="bureau_coverage"),
    path(
        "documents/<str:identifier>/",
        documents.bureau_document,
        name="bureau_document",
    ),
    path(
        "documents/<str:identifier>/confirm/",
        documents.bureau_confirm_document,
        name="bureau_confirm_document",
    ),
    path(
        "documents/<str:identifier>/gaps/<str:gap>/",
        documents.bureau_fill_gap,
        name="bureau_fill_gap",
    ),
    path("simulator/", simulator.bureau_simulator, name="bureau_simulator"),
    path(
        "simulator.json", simulator.bureau_simulator_json, name="bureau_simulator_json"
    ),
    path(
        "simulator.xlsx", simulator.bureau_simulator_xlsx, name="bureau_simulator_xlsx"
    ),
    path("simulator/job/", simulator.bureau_simulator_job, name="bureau_simulator_job"),
    path("calculator/", calculator.bureau_calculator, name="bureau_calculator"),
    path(
        "calculator.json",
        calculator.bureau_calculator_json,
        name="bureau_calculator_json",
    ),
    path("indicators/", indicators.bureau_indicators, name="bureau_indicators"),
    path(
        "indicators.json",
        indicators.bureau_indicators_json,
        name="bureau_indicators_json",
    ),
    path("workshop/", workshop.bureau_workshop, name="bureau_workshop"),
    path("workshop/new/", workshop.bureau_workshop_new, name="bureau_workshop_new"),
    path(
        "workshop/check/",
        workshop.bureau_workshop_check,
        name="bureau_workshop_check",
    ),
    path(
        "workshop/documents/<str:draft>/",
        workshop.bureau_workshop_edit,
        name="bureau_workshop_edit",
    ),
    path("workshop/versions/<int:pk>/", workshop.bureau_version, name="bureau_version"),
    path(
        "workshop/versions/<int:pk>/<slug:part>.toml",
        workshop.bureau_version_file,
        name="bureau_version_file",
    ),
    path(
        "workshop/versions/<int:pk>/propose/",
        workshop.bureau_version_propose,
        name="bureau_version_propose",
    ),
    path(
        "workshop/versions/<int:pk>/return/",
        workshop.bureau_version_return,
        name="bureau_version_return",
    ),
    path(
        "workshop/versions/<int:pk>/publish/",
        workshop.bureau_version_publish,
        name="bureau_version_publish",
    ),
    path(
        "workshop/versions/<int:pk>/anew/",
        workshop.bureau_version_anew,
        name="bureau_version_anew",
    ),
    path("results/", results.bureau_results, name="bureau_results"),
    path("answers/", answers.bureau_answers, name="bureau_answers"),
    path("answers/<int:pk>/", answers.bureau_answer_file, name="bureau_answer_file"),
    path("comparisons/", comparisons.bureau_comparisons, name="bureau_comparisons"),
    path(
        "comparisons/<int:pk>/", comparisons.bureau_comparison, name="bureau_comparison"
    ),
    path(
        "comparisons/<int:pk>/take/",
        comparisons.bureau_comparison_take,
        name="bureau_comparison_take",
    ),
    path("exports/", exports.bureau_exports, name="bureau_exports"),
    path("exports/new/", exports.bureau_export_new, name="bureau_export_new"),
    path("exports/log/", export_files.bureau_export_log, name="bureau_export_log"),
    path(
        "exports/log.csv",
        export_files.bureau_export_log_csv,
        name="bureau_export_log_csv",
    ),
    path("exports/<int:pk>/", exports.bureau_export, name="bureau_export"),
    path(
        "exports/<int:pk>/approve/",
        exports.bureau_export_approve,
        name="bureau_export_approve",
    ),
    path(
        "exports/<int:pk>/decline/",
        exports.bureau_export_decline,
        name="bureau_export_decline",
    ),
    path(
        "exports/<int:pk>/again/",
        exports.bureau_export_again,
        name="bureau_export_again",
    ),
    path(
        "exports/<int:pk>/link/",
        export_files.bureau_export_link,
        name="bureau_export_link",
    ),
    path(
        "exports/files/<str:link>/",
        export_files.bureau_export_file,
        name="bureau_export_file",
    ),
    *certificate_urls.bureau,
    path("reports/", reports.bureau_reports, name="bureau_reports"),
    path("reports/<int:pk>/", reports.bureau_report, name="bureau_report"),
    path("reports/proof/", reports.bureau_check_proof, name="bureau_check_proof"),
    *own_urls.bureau,
]

organize = [
    path(
        "<slug:code>/certificates/",
        certificates.organize_certificates,
        name="organize_certificates",
    ),
    path(
        "<slug:code>/document/", documents.organize_document, name="organize_document"
    ),
    *own_urls.organize,
]

delegation = own_urls.delegation

verify = certificate_urls.verify
