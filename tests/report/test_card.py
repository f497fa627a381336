"""A trial's card on a screen: whom to call, sites by country and town, and no line wider than the screen."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from myofind.domain.rules import CountryRule
from myofind.domain.trial import Contact, Intervention, Note, Site, Trial
from myofind.registry.compiled import drugs_of, open_store
from myofind.registry.location import registry_path
from myofind.report.study import study
from myofind.report.trial_page import Listing, listing
from myofind.report.values import Drug, Stamp
from myofind.words.wording import Lang
from myofind.writers.card_screen import page
from myofind.writers.layout import Layout
from myofind.writers.phrases import drug_name
from tests.run import text_of

DAY = date(2026, 6, 10)
STAMP = Stamp("any", "1", "2026-06-01", "", DAY)
ALPHA = Trial("NCT00000001", "interventional", acronym="ALPHA", title="Alphamab")


def card(trial: Trial, lang: Lang = "en", width: int | None = 80) -> list[str]:
    return text_of(
        list(page(Listing(STAMP, 1, (study(trial, 0, DAY, drugs_of([trial])),)), Layout(lang, width)))
    ).splitlines()


def site(city: str | None, facility: str | None = None, status: str | None = None, country: str = "FR") -> Site:
    return Site(country, city, facility, status)


def test_sites_stand_by_country_and_town() -> None:
    sites = (
        site("Lyon"), site("Paris", "Hôpital Cochin", "recruiting"), site("Paris", "Hôpital Necker", "withdrawn"),
        site("Lille", "Novartis Investigative Site"), site("Lyon", "Local Institution - 0015"), site("Mainz", country="DE"),
    )  # fmt: skip
    lines = card(ALPHA._replace(countries=CountryRule(("FR", "DE", "US"), complete=False), sites=sites))
    start = lines.index("Sites (6: 1 recruiting, 1 withdrawn; country list incomplete)")
    assert lines[start + 1 : start + 6] == [
        "  France   Paris        Hôpital Cochin, recruiting",
        "                        Hôpital Necker, withdrawn",
        "           Lyon, Lille",
        "  Germany  Mainz",
        "  towns not recorded: United States",
    ]


def test_many_towns_are_broken_into_lines_even_in_a_pipe() -> None:
    towns = [f"Town {number}" for number in range(80)]
    lines = card(ALPHA._replace(sites=tuple(site(town) for town in towns)), width=None)
    listed = [line for line in lines if "Town" in line]
    assert len(listed) > 4
    assert max(map(len, listed)) < 130
    assert " ".join(listed).count("Town") == 80


@pytest.mark.parametrize(
    ("contacts", "wanted"),
    [
        ((), "Whom to call: no contact known: register's page https://clinicaltrials.gov/study/NCT00000001"),
        ((Contact("FR", "+33 1 23 45 67 89", "a@example.org", "https://example.org", Note("centre", "centre")),), "  France  +33 1 23 45 67 89, a@example.org – centre"),
        ((Contact(None, None, None, "https://example.org/trial"),), "  –  https://example.org/trial"),
    ],
)  # fmt: skip
def test_whom_to_call_is_said_or_that_nobody_is_known(contacts: tuple[Contact, ...], wanted: str) -> None:
    assert wanted in card(ALPHA._replace(contacts=contacts), width=None)


def test_that_nobody_can_enter_stands_at_the_top() -> None:
    extension = ALPHA._replace(kind="extension", extends=("NCT00000009",))
    assert card(extension)[3] == "Only after taking part in NCT00000009"
    assert card(ALPHA._replace(takes_nobody="existing_records"), "fr")[3].startswith("Personne ne peut plus entrer : ")


@pytest.fixture(scope="module")
def whole() -> Listing:
    store = open_store(registry_path())
    return listing(store, store.trials(), DAY)


@pytest.mark.parametrize(("share", "width"), list(enumerate([40, 80, 100, 140])))
@pytest.mark.parametrize("lang", get_args(Lang))
def test_no_line_of_any_card_is_wider_than_the_screen_but_for_addresses(
    whole: Listing, share: int, width: int, lang: Any
) -> None:
    """Every card at one of the widths."""
    for one in whole.studies[share::4]:
        for row in text_of(list(page(Listing(whole.stamp, 1, (one,)), Layout(lang, width)))).splitlines():
            longest = max(map(len, row.split()), default=0)
            assert len(row) <= width or longest > min(30, width - 32), row


@pytest.mark.parametrize("lang", get_args(Lang))
def test_a_card_in_a_pipe_has_no_endless_line(whole: Listing, lang: Any) -> None:
    for one in whole.studies:
        for row in text_of(list(page(Listing(whole.stamp, 1, (one,)), Layout(lang, None)))).splitlines():
            words = sum(len(word) + 1 for word in row.split() if "://" not in word)
            assert words < 420, row


def test_a_drug_has_its_french_name_on_a_french_card() -> None:
    written = Drug("glucocorticoid", Intervention("corticosteroids", role="background"), None)
    assert (drug_name(written, "en"), drug_name(written, "fr")) == ("corticosteroids", "corticoïdes")
    unknown = Drug(None, Intervention("ABC-123"), None)
    assert drug_name(unknown, "fr") == "ABC-123"
