"""定期报告 on screen: freeze a period, see it beside today's, check a proof."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.actions.reports import make_report
from awards.core.periods import ended, period_of
from awards.models import PeriodicReport, StaffCertificate
from tests.awards import desk

pytestmark = pytest.mark.django_db
PERIOD = period_of("month", date(2026, 10, 1))


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau, client):
    user = desk.make_officer(bureau)
    client.force_login(user)
    return user


def test_empty_page_says_what_to_do_first(client, officer):
    page = client.get(reverse("bureau_reports"))

    assert page.status_code == 200
    assert "在右边选一个已经结束的期间" in page.content.decode()


def test_chosen_period_is_frozen_and_shown(client, officer):
    period = next(ended("quarter", timezone.localdate(), 1))

    answer = client.post(reverse("bureau_reports"), {"period": period.code})

    report = PeriodicReport.objects.get()
    assert answer.url == reverse("bureau_report", args=[report.pk])
    page = client.get(answer.url).content.decode()
    assert f"{period.label}待遇办理情况" in page
    assert "与今天的计数相同" in page
    assert f"?list=periodic-report&amp;report={report.pk}" in page


def test_period_that_is_not_over_is_refused_by_the_form(client, officer):
    current = period_of("month", timezone.localdate())

    answer = client.post(reverse("bureau_reports"), {"period": current.code})

    assert answer.status_code == 422
    assert PeriodicReport.objects.count() == 0


def test_report_of_another_bureau_is_not_found(client, officer):
    other = desk.make_bureau("440000", "广东省人力资源和社会保障厅")
    by = desk.make_officer(other, "zhao")
    report = make_report(other, period=PERIOD, by=by, at=desk.AT)

    assert client.get(reverse("bureau_report", args=[report.pk])).status_code == 404
    assert (
        f"reports/{report.pk}/"
        not in client.get(reverse("bureau_reports")).content.decode()
    )


def test_proof_is_checked_by_number_and_hash(client, bureau, officer):
    employer = desk.make_person("选手001", 1, unit="蜀山重型机械有限公司").organization
    StaffCertificate.objects.create(
        number="E-2026-000001-001",
        bureau=bureau,
        employer=employer,
        as_of=date(2026, 11, 20),
        people=3,
        digest="ab12cd34" + "0" * 56,
        made_by=officer,
        made_at=desk.AT,
    )
    address = reverse("bureau_check_proof")

    def asked(number, digest):
        page = client.get(address, {"number": number, "digest": digest})
        return "相符</span> E-2026" in page.content.decode()

    assert asked("E-2026-000001-001", "AB12-CD34")
    assert not asked("E-2026-000001-001", "AB12-CD35")
    assert not asked("E-2026-000001-001", "AB12")
    assert not asked("E-2026-000002-001", "AB12-CD34")


def test_queries_of_the_page_do_not_grow(
    client, bureau, officer, django_assert_max_num_queries
):
    def made(month):
        period = period_of("month", date(2026, month, 1))
        make_report(bureau, period=period, by=officer, at=desk.AT)

    made(9)
    address = reverse("bureau_reports")
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    made(8)
    made(7)

    with django_assert_max_num_queries(len(few)):
        client.get(address)
