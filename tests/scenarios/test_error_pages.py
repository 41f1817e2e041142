"""When something is not right, a page says in plain words what it is and what to do now."""

from __future__ import annotations

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def test_an_address_that_is_not_there_leads_to_the_front_page(client: Client) -> None:
    answer = client.get("/nergens/")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "Deze pagina is er niet" in text
    assert '<a class="button" href="/">Ga naar de voorpagina</a>' in text


def test_a_form_without_its_token_is_refused_with_advice() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("join-by-code"), {"code": "K7P3RW"})
    assert answer.status_code == 403
    assert "Dit formulier was te oud" in answer.content.decode()


def test_the_page_of_a_fault_needs_no_request_no_database_and_no_translation(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        text = get_template("500.html").render()
    assert "Er ging iets mis" in text and "Something went wrong" in text
    assert 'href="/static/css/tokens.css"' in text
