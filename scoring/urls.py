"""Addresses of marking: ``judge`` for tablets, ``organize`` for schemes and results."""

from django.urls import path

from scoring.views import chief, marks, releases, results, schemes, signing, ties
from scoring.views import judge as tablet

judge = [
    path("", tablet.home, name="judge_home"),
    path("worker.js", tablet.worker, name="judge_worker"),
    path("resume", tablet.resume, name="judge_resume"),
    path("marks", marks.enter, name="judge_marks"),
    path("skills/<int:pk>/", tablet.skill, name="judge_skill"),
    path("sheets/<int:pk>/", tablet.sheet, name="judge_sheet"),
    path("sheets/<int:pk>/state.json", tablet.sheet_state, name="judge_sheet_state"),
    path("sheets/<int:pk>/call/", tablet.call, name="judge_call"),
    path("review/<int:pk>/", signing.review, name="judge_review"),
    path("sign/<int:pk>/", signing.sign, name="judge_sign"),
    path("receipts/<int:pk>/", signing.receipt, name="judge_receipt"),
    path("chief/<int:pk>/", chief.chief_skill, name="chief_skill"),
    path("calls/<int:pk>/close/", chief.close_call, name="chief_close_call"),
    path("ties/<int:pk>/", ties.chief_ties, name="chief_ties"),
    path("verify/<int:pk>/", chief.verify_skill, name="verify_skill"),
]

organize = [
    path("skills/<int:pk>/scheme/", schemes.organize_scheme, name="organize_scheme"),
    path(
        "skills/<int:pk>/scheme/<str:layout>.xlsx",
        schemes.organize_scheme_file,
        name="organize_scheme_file",
    ),
    path("skills/<int:pk>/results/", results.organize_results, name="organize_results"),
    path(
        "skills/<int:pk>/sheets/",
        results.organize_open_marking,
        name="organize_open_marking",
    ),
    path("skills/<int:pk>/freeze/", results.organize_freeze, name="organize_freeze"),
    path("releases/<str:number>/", releases.release, name="release"),
    path("releases/<str:number>/text.json", releases.release_text, name="release_text"),
    path("<slug:code>/progress/", results.organize_progress, name="organize_progress"),
    path("<slug:code>/sheets/", results.organize_heat, name="organize_heat"),
    path("<slug:code>/release/", releases.organize_release, name="organize_release"),
    path(
        "<slug:code>/release/publish/",
        releases.organize_publish,
        name="organize_publish",
    ),
]
