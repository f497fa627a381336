"""The records of a report in words: what several writers say alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from myofind.domain.dates import last_day
from myofind.domain.eligibility import Assessment
from myofind.domain.recruitment import FRESH_DAYS, Recruitment
from myofind.domain.rules import Criterion
from myofind.domain.trial import Trial
from myofind.names.vocabulary import label
from myofind.registry.labels import tested, with_tag
from myofind.report.values import (
    Answer,
    Drug,
    MissingFact,
    NearMiss,
    Note,
    PatientFacts,
    Stamp,
    Study,
    SupposedFlip,
    TrialRow,
)
from myofind.words import advice, summary
from myofind.words.patient import as_read, facts, in_full
from myofind.words.reasons import presumption, reason
from myofind.words.trial_facts import drug_class
from myofind.words.wording import NAMES, Lang, age_of_knowledge, doubted, headed, joined, listing, pick, status, verdict

if TYPE_CHECKING:
    from myofind.advice.relaxed_searches import Relaxed


class Shown:
    """The patient's facts in words, by the name of the criterion they decide; empty for what is not known."""

    def __init__(self, asked: PatientFacts, lang: Lang) -> None:
        self._lang, self._facts = lang, facts(asked.patient, asked.age, lang)

    def __getitem__(self, criterion: str) -> str:
        return self._facts.get(criterion, "")

    def reason(self, criterion: Criterion) -> str:
        """Why a criterion came out as it did."""
        return reason(criterion, self._lang, self[criterion.name])

    def reasons(self, criteria: Iterable[Criterion]) -> str:
        """Why several did."""
        return joined(map(self.reason, criteria), self._lang)

    def failed(self, criteria: Iterable[Criterion]) -> str:
        """Why those that are not met are not; empty where none fails."""
        return self.reasons(one for one in criteria if one.outcome == "not_met")


class Found:
    """What was found of the patient for a criterion, in full words, as the pages about one trial say it."""

    def __init__(self, asked: PatientFacts, day: date, lang: Lang) -> None:
        self.lang, self._facts = lang, in_full(asked.patient, asked.age, day, lang)

    def __getitem__(self, criterion: Criterion) -> str:
        return (
            self._facts.get(criterion.name)
            or joined(self._inside(criterion), self.lang)
            or pick(self.lang, "not given", "non précisé")
        )

    def _inside(self, criterion: Criterion) -> list[str]:
        """What was found for the conditions of alternatives, each after its name."""
        if criterion.name not in ("any_of", "at_least"):
            return []
        names = dict.fromkeys(one.name for branch in criterion.facts for one in branch)
        found = {name: self._facts.get(name) for name in names}
        return [headed(pick(self.lang, *NAMES[name]), text, self.lang) for name, text in found.items() if text]


def note(one: Note, lang: Lang) -> str:
    """A note in words."""
    if one.remark is None:
        return one.text
    from myofind.words.remarks import remark

    return remark(one.remark, lang)


def notes(several: Sequence[Note], lang: Lang) -> list[str]:
    """Notes in words, each once."""
    return list(dict.fromkeys(note(one, lang) for one in several))


def apart(several: Sequence[Note], lang: Lang) -> tuple[list[str], list[str]]:
    """Notes in words: what comes before any trial, and the others; slips are told where progress is."""
    others = [one for one in several if not one.safety and not one.slip]
    return notes([one for one in several if one.safety], lang), notes(others, lang)


def read(asked: PatientFacts, stamp: Stamp, lang: Lang, *, brief: bool = False) -> tuple[str, ...]:
    """The patient's facts as understood, each in a few words; in brief the antibodies of a negative panel are counted."""
    return as_read(asked.patient, asked.age, stamp.day, lang, brief=brief)


def read_line(facts_read: Sequence[str], lang: Lang) -> str:
    """The facts as understood on one line."""
    told_back = " · ".join(facts_read) or pick(lang, "nothing of the patient", "aucun fait du patient")
    return pick(lang, f"Read: {told_back}", f"Lu : {told_back}")


def origin(stamp: Stamp, lang: Lang) -> str:
    """Which registry answered, and for which day; that its facts are old, where they are."""
    name, version, as_of, _, day = stamp
    days = (day - last_day(as_of)).days
    old = pick(lang, f" ({days} days old)", f" ({days} jours)") if days > FRESH_DAYS else ""
    return pick(
        lang,
        f"Registry {name} {version}, facts up to {as_of}{old}; evaluated on {day.isoformat()}.",
        f"Registre {name} {version}, faits jusqu'au {as_of}{old} ; évalué au {day.isoformat()}.",
    )


def stamp_cell(stamp: Stamp) -> str:
    """Which registry answered, and for which day, in one cell of a table."""
    return f"{stamp.name} {stamp.version}, facts up to {stamp.as_of}, evaluated on {stamp.day.isoformat()}"


# What a trial is called ------------------------------------------------------------------------------------------------


def brief(study: Study, lang: Lang) -> str:
    """The label of a trial, which leads back to it alone: its acronym, what it tests, its title, told from others' by digits."""
    called = study.trial.acronym or drugs(study, lang) or name(study.trial, lang)
    return with_tag(called, study.tag, study.trial.id)


def row_label(study: Study, lang: Lang) -> str:
    """The label of a trial where there is little room: a number instead of a title."""
    return brief(study, lang) if study.trial.acronym or study.drugs else study.trial.id


def what(study: Study, lang: Lang) -> str:
    """What is tested and what kind of drug it is, in a few words; what the label says already is left out."""
    tested = [drug for drug in study.drugs if drug.written.role == "experimental"] or list(study.drugs)
    if not tested:
        return title(study.trial, lang) or "" if row_label(study, lang) == study.trial.id else ""
    names, kind = drugs(study, lang), drug_class(tested[0].drug_class, lang)
    own, said = (text.lower().replace("-", " ") for text in (kind, names))
    return ", ".join(filter(None, (names if study.trial.acronym else "", "" if own in said else kind)))


def name(trial: Trial, lang: Lang) -> str:
    """Acronym, else the short title in the reader's language."""
    return trial.acronym or title(trial, lang) or trial.id


def title(trial: Trial, lang: Lang) -> str | None:
    """The title in the reader's language, where there is one."""
    return (trial.title_fr if lang == "fr" else None) or trial.title


def cohort_name(trial: Trial, assessment: Assessment, lang: Lang) -> str:
    """The cohort that gave a verdict, in the reader's language; empty where the trial has none."""
    own = next((one for one in trial.cohorts if one.name == assessment.cohort), None)
    return "" if own is None else (own.fr if lang == "fr" else None) or own.name


def drugs(study: Study, lang: Lang) -> str:
    """What is tested, in short, under the names of the drug vocabulary, without the explanations it adds."""
    return tested([(drug.id, drug.written) for drug in study.drugs], lang)


def drug_name(drug: Drug, lang: Lang) -> str:
    """A drug as the registry writes it, in French under its name in the vocabulary."""
    known = drug.id if lang == "fr" else None
    return label("drugs", known, lang).partition(" (")[0] if known else drug.written.name


def several(
    whole: Answer, ids: Sequence[str], most: int, lang: Lang, label: Callable[[Study, Lang], str] = row_label
) -> str:
    """`FROG, CATARSIS and 3 more`: some trials, at most so many by their labels."""
    names, more = [label(whole.studies[id], lang) for id in ids[:most]], len(ids) - most
    return ", ".join(names) + and_more(more, lang) if more > 0 else listing(names, lang, ("and", "et"))


def and_more(count: int, lang: Lang) -> str:
    """` and 3 more`."""
    return pick(lang, f" and {count} more", f" et {count} {'autre' if count == 1 else 'autres'}")


def marks(rows: Sequence[TrialRow], lang: Lang) -> str:
    """What a question mark says in these rows; empty where there is none."""
    in_part = any(row.verdict == "match" and not row.assessment.firm for row in rows)
    return summary.marks(in_part, any(doubted(row.study.recruitment) for row in rows), lang)


def verdicts_of(flip: SupposedFlip, lang: Lang) -> str:
    """`possible → match?`: the verdict now, and with what is supposed."""
    now, then = (verdict(one, lang, firm) for one, firm in zip((flip.before, flip.after), flip.firm, strict=True))
    return f"{now} → {then}"


def by_hand(trial: Trial, lang: Lang) -> list[str]:
    """What nobody structured of the criteria, for a reader to judge."""
    return [note.text(lang) for note in trial.eligibility.check_by_hand]


# What could be done ----------------------------------------------------------------------------------------------------


def presumes(row: TrialRow, lang: Lang) -> list[str]:
    """What a verdict presumes of the patient, each in words that typing the fact would replace."""
    return list(dict.fromkeys(presumption(one, lang) for one in row.assessment.presumed))


def missing_fact(one: MissingFact, whole: Answer, lang: Lang) -> str:
    """`anti-HMGCR: settles 3 of 5`: a missing fact, and how many of the trials in question it settles or may settle."""
    effect = advice.effect(len(one.settles), len(one.may_settle), whole.questions_of, lang)
    return headed(advice.fact(one.fact, whole.asked.patient, lang), effect, lang)


def when(miss: NearMiss, lang: Lang) -> str:
    """From when a trial opens, where time or a change opens it; else empty."""
    return advice.opening(miss.criterion, miss.opens, lang) if miss.remedy in ("wait", "change") else ""


def barred(miss: NearMiss, lang: Lang) -> str:
    """Why waiting would be no use; empty where it would."""
    return pick(lang, *advice.BARRED[miss.barred]).format(miss.opens and miss.opens[0]) if miss.barred else ""


def gain(search: Relaxed, lang: Lang) -> str:
    """How many more trials a search that asks for less finds, and what it leaves out."""
    about = advice.relaxed(search.reason, search.term, lang)
    return pick(lang, f"{search.gain} more, {about}", f"{search.gain} de plus, {about}")


def steps(whole: Answer, lang: Lang) -> str:
    """How many trials are left after each criterion."""
    return " → ".join(f"{step.left} {advice.criterion_name(step.name, lang)}" for step in whole.funnel)


def relaxed_command(search: Relaxed) -> str:
    """The command of a search that asks for less."""
    from myofind.asking.as_command import command

    return command(search.facts, *(("--status", search.status) if search.status else ()))


# Where, and since when it is known --------------------------------------------------------------------------------------


def knowledge(found: Recruitment, lang: Lang, *, headed: bool = False) -> str:
    """The recruitment and how old that knowledge is; `headed` where a heading says what the time is."""
    age = age_of_knowledge(found, lang, headed=headed)
    return f"{status(found, lang)}, {age}" if age else status(found, lang)


def dated(found: Recruitment, lang: Lang) -> str:
    """The same with the day on which that was so."""
    return f"{knowledge(found, lang)} ({found.as_of})" if found.as_of else knowledge(found, lang)
