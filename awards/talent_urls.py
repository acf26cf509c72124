"""Addresses of the talent file and of lifetime files; awards.urls takes them in."""

from django.urls import path

from awards.views import lifetime, pools, talent, talent_review

bureau = [
    path("talent/", talent.bureau_talent, name="bureau_talent"),
    path("talent/find/", talent.bureau_talent_find, name="bureau_talent_find"),
    path(
        "talent/entries/<int:pk>/", talent.bureau_pool_entry, name="bureau_pool_entry"
    ),
    path("talent/figures/", talent.bureau_talent_figures, name="bureau_talent_figures"),
    path(
        "talent/figures.json",
        talent.bureau_talent_figures_json,
        name="bureau_talent_figures_json",
    ),
    path(
        "talent/review/",
        talent_review.bureau_talent_review,
        name="bureau_talent_review",
    ),
    path(
        "talent/steps/<uuid:admission>/undo/",
        pools.bureau_talent_undo,
        name="bureau_talent_undo",
    ),
    path("talent/pools/", pools.bureau_pools, name="bureau_pools"),
    path("talent/pools/open/", pools.bureau_pool_open, name="bureau_pool_open"),
    path("talent/pools/<int:pk>/", pools.bureau_pool, name="bureau_pool"),
    path(
        "talent/pools/<int:pk>/close/",
        pools.bureau_pool_close,
        name="bureau_pool_close",
    ),
    path(
        "talent/pools/<int:pk>/criteria/",
        pools.bureau_pool_criterion,
        name="bureau_pool_criterion",
    ),
    path(
        "talent/pools/<int:pk>/candidates/",
        pools.bureau_pool_admit,
        name="bureau_pool_admit",
    ),
    path(
        "talent/pools/<int:pk>/people/<int:person>/",
        pools.bureau_pool_enter,
        name="bureau_pool_enter",
    ),
    path(
        "talent/criteria/<int:pk>/withdraw/",
        pools.bureau_criterion_withdraw,
        name="bureau_criterion_withdraw",
    ),
    path("people/<int:pk>/lifetime/", lifetime.bureau_lifetime, name="bureau_lifetime"),
    path(
        "people/<int:pk>/lifetime.pdf",
        lifetime.bureau_lifetime_pdf,
        name="bureau_lifetime_pdf",
    ),
    path(
        "people/<int:pk>/lifetime.json",
        lifetime.bureau_lifetime_json,
        name="bureau_lifetime_json",
    ),
    path(
        "people/<int:pk>/lifetime/full/",
        lifetime.bureau_lifetime_full,
        name="bureau_lifetime_full",
    ),
]

own = [
    path("me/lifetime/", lifetime.my_lifetime, name="my_lifetime"),
    path("me/lifetime.pdf", lifetime.my_lifetime_pdf, name="my_lifetime_pdf"),
    path("me/lifetime.json", lifetime.my_lifetime_json, name="my_lifetime_json"),
]
