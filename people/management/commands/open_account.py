"""Open the first sign-ins of an installation: an account with a role in an organization.

Everybody else gets an account on a page; somebody has to be first.
"""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.db import transaction
from django.utils import timezone

from people import actions
from people.commands import FINE, INPUT_ERRORS, JsonCommand, UsageError, actor_named
from people.enums import OrganizationKind, OrganizationRole
from people.errors import PeopleError


class Command(JsonCommand):
    help = "Open an account with a role in an organization (registered if new)."
    writes = True

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True)
        parser.add_argument("--organization", required=True)
        parser.add_argument("--kind", choices=OrganizationKind.values, required=True)
        parser.add_argument("--region", default="")
        parser.add_argument("--role", choices=OrganizationRole.values, required=True)
        parser.add_argument("--staff", action="store_true", help="may look at /admin/")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from standard input instead of asking",
        )

    def run(self, **options: Any) -> tuple[Any, int]:
        by = actor_named(options["by"])
        password = _password(options["password_stdin"])
        at = timezone.now()
        try:
            with transaction.atomic():
                organization, _created = actions.register_organization(
                    name=options["organization"],
                    region=options["region"],
                    kinds=[options["kind"]],
                    by=by,
                    at=at,
                )
                user = actions.register_user(
                    username=options["username"],
                    name=options["name"],
                    password=password,
                    is_staff=options["staff"],
                    by=by,
                    at=at,
                )
                actions.grant_membership(
                    user,
                    organization=organization,
                    role=options["role"],
                    by=by,
                    at=at,
                )
        except PeopleError as error:
            return {"problems": [{"code": error.code, "message": error.message}]}, (
                INPUT_ERRORS
            )
        answer = {
            "username": user.username,
            "organization": organization.name,
            "role": options["role"],
            "problems": [],
        }
        return answer, FINE


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return input()
    password = getpass.getpass("Password / 密码: ")
    if password != getpass.getpass("Again / 再输一次: "):
        raise UsageError("the two passwords differ / 两次输入不一样")
    return password
