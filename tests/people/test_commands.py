"""Exit codes and output of the project's commands."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from people.commands import (
    INPUT_ERRORS,
    JsonCommand,
    UsageError,
    actor_named,
    user_named,
)
from tests.factories import make_user


class Answering(JsonCommand):
    """Answers with what it was told."""

    def add_options(self, parser):
        parser.add_argument("--code", type=int, default=0)

    def run(self, **options):
        return {"答": "ok"}, options["code"]

    def lines(self, answer):
        return ["line one", "line two"]


def answered(**options):
    out = io.StringIO()
    call_command(Answering(), stdout=out, **options)
    return out.getvalue()


def test_json_is_all_there_is_on_stdout():
    assert json.loads(answered(json=True)) == {"答": "ok"}
    assert answered() == "line one\nline two\n"


def test_errors_in_the_input_end_with_one_and_the_answer_all_the_same():
    out = io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command(Answering(), json=True, code=INPUT_ERRORS, stdout=out)

    assert (ended.value.code, json.loads(out.getvalue())) == (1, {"答": "ok"})


def test_a_wrong_call_ends_with_two():
    assert issubclass(UsageError, CommandError)
    assert UsageError("x").returncode == 2


@pytest.mark.django_db
def test_who_does_it_is_an_account_or_a_system():
    user = make_user("lin")

    assert user_named("lin") == user
    assert actor_named("lin") == user
    assert actor_named("system:demo") == "system:demo"
    with pytest.raises(UsageError, match="nobody"):
        user_named("nobody")
