"""Addresses of the way of an entitlement, under the bureau's desk."""

from django.urls import path

from awards.views import entitlements, filings, progress, publicity

bureau = [
    path("progress/", progress.bureau_progress, name="bureau_progress"),
    path(
        "entitlements/<int:pk>/materials/",
        entitlements.bureau_material,
        name="bureau_material",
    ),
    path(
        "entitlements/<int:pk>/answer/",
        entitlements.bureau_answer,
        name="bureau_answer",
    ),
    path(
        "entitlements/<int:pk>/deliver/",
        entitlements.bureau_deliver,
        name="bureau_deliver",
    ),
    path(
        "entitlements/<int:pk>/withdraw/",
        entitlements.bureau_ask_withdrawal,
        name="bureau_ask_withdrawal",
    ),
    path("entitlements/<int:pk>/keep/", entitlements.bureau_keep, name="bureau_keep"),
    path(
        "entitlements/<int:pk>/undo/",
        entitlements.bureau_step_undo,
        name="bureau_step_undo",
    ),
    path("publicity/", publicity.bureau_rounds, name="bureau_rounds"),
    path("publicity/<int:pk>/", publicity.bureau_round, name="bureau_round"),
    path(
        "publicity/<int:pk>/close/",
        publicity.bureau_round_close,
        name="bureau_round_close",
    ),
    path(
        "publicity/<int:pk>/void/",
        publicity.bureau_round_void,
        name="bureau_round_void",
    ),
    path(
        "publicity/<int:pk>/objections/",
        publicity.bureau_round_objection,
        name="bureau_round_objection",
    ),
    path(
        "publicity/objections/<int:pk>/",
        publicity.bureau_objection_ruling,
        name="bureau_objection_ruling",
    ),
    path("filings/", filings.bureau_filings, name="bureau_filings"),
    path("filings/<int:pk>/", filings.bureau_filing, name="bureau_filing"),
    path(
        "filings/<int:pk>/<slug:act>/",
        filings.bureau_filing_act,
        name="bureau_filing_act",
    ),
    path("overdue/", progress.bureau_overdue, name="bureau_overdue"),
    path("changed/", progress.bureau_changed, name="bureau_changed"),
    path("withdrawals/", progress.bureau_withdrawals, name="bureau_withdrawals"),
    path(
        "withdrawals/agree/",
        progress.bureau_withdrawals_agree,
        name="bureau_withdrawals_agree",
    ),
    path(
        "withdrawals/<int:pk>/decline/",
        progress.bureau_withdrawal_decline,
        name="bureau_withdrawal_decline",
    ),
    path("materials/", progress.bureau_materials, name="bureau_materials"),
    path(
        "materials/<int:pk>/withdraw/",
        progress.bureau_material_rule,
        name="bureau_material_rule",
    ),
]
