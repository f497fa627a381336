"""Trials and their parts as a page lays them out: texts, addresses and drawings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from myofind.domain.eligibility import Assessment, Criterion
from myofind.domain.rules import AgeRule
from myofind.domain.trial import Contact, Trial
from myofind.names.vocabulary import label
from myofind.records import NamedTuple
from myofind.report.days import common_axis, trial_days
from myofind.report.trial_page import Listing
from myofind.report.values import PatientFacts, Sources, Study, TrialRow
from myofind.words.facts import length
from myofind.words.reasons import asks, why
from myofind.words.rule_words import enrolment_words, required
from myofind.words.trial_facts import no_contact
from myofind.words.wording import COVERAGES, KINDS, NAMES, OUTCOMES, Lang, doubted, joined, pick, verdict
from myofind.writers.card_screen import Card, kind_and_phase
from myofind.writers.card_screen import Fact as CardFact
from myofind.writers.html_page import address
from myofind.writers.layout import Layout
from myofind.writers.phrases import Found, Shown, brief, by_hand, cohort_name, dated, drugs, knowledge, presumes, title
from myofind.writers.places import by_name, contacts_near
from myofind.writers.styles import OUTCOME_MARK, phase
from myofind.writers.timeline import drawing
from myofind.writers.trial_page_screen import disagreements, remedy

if TYPE_CHECKING:
    from myofind.report.trial_page import CohortPart, TrialPage


class Text(NamedTuple):
    """A text, perhaps with an address that may be followed."""

    text: str
    link: str | None = None


class Fact(NamedTuple):
    """A fact in a box: its name, and what is known."""

    name: str
    values: tuple[Text, ...]


View = dict[str, Any]
"""What a template lays out, by the names it uses."""


class Cards:
    """Makes the cards of trials for one patient, on one axis of time."""

    def __init__(self, rows: Iterable[TrialRow], asked: PatientFacts, day: date, lang: Lang) -> None:
        self.asked, self.day, self.lang = asked, day, lang
        self.days = {row.trial.id: trial_days(row, asked, day) for row in rows}
        self.axis = common_axis(self.days.values(), day)
        self.shown = Shown(asked, lang)
        self.found = Found(asked, day, lang)

    def card(self, row: TrialRow, page: TrialPage | None = None) -> View:
        """A trial of an answer; a page of its own adds its other cohorts and what can be done."""
        lang, study, trial, judged = self.lang, row.study, row.trial, row.assessment
        found, called, own = study.recruitment, brief(study, lang), title(trial, lang) or ""
        kind = f"phase {phase(study)}" if trial.phase else pick(lang, *KINDS[trial.kind])
        heading = [drugs(study, lang) if trial.acronym else "", own if own != called else "", kind]
        unknown = (one for one in row.criteria if one.outcome == "unknown" and row.verdict != "excluded")
        return View(
            anchor=re.sub(r"[^A-Za-z0-9-]", "-", trial.id),
            name=called,
            title=" · ".join(filter(None, heading)),
            number=number(study),
            verdict="unread" if row.verdict == "match" and not judged.firm else row.verdict,
            word=verdict(row.verdict, lang, judged.firm),
            cohort=cohort_name(trial, judged, lang),
            why=self.shown.failed(row.criteria) or why(row.criteria, lang),
            recruitment=knowledge(found, lang),
            doubtful=doubted(found),
            where=by_name(trial, self.asked.patient.countries, lang, counted=True),
            in_short=list(self._about(row, short=True)),
            about=list(self._about(row, short=False)),
            settle=unique(asks(one, lang) for one in unknown),
            presumed=presumes(row, lang),
            limits=list(self._limits(judged)),
            lines=self._lines(row.criteria, row.sources),
            parts=[self._part(trial, one) for one in page.cohorts] if page else [],
            by_hand=by_hand(trial, lang),
            conflicts=list(disagreements(trial, lang)),
            remedy=remedy(page.near_miss, lang) if page and page.near_miss else "",
            drawing=drawing(self.days[trial.id], self.axis, self.day, lang),
        )

    def _about(self, row: TrialRow, short: bool) -> Iterator[Fact]:
        """What one looks for before a call; in full also the sponsor, and the page of every contact."""
        lang, trial, found = self.lang, row.trial, row.study.recruitment
        here, unsaid = self.asked.patient.countries, pick(lang, "not recorded", "non renseigné")
        seen = pick(lang, f" (seen {found.as_of})", f" (vu le {found.as_of})") if found.as_of else ""
        for called, text in (
            (("Recruitment", "Recrutement"), knowledge(found, lang) + seen),
            (("Places", "Lieux"), by_name(trial, here, lang, counted=True)),
            (("Ages", "Âges"), ages((one.rule for one in row.criteria if one.name == "age"), lang)),
            (("Participants", "Participants"), unsaid if trial.enrollment is None else str(trial.enrollment)),
            (("Dates", "Dates"), f"{trial.start or '…'} – {trial.end or '…'}" if trial.start or trial.end else unsaid),
            (("Follow-up", "Suivi"), length(trial.follow_up, lang) if trial.follow_up else unsaid),
            (("Sponsor", "Promoteur"), "" if short else trial.sponsor),
        ):
            if text:
                yield Fact(pick(lang, *called), (Text(text),))
        contacts = tuple(text for one in contacts_near(trial, here) for text in contact(one, short, lang))
        yield Fact(pick(lang, "Contact", "Contact"), contacts or (Text(unsaid),))

    def _limits(self, judged: Assessment) -> Iterator[str]:
        """What the verdict does not rest on: criteria not read, criteria the registry does not record."""
        lang = self.lang
        if judged.coverage is not None and judged.coverage != "full":
            yield pick(lang, *COVERAGES[judged.coverage])
        silent = unique(pick(lang, *NAMES[one.name]) for one in judged.criteria if one.outcome == "not_recorded")
        if silent:
            yield pick(lang, "not recorded: ", "non renseigné : ") + ", ".join(silent)

    def _lines(self, criteria: Sequence[Criterion], sources: Sources) -> list[View]:
        """The criteria: what is required, what was found, and the reason where it says more than the two."""
        lang, lines = self.lang, []
        for one, origins in zip(criteria, sources or (None,) * len(criteria), strict=True):
            lines.append(
                View(
                    outcome=one.outcome,
                    mark=OUTCOME_MARK[one.outcome],
                    word=pick(lang, *OUTCOMES[one.outcome]),
                    name=pick(lang, *NAMES[one.name]),
                    required=required(one, lang) or "–",
                    found=self.found[one],
                    aside=self.shown.reason(one) if one.outcome == "presumed" or one.holds_from else "",
                    sources=[source(str(each)) for each in origins or ()],
                )
            )
        return lines

    def _part(self, trial: Trial, part: CohortPart) -> View:
        """A cohort that did not give the verdict."""
        judged = part.assessment
        word = verdict(judged.verdict, self.lang, judged.firm)
        lines = self._lines(judged.criteria, part.sources)
        return View(name=cohort_name(trial, judged, self.lang), verdict=judged.verdict, word=word, lines=lines)


# Pieces ----------------------------------------------------------------------------------------------------------------


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts in their order, each once."""
    return tuple(dict.fromkeys(texts))


def number(study: Study) -> Text:
    """The id, linked where it is a register's number."""
    return Text(study.trial.id, address(study.url))


def source(text: str) -> Text:
    """A source; the address in it is followed where there is one."""
    found = re.search(r"https?://[!-~]+?(?=, \d{4}-|$)", text)
    return Text(text, address(found.group()) if found else None)


def ages(rules: Iterable[AgeRule | None], lang: Lang) -> str:
    """The ages admitted, of a trial and of its cohort."""
    told = unique(required(Criterion("age", "met", "", rule), lang) for rule in rules if rule is not None)
    return joined(told, lang) or pick(lang, "not recorded", "non renseigné")


def contact(one: Contact, short: bool, lang: Lang) -> Iterator[Text]:
    """Whom to call, line by line; in short without the page, where there is a line or an address."""
    called = [one.label.text(lang)] if one.label else []
    if one.where:
        called.append(label("countries", one.where, lang))
    if called:
        yield Text(", ".join(called))
    if one.phone:
        yield Text(one.phone, address("tel:" + re.sub(r"[^\d+]", "", one.phone)))
    if one.email:
        yield Text(one.email, address(f"mailto:{one.email}"))
    if one.url and not (short and (one.phone or one.email)):
        yield Text(one.url, address(one.url))


# Whole records ---------------------------------------------------------------------------------------------------------


def records(whole: Listing, layout: Layout) -> list[View]:
    """The records of some trials: the parts of a card, with the addresses that may be followed."""
    return [
        View(name=brief(study, layout.lang), parts=[part for part in _parts(study, whole, layout) if part["facts"]])
        for study in whole.studies
    ]


def _parts(study: Study, whole: Listing, layout: Layout) -> Iterator[View]:
    lang, card = layout.lang, Card(study, whole, layout)
    yield View(title="", facts=list(_head(study, lang)))
    yield View(title=pick(lang, "Whom to call", "Qui appeler"), facts=_grouped(_contacts(study, lang)))
    yield from (View(title=part.title, facts=_facts(part.facts)) for part in card.what_is_asked())
    yield View(title=card.places_title(), facts=list(_places(card, study, lang)))
    yield from (View(title=part.title, facts=_facts(part.facts)) for part in card.the_rest())


def _head(study: Study, lang: Lang) -> Iterator[Fact]:
    trial, found = study.trial, study.recruitment
    for name, text in (
        (("title", "titre"), title(trial, lang)),
        (("tests", "évalue"), drugs(study, lang)),
        (("kind", "type"), kind_and_phase(study, lang)),
        (("sponsor", "promoteur"), trial.sponsor),
        (("recruitment", "recrutement"), dated(found, lang)),
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


def _facts(facts: Iterable[CardFact]) -> list[Fact]:
    """Facts with all values of each under one name; one without a name goes on with the one before."""
    return _grouped((name, Text(cell.text, address(cell.link))) for name, cell in facts)


def _grouped(named: Iterable[tuple[str, Text]]) -> list[Fact]:
    values: dict[str, list[Text]] = {}
    last = ""
    for name, value in named:
        last = name or last
        values.setdefault(last, []).append(value)
    return [Fact(name, tuple(texts)) for name, texts in values.items()]


def _places(card: Card, study: Study, lang: Lang) -> Iterator[Fact]:
    rule = study.trial.countries
    for country, sites in card.by_country().items():
        towns = [Text(f"{town}, {about}" if town and about else town or about) for town, about in card.towns(sites)]
        yield Fact(label("countries", country, lang), tuple(towns))
    if rule and rule.not_in:
        left_out = ", ".join(label("countries", one, lang) for one in rule.not_in)
        yield Fact(pick(lang, "not in", "pas en"), (Text(left_out),))
