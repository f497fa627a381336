"""The records of a report in words: what several writers say alike."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.domain.recruitment import Recruitment
from myofind.domain.trial import Trial
from myofind.registry.labels import tested, with_tag
from myofind.report.values import Note, PatientFacts, Stamp, Study
from myofind.words import summary
from myofind.words.patient import facts
from myofind.words.remarks import remark
from myofind.words.wording import Lang, age_of_knowledge, joined, listing, pick, status

MOST_CITIES = 4
MOST_COUNTRIES = 6


class Shown:
    """The patient's facts in words, by the name of the criterion they decide; empty for what is not known."""

    def __init__(self, asked: PatientFacts, lang: Lang) -> None:
        self._facts = facts(asked.patient, asked.age, lang)

    def __getitem__(self, criterion: str) -> str:
        return self._facts.get(criterion, "")


def note(one: Note, lang: Lang) -> str:
    """A note in words."""
    return one.text if one.remark is None else remark(one.remark, lang)


def notes(several: Sequence[Note], lang: Lang) -> list[str]:
    """Notes in words, each once."""
    return list(dict.fromkeys(note(one, lang) for one in several))


def origin(stamp: Stamp, lang: Lang) -> str:
    """Which registry answered, and for which day, as a sentence."""
    return summary.origin(stamp.name, stamp.version, stamp.as_of, stamp.day, lang)


def stamp_cell(stamp: Stamp) -> str:
    """Which registry answered, and for which day, in one cell."""
    return summary.stamp(stamp.name, stamp.version, stamp.as_of, stamp.day)


# What a trial is called ------------------------------------------------------------------------------------------------


def brief(study: Study, lang: Lang) -> str:
    """The label of a trial, which leads back to it alone: its acronym, what it tests, its title, told from others' by digits."""
    label = study.trial.acronym or drugs(study, lang) or name(study.trial, lang)
    return with_tag(label, study.tag, study.trial.id)


def name(trial: Trial, lang: Lang) -> str:
    """Acronym, else the short title in the reader's language."""
    return trial.acronym or title(trial, lang) or trial.id


def title(trial: Trial, lang: Lang) -> str | None:
    """The title in the reader's language, where there is one."""
    return (trial.title_fr if lang == "fr" else None) or trial.title


def drugs(study: Study, lang: Lang) -> str:
    """What is tested, in short, under the names of the drug vocabulary, without the explanations it adds."""
    return tested([(drug.id, drug.written) for drug in study.drugs], lang)


def several(names: Sequence[str], total: int, lang: Lang) -> str:
    """`FROG, CATARSIS and 3 more`."""
    more = total - len(names)
    if not more:
        return listing(names, lang, ("and", "et"))
    return ", ".join(names) + and_more(more, lang)


def and_more(count: int, lang: Lang) -> str:
    """` and 3 more`."""
    return pick(lang, f" and {count} more", f" et {count} {'autre' if count == 1 else 'autres'}")


# Where, and since when it is known --------------------------------------------------------------------------------------


def knowledge(found: Recruitment, lang: Lang) -> str:
    """The recruitment and how old that knowledge is."""
    age = age_of_knowledge(found, lang)
    return f"{status(found, lang)}, {age}" if age else status(found, lang)


def placed(trial: Trial) -> bool:
    """Whether the registry says where; if not, that is said among what is not recorded."""
    return trial.countries is not None and bool(trial.countries.listed)


def nearest(trial: Trial, asked: PatientFacts, lang: Lang) -> str:
    """Places in the patient's countries first; otherwise the countries."""
    rule = trial.countries
    parts = []
    for country in asked.patient.countries:
        if rule and country in rule.listed:
            cities = list(dict.fromkeys(site.city for site in trial.sites if site.country == country and site.city))
            more = f" +{len(cities) - MOST_CITIES}" if len(cities) > MOST_CITIES else ""
            parts.append(f"{country} {', '.join(cities[:MOST_CITIES])}{more}".strip())
    if parts:
        return joined(parts, lang)
    if rule is None or not rule.listed:
        return pick(lang, "places not recorded", "lieux non renseignés")
    more = f" +{len(rule.listed) - MOST_COUNTRIES}" if len(rule.listed) > MOST_COUNTRIES else ""
    rest = "" if rule.complete else pick(lang, " and others", " et autres")
    return ", ".join(rule.listed[:MOST_COUNTRIES]) + more + rest
