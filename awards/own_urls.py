"""Addresses of slips with codes, and of a competitor's own page."""

from django.urls import path

from awards.views import own, result_codes

organize = [
    path(
        "<slug:code>/result-codes/",
        result_codes.organize_result_codes,
        name="organize_result_codes",
    ),
    path(
        "<slug:code>/result-codes/slips/",
        result_codes.organize_result_slips,
        name="organize_result_slips",
    ),
    path(
        "<slug:code>/result-codes/<int:pk>/end/",
        result_codes.organize_result_code_end,
        name="organize_result_code_end",
    ),
]

delegation = [
    path("result/", own.own_result_code, name="own_result_code"),
    path("result/mine/", own.own_result, name="own_result"),
    path("result/close/", own.own_result_close, name="own_result_close"),
    path(
        "result/certificates/<int:pk>.pdf", own.own_certificate, name="own_certificate"
    ),
    path(
        "<int:pk>/result-codes/",
        result_codes.delegation_result_codes,
        name="delegation_result_codes",
    ),
    path(
        "<int:pk>/result-codes/slips/",
        result_codes.delegation_result_slips,
        name="delegation_result_slips",
    ),
    path(
        "<int:pk>/result-codes/<int:slip>/end/",
        result_codes.delegation_result_code_end,
        name="delegation_result_code_end",
    ),
]

bureau = [
    path(
        "result-codes/",
        result_codes.bureau_code_competitions,
        name="bureau_code_competitions",
    ),
    path(
        "result-codes/<slug:code>/",
        result_codes.bureau_result_codes,
        name="bureau_result_codes",
    ),
    path(
        "result-codes/<slug:code>/slips/",
        result_codes.bureau_result_slips,
        name="bureau_result_slips",
    ),
    path(
        "result-codes/<slug:code>/<int:pk>/end/",
        result_codes.bureau_result_code_end,
        name="bureau_result_code_end",
    ),
]
