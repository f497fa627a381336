"""Another patient in thought: which verdicts another subtype or another fact would change.

`--what-if FACT=VALUE` is the same patient with other facts, read as the options read them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from myofind.asking.profile import understand
from myofind.asking.profile_keys import FIELDS, fact_key, fold, stance
from myofind.asking.typed import Profile, Typed, overlay
from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.domain.patient import Patient, Result
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Index, Verdicts
from myofind.names import autoantibodies as ab
from myofind.names.vocabulary import resolve
from myofind.records import NamedTuple
from myofind.words.wording import Lang


class Other(NamedTuple):
    """The answer for the patient as another: verdicts, and the trials that open or close compared with now."""

    patient: Patient
    verdicts: Verdicts
    opens: Bits
    closes: Bits


def as_other(table: Index, patient: Patient, day: date, now: Verdicts) -> Other:
    """What another patient is told, against what is said now; opening is to be excluded no more."""
    then = sets.verdicts(table, patient, day)
    return Other(patient, then, now.excluded & ~then.excluded, then.excluded & ~now.excluded)


def flips(now: Verdicts, then: Verdicts) -> Iterator[int]:
    """The place of every trial whose verdict changes; those that improve first."""
    for better, after in enumerate(then):
        for earlier, before in enumerate(now):
            if better != earlier:
                yield from sets.places(before & after)


class Supposed(NamedTuple):
    """What was supposed, as typed; the patient then, and the verdicts then."""

    wanted: tuple[str, ...]
    profile: Profile
    verdicts: Verdicts


ACCEPTED = "age, birth_date, subtype, country, sex, onset, ild, refractory, a fact of `myofind vocab facts`, a drug, or an antibody: mda5=positive"
_FACTS = (
    f"facts: {ACCEPTED}",
    "données : age, birth_date, subtype, country, sex, onset, ild, refractory, une donnée de `myofind vocab facts`,"
    " un médicament, ou un anticorps : mda5=positif",
)


def suppose_all(
    table: Index,
    asked: Profile,
    typed: Typed,
    wanted: tuple[str, ...],
    day: date,
    *,
    exact: bool = False,
    lang: Lang = "en",
) -> Supposed:
    """The answer with every supposed fact at once; raises InputError for what cannot be read."""
    then = suppose(asked, typed, wanted, day, exact=exact, lang=lang)
    return Supposed(wanted, then, sets.verdicts(table, then.patient, day))


def suppose(
    asked: Profile, typed: Typed, wanted: tuple[str, ...], day: date, *, exact: bool = False, lang: Lang = "en"
) -> Profile:
    """The patient with every supposed fact; its notes say how what was supposed was read.

    Raises InputError for what cannot be read. A supposed result of an antibody stands against an older result of its
    class: `jo1=positive` against a negative panel supposes that the panel was wrong.
    """
    results: list[str] = []
    parts: list[_Part] = []
    facts = typed
    for text in wanted:
        key, equals, value = text.partition("=")
        key, value = key.strip(), value.strip()
        if not equals or not key or not value:
            raise InputError(
                (
                    f"`{shown(text)}` supposes nothing: write FACT=VALUE, for example mda5=positive or age=18",
                    f"`{shown(text)}` ne suppose rien : écrire DONNÉE=VALEUR, par exemple mda5=positif ou age=18",
                ),
                _FACTS,
            )
        field = FIELDS.get(fold(key))
        fact = fact_key(key) if field is None else None
        parts.append(_Part(text, f"{key}=", value))
        if fact is not None and fact not in ("sex", "onset"):
            parts.append(_Part(text, "", f"{fact}={value}"))
            facts = overlay(facts, Typed(facts=(f"{fact}={value}",)))
            facts = _with(facts, fact, None) if fact in ("ild", "refractory") else facts
        elif field is None and resolve("drugs", key, exact=True).id is not None:
            facts = overlay(facts, Typed(treatments=(f"{key} {value}",)))
        elif field == "treatments":
            facts = overlay(facts, Typed(treatments=(value,)))
        elif field == "facts":
            facts = overlay(facts, Typed(facts=(value,)))
        elif field is None or field == "antibodies":
            results.append(value if field else f"{key}={value}")
            parts.append(_Part(text, f"{key}=" if field else "", results[-1]))
        elif field in ("ild", "refractory"):
            told = stance(field, value)
            alone = _with(facts, field, told if isinstance(told, bool) else None)
            facts = alone if isinstance(told, bool) else overlay(alone, Typed(facts=told))
        elif field in ("subtypes", "countries"):
            facts = _with(facts, field, (value,))
        else:
            facts = _with(facts, field, value)
            if field in ("age", "birth_date"):
                facts = _with(facts, "birth_date" if field == "age" else "age", None)
    try:
        new = understand(Typed(antibodies=tuple(results)), day, exact=exact, lang=lang)
        other = understand(facts, day, exact=exact, lang=lang)
    except Ambiguous as error:
        raise _about(error.within("--what-if"), parts) from None
    except InputError as error:
        raise InputError(error.within("--what-if").words, error.hint_words or _FACTS) from None
    patient = other.patient
    read = tuple(note for note in (*other.readings, *new.readings) if note not in asked.readings)
    results_then = _over(patient, dict(new.patient.antibodies))
    slips = (*other.slips, *new.slips)
    return other._replace(patient=patient._replace(antibodies=results_then), notes=read, readings=read, slips=slips)


class _Part(NamedTuple):
    """What is read of a text of `--what-if`, and what stands before it there."""

    text: str
    before: str
    read: str


def _about(error: Ambiguous, parts: Sequence[_Part]) -> InputError:
    """The question about one text of `--what-if`, each of its readings as that whole text."""
    part = next((part for part in parts if part.read == error.typed), None)
    if part is None:
        return error
    readings = tuple((part.before + reading, words) for reading, words in error.readings)
    return Ambiguous(error.words, error.hint_words or _FACTS, field="what_if", typed=part.text, readings=readings)


def _with(facts: Typed, field: str, value: Any) -> Typed:
    return facts._replace(**{field: value})


def _over(patient: Patient, new: dict[str, Result]) -> tuple[tuple[str, Result], ...]:
    """Results with newer ones over them; what the newer contradict is dropped."""
    kept = dict(patient.antibodies)
    for one, result in new.items():
        for other in ab.groups(one) if result == "positive" else ab.members(one) if result == "negative" else ():
            if kept.get(other) == ("negative" if result == "positive" else "positive"):
                del kept[other]
    return tuple(sorted({**kept, **new}.items()))
