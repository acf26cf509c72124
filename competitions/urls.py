"""Addresses of organizers and delegations; ``config.urls`` puts them under their word."""

from django.urls import path

from competitions.views import (
    appeals,
    appointment_imports,
    appointments,
    competition,
    draw,
    draw_officers,
    entries,
    home,
    objections,
    publicity,
    rosters,
    skills,
)
from competitions.views import delegation as leader

urlpatterns = [
    path("start/", home.first_page, name="first_page"),
    path("start/all/", home.work_pages, name="work_pages"),
]

delegation = [
    path("", leader.delegation_home, name="delegation_home"),
    path(
        "<int:pk>/appeal/", leader.delegation_appeal_new, name="delegation_appeal_new"
    ),
    path(
        "<int:pk>/objection/", leader.delegation_objection, name="delegation_objection"
    ),
    path("appeals/<int:pk>/", leader.delegation_appeal, name="delegation_appeal"),
    path(
        "appeals/<int:pk>/answer/",
        leader.delegation_appeal_answer,
        name="delegation_appeal_answer",
    ),
    path(
        "appeals/<int:pk>/withdraw/",
        leader.delegation_appeal_withdraw,
        name="delegation_appeal_withdraw",
    ),
    path(
        "appeals/<int:pk>/file",
        leader.delegation_appeal_file,
        name="delegation_appeal_file",
    ),
]

organize = [
    path("", home.organize_home, name="organize_home"),
    path("new/", home.organize_new, name="organize_new"),
    path("skills/<int:pk>/", skills.organize_skill, name="organize_skill"),
    path("skills/<int:pk>/entries/", entries.organize_entries, name="organize_entries"),
    path("skills/<int:pk>/draw/", draw.organize_draw, name="organize_draw"),
    path(
        "skills/<int:pk>/draw/<int:level>/",
        draw.organize_draw_level,
        name="organize_draw_level",
    ),
    path(
        "skills/<int:pk>/draw/<int:level>/seal.pdf",
        draw.organize_seal_sheet,
        name="organize_seal_sheet",
    ),
    path(
        "skills/<int:pk>/draw/<int:level>/officer/",
        draw_officers.organize_draw_officer,
        name="organize_draw_officer",
    ),
    path(
        "skills/<int:pk>/draw/<int:level>/officer/settle/",
        draw_officers.organize_settle_officer,
        name="organize_settle_officer",
    ),
    path(
        "skills/<int:pk>/decode/open/",
        draw.organize_decode_open,
        name="organize_decode_open",
    ),
    path("skills/<int:pk>/end/", appeals.organize_end_skill, name="organize_end_skill"),
    path("appeals/<int:pk>/", appeals.organize_appeal, name="organize_appeal"),
    path(
        "appeals/<int:pk>/rule/",
        appeals.organize_rule_appeal,
        name="organize_rule_appeal",
    ),
    path(
        "appeals/<int:pk>/remedy/",
        appeals.organize_appeal_remedy,
        name="organize_appeal_remedy",
    ),
    path(
        "appeals/<int:pk>/file",
        appeals.organize_appeal_file,
        name="organize_appeal_file",
    ),
    path(
        "objections/<int:pk>/", objections.organize_objection, name="organize_objection"
    ),
    path(
        "objections/<int:pk>/remedy/",
        objections.organize_objection_remedy,
        name="organize_objection_remedy",
    ),
    path("skills/<int:pk>/codes/", draw.organize_codes, name="organize_codes"),
    path("skills/<int:pk>/decode/", draw.organize_decode, name="organize_decode"),
    path(
        "entries/<int:pk>/review/",
        entries.organize_entry_review,
        name="organize_entry_review",
    ),
    path("<slug:code>/", competition.organize_competition, name="organize_competition"),
    path("<slug:code>/advance/", competition.organize_advance, name="organize_advance"),
    path(
        "<slug:code>/settings/", competition.organize_settings, name="organize_settings"
    ),
    path("<slug:code>/history/", competition.organize_history, name="organize_history"),
    path(
        "<slug:code>/skills/new/", skills.organize_skill_new, name="organize_skill_new"
    ),
    path(
        "<slug:code>/entries/",
        entries.organize_all_entries,
        name="organize_all_entries",
    ),
    path(
        "<slug:code>/entries/accept/",
        entries.organize_accept_all,
        name="organize_accept_all",
    ),
    path("<slug:code>/roster/", rosters.organize_roster, name="organize_roster"),
    path(
        "<slug:code>/roster/template.xlsx",
        rosters.organize_roster_template,
        name="organize_roster_template",
    ),
    path(
        "<slug:code>/appointments/",
        appointments.organize_appointments,
        name="organize_appointments",
    ),
    path(
        "<slug:code>/appointments/new/",
        appointments.organize_appoint,
        name="organize_appoint",
    ),
    path(
        "<slug:code>/appointments/import/",
        appointment_imports.organize_import_appointments,
        name="organize_import_appointments",
    ),
    path(
        "<slug:code>/appointments/template.xlsx",
        appointment_imports.organize_appointments_template,
        name="organize_appointments_template",
    ),
    path(
        "<slug:code>/appointments/<int:pk>/withdraw/",
        appointments.organize_withdraw,
        name="organize_withdraw",
    ),
    path(
        "<slug:code>/appointments/<int:pk>/account/",
        appointments.organize_account,
        name="organize_account",
    ),
    path(
        "<slug:code>/publicity/",
        publicity.organize_publicity,
        name="organize_publicity",
    ),
    path(
        "<slug:code>/publicity/open/",
        publicity.organize_publicity_open,
        name="organize_publicity_open",
    ),
    path(
        "<slug:code>/publicity/<int:pk>/close/",
        publicity.organize_publicity_close,
        name="organize_publicity_close",
    ),
    path(
        "<slug:code>/publicity/<int:pk>/void/",
        publicity.organize_publicity_void,
        name="organize_publicity_void",
    ),
    path(
        "<slug:code>/publicity/<int:pk>/objection/",
        objections.organize_objection_new,
        name="organize_objection_new",
    ),
    path("<slug:code>/appeals/", appeals.organize_appeals, name="organize_appeals"),
]
