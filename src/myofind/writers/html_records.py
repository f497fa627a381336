"""Whole records of trials as pages lay them out: the parts of a card, with the addresses that may be followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from myofind.names.vocabulary import label
from myofind.report.trial_page import Listing
from myofind.report.values import Study
from myofind.words.rule_words import enrolment_words
from myofind.words.trial_facts import no_contact
from myofind.words.wording import KINDS, Lang, pick
from myofind.writers import card_screen
from myofind.writers.card_screen import Card
from myofind.writers.html_page import address
from myofind.writers.html_views import Fact, Text, contact, number
from myofind.writers.layout import Layout
from myofind.writers.phrases import brief, dated, drugs, title
from myofind.writers.styles import phase


class Part(NamedTuple):
    """Facts under a title."""

    title: str
    facts: tuple[Fact, ...]


class Record(NamedTuple):
    """A trial in parts; one without facts is left out."""

    name: str
    parts: tuple[Part, ...]


def records(whole: Listing, layout: Layout) -> list[Record]:
    """The records of some trials."""
    return [
        Record(brief(study, layout.lang), tuple(part for part in _parts(study, whole, layout) if part.facts))
        for study in whole.studies
    ]


def _parts(study: Study, whole: Listing, layout: Layout) -> Iterator[Part]:
    lang, card = layout.lang, Card(study, whole, layout)
    yield Part("", tuple(_head(study, lang)))
    yield Part(pick(lang, "Whom to call", "Qui appeler"), _grouped(_contacts(study, lang)))
    yield from (Part(part.title, _facts(part.facts)) for part in card.what_is_asked())
    yield Part(card.places_title(), tuple(_places(card, study, lang)))
    yield from (Part(part.title, _facts(part.facts)) for part in card.the_rest())


def _head(study: Study, lang: Lang) -> Iterator[Fact]:
    trial, found = study.trial, study.recruitment
    status = dated(found, lang)
    kind = pick(lang, *KINDS[trial.kind]) + (f", phase {phase(study)}" if trial.phase else "")
    for name, text in (
        (("title", "titre"), title(trial, lang)),
        (("tests", "évalue"), drugs(study, lang)),
        (("kind", "type"), kind),
        (("sponsor", "promoteur"), trial.sponsor),
        (("recruitment", "recrutement"), status),
        (("new patients", "nouveaux patients"), enrolment_words(trial.enrolment, lang) if trial.enrolment else None),
    ):
        if text:
            yield Fact(pick(lang, *name), (Text(text),))
    page = (Text(study.url, address(study.url)),) if study.url else ()
    yield Fact(pick(lang, "number", "numéro"), (number(study), *page))


def _contacts(study: Study, lang: Lang) -> Iterator[tuple[str, Text]]:
    for one in study.trial.contacts:
        where = label("countries", one.where, lang) if one.where else "–"
        yield from ((where, text) for text in contact(one._replace(where=None), False, lang))
    if not study.trial.contacts:
        yield pick(lang, "contact", "contact"), Text(no_contact(study.url, lang))


def _facts(facts: Iterable[card_screen.Fact]) -> tuple[Fact, ...]:
    """Facts with all values of each under one name; one without a name goes on with the one before."""
    return _grouped((name, Text(cell.text, address(cell.link))) for name, cell in facts)


def _grouped(named: Iterable[tuple[str, Text]]) -> tuple[Fact, ...]:
    values: dict[str, list[Text]] = {}
    last = ""
    for name, value in named:
        last = name or last
        values.setdefault(last, []).append(value)
    return tuple(Fact(name, tuple(texts)) for name, texts in values.items())


def _places(card: Card, study: Study, lang: Lang) -> Iterator[Fact]:
    """Countries, and their sites by town."""
    rule = study.trial.countries
    for country, sites in card.by_country().items():
        towns = [Text(f"{town}, {about}" if town and about else town or about) for town, about in card.towns(sites)]
        yield Fact(label("countries", country, lang), tuple(towns))
    if rule and rule.not_in:
        left_out = ", ".join(label("countries", one, lang) for one in rule.not_in)
        yield Fact(pick(lang, "not in", "pas en"), (Text(left_out),))
