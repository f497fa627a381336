"""What a page about one trial says of it beside its criteria, in sentences: what to check, what can be done, whom to call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from myofind.domain.trial import Trial
from myofind.report.values import NearMiss
from myofind.words import advice as words
from myofind.words.trial_facts import source_key
from myofind.words.wording import Lang, pick, verdict
from myofind.writers.phrases import barred, by_hand, cohort_name, when
from myofind.writers.places import contacts

if TYPE_CHECKING:
    from myofind.report.trial_page import CohortPart, Explanation, TrialPage


def other_cohort(trial: Trial, cohort: CohortPart, lang: Lang) -> str:
    """A cohort that did not give the verdict, with its own."""
    called, judged = cohort_name(trial, cohort.assessment, lang), cohort.assessment
    own = verdict(judged.verdict, lang, judged.firm)
    return pick(lang, f"cohort {called}: {own}", f"cohorte {called} : {own}")


def to_check(trial: Trial, lang: Lang) -> Iterator[str]:
    """What nobody structured of the criteria."""
    for text in by_hand(trial, lang):
        yield pick(lang, f"check by hand: {text}", f"à vérifier : {text}")


def disagreements(trial: Trial, lang: Lang) -> Iterator[str]:
    """What the sources disagree about."""
    for one in trial.conflicts:
        what, note = source_key(one.about, lang), one.text(lang)
        yield pick(lang, f"sources disagree on {what}: {note}", f"sources en désaccord ({what}) : {note}")


def remedy(miss: NearMiss, lang: Lang) -> str:
    """What can be done about the one criterion that fails."""
    parts = [pick(lang, *words.REMEDIES[miss.remedy]).lower(), when(miss, lang), barred(miss, lang)]
    return pick(lang, "only one criterion fails: ", "seul critère en cause : ") + ", ".join(filter(None, parts))


def in_time(whole: Explanation, page: TrialPage, lang: Lang) -> Iterator[str]:
    """What can be done, and what time will change."""
    row, miss, day = page.row, page.near_miss, whole.stamp.day
    if miss:
        yield remedy(miss, lang)
    window = row.age_window
    if window and window.closes and window.closes > day:
        yield words.closing(window.closes, day, lang)
    if row.trial.end:
        yield pick(lang, f"recorded end: {row.trial.end}", f"fin prévue : {row.trial.end}")


def whom_to_call(whole: Explanation, page: TrialPage, lang: Lang) -> Iterator[str]:
    """Whom to call, or that nobody is known."""
    lead = pick(lang, "whom to call: ", "contact : ")
    yield from (lead + text for text in contacts(page.row.study, whole.asked.patient.countries, lang))
