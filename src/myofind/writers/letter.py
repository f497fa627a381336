"""`--letter`: plain text to the centre of one trial, ready to paste; nothing in it tells who the patient is.

A birth date is never written, nor any day or month that follows from it: the age stands alone, in years. What is for
the writer (an emergency) is no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from myofind.domain.dates import age_on
from myofind.domain.eligibility import Criterion
from myofind.domain.register_numbers import REGISTERS, link
from myofind.domain.subtype_rule import PRESUMED_AGAINST
from myofind.report.trial_page import Explanation
from myofind.report.values import PatientFacts, Study
from myofind.words import advice, summary
from myofind.words.patient import as_read
from myofind.words.reasons import presumption
from myofind.words.rule_words import required
from myofind.words.trial_facts import contact
from myofind.words.wording import COVERAGES, NAMES, STATUSES, Lang, headed, joined, pick
from myofind.writers.columns import printable
from myofind.writers.phrases import Shown, brief, by_hand, cohort_name, drugs, origin, title
from myofind.writers.places import contacts_near
from myofind.writers.styles import phase

CENTRES_ASKED = ("not_said", "incomplete")
"""Reasons of an unknown outcome that only the centre can settle: the record does not say."""

_OWN_BOOKS = re.compile(
    r"\bnot (?:read|readable|seen)\b|\b(?:pas|non|jamais) (?:été )?(?:lue?s?|lisibles?)\b|\billisibles?\b"
    r"|^(?:ask the sites|demander aux centres)$"
)
"""What a note says of our own reading of the record, which no centre can answer."""

IN_MONTHS = 3
"""Years of age below which months are said."""

Lines = Iterator[str]


def letter(whole: Explanation, lang: Lang) -> str:
    """The letter about the one trial of an explanation."""
    return "".join(f"{printable(line)}\n" for line in _Letter(whole, lang).lines())


class _Letter:
    def __init__(self, whole: Explanation, lang: Lang) -> None:
        (self.page,) = whole.pages
        self.whole, self.lang, self.trial = whole, lang, self.page.row.trial
        self.asked = _in_years(whole.asked)
        self.called = brief(self.page.row.study, lang)

    def lines(self) -> Lines:
        """From the subject to the signature."""
        lang, called, id = self.lang, self.called, self.trial.id
        known_as = called if called == id else f"{called} ({id})"
        french = f"Objet : {known_as} : un patient pourrait-il participer ?"
        yield from (pick(lang, f"Subject: {known_as}: could a patient take part?", french), "")
        yield from (pick(lang, "Dear colleagues,", "Chères consœurs, chers confrères,"), "")
        french = f"Le patient décrit ci-dessous pourrait-il participer à {known_as} ?"
        yield pick(lang, f"Could the patient described below take part in {known_as}?", french)
        yield from (_about(self.page.row.study, lang), "")
        lead = pick(lang, "The patient, without identifier", "Le patient, sans identifiant")
        yield from _part(lead, self._patient(), lang)
        yield from self._against()
        yield from self._open()
        yield from _part(pick(lang, "The trial", "L'essai"), self._trial(), lang)
        yield from (pick(lang, "With kind regards,", "Bien confraternellement,"), "")
        yield pick(lang, "[name, department, telephone]", "[nom, service, téléphone]")
        yield from ("", "--", f"{origin(self.whole.stamp, lang)} {pick(lang, *summary.DISCLAIMER)}")

    def _patient(self) -> Lines:
        asked, day, lang = self.asked, self.whole.stamp.day, self.lang
        birth = asked.patient.birth
        if birth is not None and (asked.age is None or asked.age == (None, None)):
            youngest, oldest = (age_on(born, day)[0] for born in (birth.latest, birth.earliest))
            yield pick(lang, f"{youngest} to {oldest} years", f"{youngest} à {oldest} ans")
            asked = asked._replace(patient=asked.patient._replace(birth=None))
        yield from as_read(asked.patient, asked.age, day, lang)

    def _against(self) -> Lines:
        """What excludes, said plainly."""
        lang, shown = self.lang, Shown(self.asked, self.lang)
        presumed = (one for one in self._criteria("unknown") if one.code == PRESUMED_AGAINST)
        failed = [shown.reason(one) for one in (*self._criteria("not_met"), *presumed)]
        if failed:
            french = "S'y oppose, d'après les critères tels qu'ils sont notés"
            lead = pick(lang, "Against it, on the criteria as recorded", french)
            yield from _part(lead, [*failed, *self._remedy()], lang)

    def _remedy(self) -> Lines:
        miss, lang = self.page.near_miss, self.lang
        if miss is None:
            return
        what = pick(lang, *advice.REMEDIES[miss.remedy]).lower()
        dated = miss.remedy == "wait" and miss.criterion.name not in ("age", "onset_age")
        when = advice.opening(miss.criterion, miss.opens, lang) if dated else ""
        yield pick(lang, "this one alone: ", "celui-ci seulement : ") + joined((what, when), lang)

    def _open(self) -> Lines:
        """What nobody knows yet, as questions."""
        lang = self.lang
        missing = [one for one in self._criteria("unknown") if one.code not in (*CENTRES_ASKED, PRESUMED_AGAINST)]
        lead = pick(lang, "Asked, and not known of the patient yet", "Demandé, et pas encore connu pour ce patient")
        asked = (headed(pick(lang, *NAMES[one.name]), required(one, lang), lang) for one in missing)
        yield from _part(lead, asked, lang)
        lead = pick(lang, "Presumed, to be confirmed", "Présumé, à confirmer")
        yield from _part(lead, (presumption(one, lang) for one in self._criteria("presumed")), lang)
        yield from _part(pick(lang, "Our questions", "Nos questions"), self._questions(), lang)

    def _questions(self) -> Lines:
        lang, found, judged = self.lang, self.page.row.study.recruitment, self.page.row.assessment
        if found.status:
            status = pick(lang, *STATUSES[found.status])
            french = f"l'essai inclut-il actuellement ? (dernière information : « {status} », {found.as_of})"
            yield pick(lang, f"does the trial take patients now? (last news: “{status}”, {found.as_of})", french)
        else:
            yield pick(lang, "does the trial take patients now?", "l'essai inclut-il actuellement ?")
        yield from self._where()
        shown = Shown(self.asked, lang)
        for one in self._criteria("unknown"):
            if one.code == "not_said":
                yield pick(lang, "who is admitted? ", "qui est admis ? ") + shown.reason(one)
        if cohort := cohort_name(self.page.row.trial, judged, lang):
            yield pick(lang, f"is the part “{cohort}” open?", f"la partie « {cohort} » est-elle ouverte ?")
        silent = [pick(lang, *NAMES[one.name]) for one in self._criteria("not_recorded") if one.name != "country"]
        if silent:
            what = ", ".join(dict.fromkeys(silent))
            yield pick(lang, f"is there a criterion on: {what}?", f"y a-t-il un critère sur : {what} ?")
        if judged.coverage is not None and judged.coverage != "full":
            read = pick(lang, *COVERAGES[judged.coverage])
            french = f"quels critères nous manquent ? (ce que nous avons : {read})"
            yield pick(lang, f"which criteria have we not seen? (what we have: {read})", french)
        for text in (of_the_trial(note, lang) for note in by_hand(self.trial, lang)):
            if text:
                yield pick(lang, f"is this so: {text}?", f"est-ce exact : {text} ?")

    def _where(self) -> Lines:
        """Where, if the record leaves that open for the patient's countries."""
        lang, rule, own = self.lang, self.trial.countries, self.asked.patient.countries
        near = {site.city for site in self.trial.sites if site.country in own and site.city}
        listed = rule is not None and bool(set(own) & set(rule.listed))
        if not listed or not near:
            yield pick(lang, "which centres are open, and where?", "quels centres sont ouverts, et où ?")
        elif len(near) > 1:
            towns = ", ".join(sorted(near))
            french = f"lesquels de ces centres sont ouverts : {towns} ?"
            yield pick(lang, f"which of these centres are open: {towns}?", french)

    def _trial(self) -> Lines:
        lang, study = self.lang, self.page.row.study
        if study.url:
            yield study.url
        sponsors = pick(lang, "sponsor's number", "numéro du promoteur")
        for register, numbers in self.trial.ids:
            called = REGISTERS[register].name if register in REGISTERS else sponsors
            others = (one for one in numbers if one != self.trial.id)
            yield from (" ".join(filter(None, (called, one, link(one)))) for one in others)
        for one in contacts_near(self.trial, self.asked.patient.countries):
            yield pick(lang, "contact: ", "contact : ") + contact(one, lang, country=False)

    def _criteria(self, outcome: str) -> list[Criterion]:
        return [one for one in self.page.row.criteria if one.outcome == outcome]


def of_the_trial(note: str, lang: Lang) -> str:
    """A note without what it says of our own reading."""
    open_parts = re.sub(r"\s*\([^()]*\)", lambda found: "" if _OWN_BOOKS.search(found[0]) else found[0], note)
    return joined((part for part in re.split(r"\s*;\s+", open_parts) if not _OWN_BOOKS.search(part)), lang)


def _in_years(asked: PatientFacts) -> PatientFacts:
    """The facts with the age in years, which tell less of the birth date than months; months for the youngest."""
    years, _ = asked.age or (None, None)
    return asked._replace(age=(years, 0)) if years and years >= IN_MONTHS else asked


def _about(study: Study, lang: Lang) -> str:
    tested, own = drugs(study, lang), title(study.trial, lang) or ""
    called = "" if own == brief(study, lang) else own
    in_phase = f"phase {phase(study)}" if study.trial.phase else ""
    return ", ".join(filter(None, (called, tested if tested.lower() not in called.lower() else "", in_phase)))


def _part(lead: str, lines: Iterable[str], lang: Lang) -> Lines:
    """Lines under a lead; nothing where there are none."""
    items = list(dict.fromkeys(lines))
    if items:
        yield lead + pick(lang, ":", " :")
        yield from (f"- {item}" for item in items)
        yield ""
