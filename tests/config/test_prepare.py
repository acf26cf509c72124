"""From a fresh checkout to a server that can start."""

import json

import pytest
from django.core.management import call_command

from config.management.commands import prepare
from people.models import User

TOLD = {"stage": "marking", "sign_ins": [], "addresses": []}


@pytest.fixture
def calls(monkeypatch):
    """Commands that were called; the demonstration tells what it made."""
    made = []

    def remember(name, *words, **options):
        made.append((name, *words))
        if name == "demo":
            options["stdout"].write(json.dumps(TOLD))

    monkeypatch.setattr(prepare, "call_command", remember)
    monkeypatch.setattr(prepare, "collect_when_changed", lambda: None)
    return made


@pytest.mark.django_db
def test_empty_database_gets_the_demonstration_once(calls, capsys, settings, tmp_path):
    settings.VAR = tmp_path
    call_command("prepare", "--stage", "final")
    User.objects.create(username="judge1", name="裁判")
    call_command("prepare")

    first, second = map(json.loads, capsys.readouterr().out.split("\n", 1))
    assert first == second == TOLD
    assert calls == [("migrate",), ("demo", "--stage", "final", "--json"), ("migrate",)]


@pytest.mark.django_db
def test_database_with_other_data_is_left_alone(calls, capsys, settings, tmp_path):
    settings.VAR = tmp_path
    User.objects.create(username="somebody", name="某人")

    call_command("prepare")

    assert json.loads(capsys.readouterr().out) == {"sign_ins": [], "addresses": []}
    assert calls == [("migrate",)]


def test_static_files_are_collected_only_when_they_changed(
    settings, tmp_path, monkeypatch
):
    source = tmp_path / "source"
    source.mkdir()
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATIC_ROOT.mkdir()
    collected = []
    monkeypatch.setattr(
        prepare, "call_command", lambda name, **options: collected.append(name)
    )

    prepare.collect_when_changed()
    prepare.collect_when_changed()
    (source / "a.css").write_text("a{}")
    prepare.collect_when_changed()

    assert collected == ["collectstatic", "collectstatic"]
