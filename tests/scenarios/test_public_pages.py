"""The pages that everybody may read: true to their source, in two languages, with nothing from outside."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scenarios.models import Scenario
from tests.factories import make_content_set
from trends.models import ContentSet, Source, Trend

PAGES = ["/", "/trends/", "/scenarios/", "/scenarios/samendam/", "/about-content/", "/privacy/"]

pytestmark = pytest.mark.django_db


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


class Foreign(HTMLParser):
    """Collects what the content security policy would block: styles and scripts in the page, and other sites."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in held):
            self.found.append(f"<{tag}>")
        for name, value in held.items():
            if name == "style" or name.startswith("on"):
                self.found.append(f"{tag} {name}")
            if name in {"src", "href", "action", "srcset"} and (value or "").startswith(("http:", "https:", "//")):
                self.found.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_needs_as_many_queries_whatever_the_size_of_the_content(client: Client, address: str) -> None:
    content = make_content_set()
    page(client, address)
    with CaptureQueriesContext(connection) as before:
        page(client, address)
    for number in range(101, 121):
        Trend.objects.create(
            content_set=content,
            number=number,
            key=f"t{number}",
            theme="economie",
            source=Source.ARTICLE,
            text_source=Source.EDITORIAL,
            title={"nl": "x"},
            text={"nl": "x"},
        )
    for scenario in list(content.scenarios.all()):
        scenario.pk, scenario.key, scenario.number = None, f"{scenario.key}-2", scenario.number + 10
        scenario.save()
    with CaptureQueriesContext(connection) as after:
        page(client, address)
    assert len(after) == len(before) <= 10


@pytest.mark.parametrize("address", PAGES)
def test_a_page_holds_nothing_from_another_site_and_no_style_or_script_of_its_own(client: Client, address: str) -> None:
    make_content_set()
    parser = Foreign()
    parser.feed(page(client, address))
    assert parser.found == []


@pytest.mark.parametrize("address", ["/", "/trends/", "/scenarios/", "/about-content/"])
def test_a_site_without_content_says_so(client: Client, address: str) -> None:
    ContentSet.objects.all().delete()
    assert "Nog geen inhoud" in page(client, address)


def test_every_trend_is_shown_with_where_it_comes_from(client: Client) -> None:
    content = make_content_set()
    text = page(client, "/trends/")
    for trend in content.trends.all():
        assert f">{trend.title['nl']}<".replace("'", "’") in text
    assert text.count("thema uit het artikel van 2016; woorden van de redactie") == 17
    assert text.count("thema uit berichten bij hetzelfde project, 2015–2016; woorden van de redactie") == 4
    assert text.count("thema en woorden van de redactie") == 5


def test_extra_trends_stand_apart_from_the_21(client: Client) -> None:
    make_content_set()
    core, extra = page(client, "/trends/").split("Buiten de lijst")
    assert (core.count('class="trend"'), extra.count('class="trend"')) == (21, 5)


def test_a_finding_stands_with_the_trends_it_speaks_of(client: Client) -> None:
    make_content_set()
    _before, _first, gap, _letting_go = page(client, "/trends/").split("<blockquote>")
    assert "De keerzijde in de scenario’s" in gap
    assert [
        title in gap.split("</section>")[0] for title in ("arm en rijk", "gezond en ongezond", "Decentralisatie")
    ] == [
        True,
        True,
        False,
    ]


def test_what_the_source_leaves_open_is_said_and_not_filled_in(client: Client) -> None:
    content = make_content_set()
    nulls = sum(value is None for scenario in content.scenarios.all() for value in scenario.features.values())
    assert nulls > 0
    assert page(client, "/scenarios/").count("niet genoemd in de bron") == nulls
    assert page(client, "/scenarios/samendam/").count("niet genoemd in de bron") == 2


def test_a_place_of_the_editors_is_never_shown_as_the_articles(client: Client) -> None:
    make_content_set()
    text = page(client, "/scenarios/staatsburcht/")
    solidarity = text.split("<h3>Solidariteit</h3>")[1].split("</li>")[0]
    economy = text.split("<h3>Economische ontwikkeling</h3>")[1].split("</li>")[0]
    assert "plane-ring-editorial" in solidarity and "plaats van de redactie" in solidarity
    assert "plane-ring-editorial" not in economy and "uit het artikel; hoe ver, is van de redactie" in economy


def test_the_day_is_said_to_be_imagined(client: Client) -> None:
    make_content_set()
    day = page(client, "/scenarios/ikhoven/").split("Een dag in 2041")[1]
    assert "Verbeelding van de redactie" in day.split("</section>")[0]


def test_a_scenario_leads_to_the_one_before_and_after_it(client: Client) -> None:
    make_content_set()
    around = page(client, "/scenarios/samendam/").split("Andere werelden")[1]
    assert around.index('href="/scenarios/staatsburcht/"') < around.index('href="/scenarios/ikhoven/"')


def test_an_unknown_scenario_is_a_page_that_is_not_there(client: Client) -> None:
    make_content_set()
    assert "Deze pagina is er niet" in page(client, "/scenarios/utopia/", 404)


def test_a_scenario_without_a_drawing_still_has_its_page(client: Client) -> None:
    content = make_content_set()
    Scenario.objects.create(
        content_set=content, number=9, key="eigen", source=Source.EDITORIAL, title={"nl": "Eigen wereld"},
        motto={"nl": "Anders"}, text={"nl": "Een tekst."}, features={}, day={}, newspaper={},
    )  # fmt: skip
    text = page(client, "/scenarios/eigen/")
    assert "Eigen wereld" in text and "Een dag in" not in text


def test_about_content_counts_what_comes_from_where(client: Client) -> None:
    make_content_set()
    text = page(client, "/about-content/")
    assert "Van 17 trends noemt of beschrijft het artikel de ontwikkeling. De thema’s van 4 trends" in text
    assert "Verkenningen transformatie sociaal domein" in text
    assert "Wordt het Ikhoven of Samendam?" in text
    assert "Bij 10 komt de richting uit het artikel, maar nooit hoe ver. 2 laat het artikel open" in text


def test_pages_are_english_for_who_asks_for_english(client: Client) -> None:
    make_content_set()
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/trends/"}, follow=True)
    text = answer.content.decode()
    assert '<html lang="en">' in text
    assert "Growing gap between poor and rich" in text
    assert "theme from the 2016 article; words by the editors" in text
    assert "redactie" not in text


def test_the_front_page_keeps_what_was_typed_beside_the_error(client: Client) -> None:
    answer = client.post(reverse("join-by-code"), {"code": '<b>"x'})
    text = answer.content.decode()
    assert 'value="&lt;b&gt;&quot;x"' in text
    assert 'aria-invalid="true" aria-describedby="code-error code-hint"' in text


def test_visiting_a_page_sets_no_cookie_but_the_forms(client: Client) -> None:
    make_content_set()
    for address in PAGES:
        client.get(address)
    assert set(client.cookies) == {"csrftoken"}
