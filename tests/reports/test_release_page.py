"""The pages of reports: who may build, release and read what."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from reports.building import build, release_report, request_report
from reports.models import Report
from tests.factories import make_civil_servant, make_facilitator, make_municipality, make_staff, make_user
from tests.reports.rooms import held, room
from workshops.models import Workshop

pytestmark = pytest.mark.django_db
FILES = (
    *("report.pdf", "report.docx", "report.xlsx", "report.ods"),
    *("pictures.zip", "report.csv", "report.json"),
)


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def workshop() -> Workshop:
    return held()


@pytest.fixture
def concept(workshop: Workshop) -> Report:
    report = request_report(workshop, workshop.owner)
    build(report.pk)
    report.refresh_from_db()
    return report


@pytest.fixture
def released(concept: Report) -> Report:
    return release_report(concept)


def statuses(client: Client, report: Report) -> set[int]:
    return {client.get(reverse("report-file", args=[report.pk, name])).status_code for name in FILES}


def test_the_owner_builds_a_report_and_finds_its_files(workshop: Workshop) -> None:
    client, page = as_user(workshop.owner), reverse("report", args=[workshop.public_id])
    assert "Er is nog geen verslag" in client.get(page).text
    assert client.post(reverse("report-build", args=[workshop.public_id])).url == page
    report = workshop.reports.get()
    waiting = client.get(page).text
    assert "Versie 1 wordt gemaakt" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    build(report.pk)
    fragment = client.get(reverse("report-progress", args=[workshop.public_id])).text
    assert 'hx-trigger="every 1s"' not in fragment
    assert "<html" not in fragment
    for name in FILES:
        assert reverse("report-file", args=[report.pk, name]) in fragment


def test_the_page_says_that_nobody_builds_when_the_broker_is_away(workshop: Workshop) -> None:
    report = request_report(workshop, workshop.owner)
    Report.objects.filter(pk=report.pk).update(step="no-broker")
    page = as_user(workshop.owner).get(reverse("report", args=[workshop.public_id])).text
    assert "de achtergronddienst antwoordt niet" in page


def test_the_page_shows_a_failure_with_its_error(concept: Report) -> None:
    Report.objects.filter(pk=concept.pk).update(status="failed", error="pdf: kapot")
    page = as_user(concept.workshop.owner).get(reverse("report", args=[concept.workshop.public_id])).text
    assert "Versie 1 is niet gelukt" in page
    assert "pdf: kapot" in page


def test_earlier_versions_stay(concept: Report) -> None:
    workshop = concept.workshop
    build(request_report(workshop, workshop.owner).pk)
    page = as_user(workshop.owner).get(reverse("report", args=[workshop.public_id])).text
    assert "Eerdere versies" in page
    assert reverse("report-file", args=[concept.pk, "report.pdf"]) in page


def test_the_page_says_which_rounds_have_figures() -> None:
    workshop, _ = room()
    page = as_user(workshop.owner).get(reverse("report", args=[workshop.public_id])).text
    assert "Sluit eerst de ronde" in page


def test_releasing_asks_first_and_says_to_whom(concept: Report) -> None:
    workshop = concept.workshop
    client, address = as_user(workshop.owner), reverse("report-release", args=[workshop.public_id, 1])
    asked = client.get(address).text
    for municipality in workshop.municipalities.all():
        assert municipality.name in asked
    concept.refresh_from_db()
    assert concept.released_at is None
    page = client.post(address, follow=True).text
    concept.refresh_from_db()
    assert concept.released_at is not None
    assert "vrijgegeven op" in page


def test_a_concept_without_result_is_not_released_and_the_page_says_why() -> None:
    workshop, _ = room()
    build(request_report(workshop, workshop.owner).pk)
    page = as_user(workshop.owner).post(reverse("report-release", args=[workshop.public_id, 1]), follow=True).text
    assert "Er staat nog geen uitslag in dit verslag" in page
    assert workshop.reports.get().released_at is None


@pytest.mark.parametrize("name", ["report", "report-progress", "report-build"])
def test_nobody_but_the_owner_has_the_page(workshop: Workshop, name: str) -> None:
    address = reverse(name, args=[workshop.public_id])
    method = "post" if name == "report-build" else "get"
    for user in (make_facilitator(), make_civil_servant(), make_staff(), make_user()):
        assert getattr(as_user(user), method)(address).status_code == 404
    assert getattr(Client(), method)(address).url.startswith(reverse("account_login"))
    assert not workshop.reports.exists()


def test_nobody_but_the_owner_releases(concept: Report) -> None:
    address = reverse("report-release", args=[concept.workshop.public_id, 1])
    for user in (make_facilitator(), make_civil_servant(), make_staff()):
        assert as_user(user).post(address).status_code == 404
    concept.refresh_from_db()
    assert concept.released_at is None


def test_only_the_owner_reads_a_concept(concept: Report) -> None:
    assert statuses(as_user(concept.workshop.owner), concept) == {200}
    for user in (make_civil_servant(), make_facilitator(), make_staff(), make_user()):
        assert statuses(as_user(user), concept) == {404}


def test_a_released_report_is_for_the_municipalities_that_took_part(released: Report) -> None:
    assert statuses(as_user(make_civil_servant(make_municipality("0748"))), released) == {200}
    elsewhere = make_municipality("0363")
    assert statuses(as_user(make_civil_servant(elsewhere, make_municipality("0503"))), released) == {200}
    for user in (make_civil_servant(elsewhere), make_facilitator(), make_staff(), make_user()):
        assert statuses(as_user(user), released) == {404}
    assert statuses(Client(), released) == {302}


def test_a_civil_servant_reads_no_earlier_concept_of_a_released_workshop(concept: Report) -> None:
    workshop = concept.workshop
    second = request_report(workshop, workshop.owner)
    build(second.pk)
    release_report(second)
    civil_servant = as_user(make_civil_servant())
    assert statuses(civil_servant, second) == {200}
    assert statuses(civil_servant, concept) == {404}
    page = civil_servant.get(reverse("my-municipality")).text
    assert reverse("report-file", args=[concept.pk, "report.pdf"]) not in page


def test_a_file_is_what_was_built_under_its_name_and_never_cached(released: Report) -> None:
    client = as_user(make_civil_servant())
    types = {
        "report.pdf": "application/pdf",
        "report.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "report.ods": "application/vnd.oasis.opendocument.spreadsheet",
        "pictures.zip": "application/zip",
        "report.csv": "text/csv; charset=utf-8",
        "report.json": "application/json",
    }
    for name, content_type in types.items():
        response = client.get(reverse("report-file", args=[released.pk, name]))
        file = released.files.get(format=name.rpartition(".")[2])
        assert hashlib.sha256(response.content).hexdigest() == file.checksum
        assert response["Content-Type"] == content_type
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response["Cache-Control"] == "private, no-store"


def test_an_unknown_file_is_not_there(released: Report) -> None:
    client = as_user(released.workshop.owner)
    for name in ("report.exe", "pdf", "report.pdf.json", "report.", "report.zip", "pictures.pdf"):
        assert client.get(f"/reports/{released.pk}/{name}").status_code == 404


def test_a_report_from_before_a_format_offers_what_it_has(released: Report) -> None:
    released.files.filter(format__in=["docx", "ods", "zip"]).delete()
    client = as_user(make_civil_servant())
    page = client.get(reverse("my-municipality")).text
    assert "report.pdf" in page
    assert "report.docx" not in page
    assert client.get(reverse("report-file", args=[released.pk, "pictures.zip"])).status_code == 404


def test_my_municipality_lists_released_reports_of_own_workshops_and_nothing_else(released: Report) -> None:
    other = held(people=[("0503", "inwoner", 6)], title="Een andere middag")
    other.municipalities.remove(make_municipality("0748"))
    report = request_report(other, other.owner)
    build(report.pk)
    release_report(report)
    concept = held(title="Nog een concept")
    build(request_report(concept, concept.owner).pk)
    page = as_user(make_civil_servant(make_municipality("0748"))).get(reverse("my-municipality")).text
    assert released.workshop.title in page
    assert "Een andere middag" not in page
    assert "Nog een concept" not in page
    assert all(reverse("report-file", args=[released.pk, name]) in page for name in FILES)


def test_an_empty_list_says_what_will_come() -> None:
    page = as_user(make_civil_servant()).get(reverse("my-municipality")).text
    assert "Er is nog geen verslag" in page
    assert "Uw account hoort nog niet bij een gemeente" in as_user(make_user()).get(reverse("my-municipality")).text
    assert Client().get(reverse("my-municipality")).status_code == 302
