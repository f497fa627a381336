"""Trials and their parts as a page lays them out: texts, addresses and drawings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from myofind.domain.eligibility import Assessment, Criterion
from myofind.domain.rules import AgeRule
from myofind.domain.trial import Contact, Trial, named_rules
from myofind.names.vocabulary import label
from myofind.records import NamedTuple
from myofind.report.days import common_axis, trial_days
from myofind.report.values import PatientFacts, Sources, Study, TrialRow
from myofind.words.facts import length
from myofind.words.reasons import asks, describe, why
from myofind.words.rule_words import required
from myofind.words.wording import COVERAGES, KINDS, NAMES, OUTCOMES, Lang, doubted, joined, pick, verdict
from myofind.writers.html_page import address
from myofind.writers.page_words import disagreements, remedy
from myofind.writers.phrases import Found, Shown, brief, by_hand, cohort_name, drugs, knowledge, presumes, title
from myofind.writers.places import by_name, contacts_near
from myofind.writers.styles import OUTCOME_MARK, phase
from myofind.writers.timeline import Drawing, drawing

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


class Line(NamedTuple):
    """A criterion: its outcome as a code, a mark and a word; what is required, what was found, and the sources.

    `aside` is the reason, where it says more than the two.
    """

    outcome: str
    mark: str
    word: str
    name: str
    required: str
    found: str
    aside: str
    sources: tuple[Text, ...]


class Part(NamedTuple):
    """A cohort that did not give the verdict."""

    name: str
    verdict: str
    word: str
    lines: tuple[Line, ...]


class Card(NamedTuple):
    """A trial judged for a patient, in full."""

    anchor: str
    name: str
    title: str
    number: Text
    verdict: str
    word: str
    cohort: str
    why: str
    recruitment: str
    doubtful: bool
    where: str
    in_short: tuple[Fact, ...]
    """What one looks for before a call."""
    about: tuple[Fact, ...]
    """The same, with every contact."""
    settle: tuple[str, ...]
    presumed: tuple[str, ...]
    limits: tuple[str, ...]
    """What the verdict does not rest on: criteria not read, criteria the registry does not record."""
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    by_hand: tuple[str, ...]
    conflicts: tuple[str, ...]
    remedy: str
    drawing: Drawing


class Cards:
    """Makes the cards of trials for one patient, on one axis of time."""

    def __init__(self, rows: Iterable[TrialRow], asked: PatientFacts, day: date, lang: Lang) -> None:
        self.asked, self.day, self.lang = asked, day, lang
        self.days = {row.trial.id: trial_days(row, asked, day) for row in rows}
        self.axis = common_axis(self.days.values(), day)
        self.shown = Shown(asked, lang)
        self.found = Found(asked, day, lang)

    def card(self, row: TrialRow, page: TrialPage | None = None) -> Card:
        """A trial of an answer; a page of its own adds its other cohorts and what can be done."""
        lang, study, trial, judged = self.lang, row.study, row.trial, row.assessment
        found = study.recruitment
        called = brief(study, lang)
        return Card(
            anchor=re.sub(r"[^A-Za-z0-9-]", "-", trial.id),
            name=called,
            title=self._title(study, called),
            number=number(study),
            verdict="unread" if row.verdict == "match" and not judged.firm else row.verdict,
            word=verdict(row.verdict, lang, judged.firm),
            cohort=cohort_name(trial, judged, lang),
            why=self.shown.failed(row.criteria) or why(row.criteria, lang),
            recruitment=knowledge(found, lang),
            doubtful=doubted(found),
            where=by_name(trial, self.asked.patient.countries, lang, counted=True),
            in_short=tuple(self._about(row, short=True)),
            about=tuple(self._about(row, short=False)),
            settle=unique(
                asks(one, lang) for one in row.criteria if one.outcome == "unknown" and row.verdict != "excluded"
            ),
            presumed=tuple(presumes(row, lang)),
            limits=tuple(self._limits(judged)),
            lines=self._lines(row.criteria, row.sources),
            parts=tuple(self._part(trial, one) for one in page.cohorts) if page else (),
            by_hand=tuple(by_hand(trial, lang)),
            conflicts=tuple(disagreements(trial, lang)),
            remedy=remedy(page.near_miss, lang) if page and page.near_miss else "",
            drawing=drawing(self.days[trial.id], self.axis, self.day, lang),
        )

    def _title(self, study: Study, called: str) -> str:
        """What is tested, and the title where the name is not the title already."""
        lang, own = self.lang, title(study.trial, self.lang) or ""
        parts = [drugs(study, lang) if study.trial.acronym else "", own if own != called else "", _phase(study, lang)]
        return " · ".join(part for part in parts if part)

    def _about(self, row: TrialRow, short: bool) -> Iterator[Fact]:
        lang, trial, found = self.lang, row.trial, row.study.recruitment
        here, unsaid = self.asked.patient.countries, pick(lang, "not recorded", "non renseigné")
        seen = pick(lang, f" (seen {found.as_of})", f" (vu le {found.as_of})") if found.as_of else ""
        for called, text in (
            (("Recruitment", "Recrutement"), knowledge(found, lang) + seen),
            (("Places", "Lieux"), by_name(trial, here, lang, counted=True)),
            (("Ages", "Âges"), ages(row.criteria, lang)),
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
        lang = self.lang
        if judged.coverage is not None and judged.coverage != "full":
            yield pick(lang, *COVERAGES[judged.coverage])
        silent = unique(pick(lang, *NAMES[one.name]) for one in judged.criteria if one.outcome == "not_recorded")
        if silent:
            yield pick(lang, "not recorded: ", "non renseigné : ") + ", ".join(silent)

    def _lines(self, criteria: Sequence[Criterion], sources: Sources) -> tuple[Line, ...]:
        origins = sources or (None,) * len(criteria)
        return tuple(self._line(one, its) for one, its in zip(criteria, origins, strict=True))

    def _line(self, one: Criterion, origins: Iterable[object] | None) -> Line:
        lang = self.lang
        said = describe(one, lang, self.shown[one.name])
        return Line(
            one.outcome,
            OUTCOME_MARK[one.outcome],
            pick(lang, *OUTCOMES[one.outcome]),
            pick(lang, *NAMES[one.name]),
            said.required or "–",
            self.found[one],
            said.reason if one.outcome == "presumed" or one.holds_from else "",
            tuple(source(str(each)) for each in origins or ()),
        )

    def _part(self, trial: Trial, part: CohortPart) -> Part:
        judged = part.assessment
        word, called = verdict(judged.verdict, self.lang, judged.firm), cohort_name(trial, judged, self.lang)
        return Part(called, judged.verdict, word, self._lines(judged.criteria, part.sources))


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


def _phase(study: Study, lang: Lang) -> str:
    kind = pick(lang, *KINDS[study.trial.kind])
    return f"phase {phase(study)}" if study.trial.phase else kind


def ages(criteria: Iterable[Criterion], lang: Lang) -> str:
    """The ages admitted, of the trial and of its cohort."""
    rules = [required(one, lang) for one in criteria if one.name == "age" and isinstance(one.rule, AgeRule)]
    return joined(unique(rules), lang) or pick(lang, "not recorded", "non renseigné")


def ages_of(trial: Trial, lang: Lang) -> str:
    """The ages a trial admits, where it says so for all its cohorts."""
    rules = (Criterion(key, "met", "", rule) for key, rule in named_rules(trial.eligibility))
    return ages(rules, lang)


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
