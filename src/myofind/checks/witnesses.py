"""For each trial a patient who fits, made at the corners of its rules and judged by the engine itself; bounds that exclude nobody.

A trial for which no patient can be made is a trial nobody can join. The patients are the corner cases of the rules:
the youngest and the oldest, each subtype admitted, the antibodies required and none of those excluded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, islice, product
from typing import TypeVar

from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import Path
from myofind.domain.dates import order, reached, too_young
from myofind.domain.eligibility import CRITERIA, Criterion, own_criteria
from myofind.domain.patient import Birth, Onset, Patient, Result, Sex
from myofind.domain.rules import Span
from myofind.domain.satisfiable import idle as every_value_meets
from myofind.domain.trial import Eligibility, Trial
from myofind.language import Pair
from myofind.names import autoantibodies as ab
from myofind.names import subtypes as tree
from myofind.names.facts import FACTS
from myofind.records import NamedTuple

T = TypeVar("T")
OLDEST = 120
"""Years; a trial for older people only is a trial for nobody."""

_MOST = 400
"""Patients tried for one trial before it is given up; real trials need one or two."""


class Witness(NamedTuple):
    """A patient and what the engine said of each criterion."""

    patient: Patient
    criteria: tuple[Criterion, ...]

    @property
    def fits(self) -> bool:
        """Nothing excludes this patient."""
        return all(criterion.outcome != "not_met" for criterion in self.criteria)

    @property
    def failing(self) -> tuple[str, ...]:
        """The criteria that exclude, in the order of answers."""
        names = (criterion.name for criterion in self.criteria if criterion.outcome == "not_met")
        return tuple(sorted(names, key=list(CRITERIA).index))

    def distance(self) -> tuple[int, int]:
        """How far the patient is from fitting."""
        outcomes = [criterion.outcome for criterion in self.criteria]
        return outcomes.count("not_met"), outcomes.count("unknown")


def concerns_myositis(rules: Eligibility) -> bool:
    """Whether any inflammatory myopathy is admitted; trials of other diseases are recorded for context only."""
    admits = rules.subtypes.admits if rules.subtypes is not None else ()
    return not admits or any(map(tree.is_inflammatory, admits))


def fitting(trial: Trial, day: date, place: int | None = None) -> Witness:
    """A patient who may join a trial (its cohorts left aside), or the cohort of a number; else the one who comes nearest."""
    parts = [trial.eligibility, *([trial.cohorts[place].eligibility] if place is not None else [])]
    return _fitting(tuple(one._replace(check_by_hand=(), coverage=None) for one in parts), day)


@lru_cache(maxsize=16384)
def _fitting(rules: tuple[Eligibility, ...], day: date) -> Witness:
    refused: list[Witness] = []
    for patient in islice(_candidates(rules, day), _MOST):
        found = Witness(patient, tuple(one for own in rules for one in own_criteria(patient, own, day)))
        if found.fits:
            return found
        refused.append(found)
    return min(refused, key=Witness.distance)


# Patients who fit -----------------------------------------------------------------------------------------------------


def _candidates(rules: tuple[Eligibility, ...], day: date) -> Iterator[Patient]:
    closest = rules[::-1]  # the cohort's own before the trial's
    sex: Sex = "male" if [one.sex for one in closest if one.sex in ("female", "male")][:1] == ["male"] else "female"
    ild, refractory = (_asked(one.stance(id) for one in closest) for id in ("ild", "refractory"))
    for antibodies in _antibodies(rules):
        for birth, onset in _times(rules, day):
            for subtype in _subtypes(rules):
                yield Patient((subtype,), Birth(birth, birth), antibodies, (), sex, ild, refractory, onset)


def _asked(stances: Iterable[str | None]) -> bool | None:
    """The first of some stances that asks for a yes or a no."""
    return next((stance == "required" for stance in stances if stance in ("required", "excluded")), None)


def _subtypes(rules: tuple[Eligibility, ...]) -> Iterable[str]:
    """Every admitted subtype, of the cohort first, then the kinds below them."""
    named = [one for rule in reversed(rules) if rule.subtypes for one in rule.subtypes.admits]
    if not named:
        refused = [one for rule in rules if rule.subtypes for one in rule.subtypes.excludes]
        return ["dm", "imnm", "asys", "ibm", "pm", "jdm"] if refused else ["dm", "jdm"]
    return _each_once(named, (kind for one in named for kind in sorted(tree.descendants(one))))


def _antibodies(rules: tuple[Eligibility, ...]) -> Iterator[tuple[tuple[str, Result], ...]]:
    """Results that meet the antibody rules: what is required positive, what is excluded negative."""
    parts = [rule.autoantibodies for rule in rules if rule.autoantibodies]
    every = [one for part in parts for one in part.required_all]
    some = [part.required_any for part in parts if part.required_any]
    refused = {one for part in parts for one in part.excluded}
    free = ([one for one in several if _free(one, refused)] or several[:1] for several in some)
    for chosen in product(*(several[:4] for several in free)):
        positive = {_member(one, refused) for one in (*every, *chosen)}
        above = {group for one in positive for group in ab.groups(one)}
        negative = {one for part in parts for rule in part for one in rule} - positive - above
        results: dict[str, Result] = dict.fromkeys(negative, "negative")
        results.update((one, "positive") for one in positive)
        yield tuple(sorted(results.items()))


def _free(one: str, refused: set[str]) -> bool:
    return one not in refused and not ab.groups(one) & refused


def _member(one: str, refused: set[str]) -> str:
    """A concrete antibody of a class, where one is free; the antibody itself otherwise."""
    return next((kind for kind in sorted(ab.members(one)) if not ab.members(kind) and _free(kind, refused)), one)


def _times(rules: tuple[Eligibility, ...], day: date) -> Iterator[tuple[date, Onset | None]]:
    """Births and onsets at the bounds of the rules."""
    lows = [rule.age.min for rule in rules if rule.age and rule.age.min]
    highs = [rule.age.max for rule in rules if rule.age and isinstance(rule.age.max, Span)]
    middle = born(Span(40, "years"), day)
    inside = all(born(span, day) >= middle for span in lows) and all(born(span, day) <= middle for span in highs)
    corners = [*sorted(lows, key=order, reverse=True), *sorted(highs, key=order)]
    usual = [Span(years, "years") for years in (40, 10, 18, 17, 65)]
    asked = [span for rule in rules for span in rule.onset.age or () if span]
    for start in _onsets(rules, day):
        first = [middle] if inside else []  # the corner cases come after a patient well inside
        ages = [born(Span(reached(span).surely, "months"), start) for span in asked] if start else []
        for birth in _each_once(first, (born(one, day) for one in corners), ages, (born(one, day) for one in usual)):
            if born(Span(OLDEST, "years"), day) <= birth <= (start or day):
                yield birth, Onset(start, start) if start else None


def _each_once(*several: Iterable[T]) -> Iterator[T]:
    """Every value once, in order, made when it is asked for: the first patient mostly fits."""
    seen: set[T] = set()
    for one in chain.from_iterable(several):
        if one not in seen:
            seen.add(one)
            yield one


def _onsets(rules: tuple[Eligibility, ...], day: date) -> Iterable[date | None]:
    """Days of onset at the bounds of the rules; none where no rule asks for one."""
    if not any(any(rule.onset) for rule in rules):
        return [None]
    lasting = [rule.onset.since for rule in rules if rule.onset.since]
    longest = max((span for rule in lasting for span in (rule.min, rule.above) if span), key=order, default=None)
    shortest = min((span for rule in lasting for span in (rule.max, rule.below) if span), key=order, default=None)
    starts = [born(span, day) for span in (longest, shortest) if span]
    latest = born(longest, day) if longest else day
    usual = timedelta(days=400)
    earliest = born(shortest, day) if shortest else latest - usual
    if earliest < latest:
        starts.insert(0, earliest + (latest - earliest) // 2)  # well inside, before the corner cases
    near = (one for start in starts for one in (start - timedelta(1), start + timedelta(1)) if one <= day)
    return dict.fromkeys([*starts, *near, day - usual])


def born(span: Span, day: date) -> date:
    """The latest birth by which an age is reached on a day."""
    return date.fromordinal(too_young(int(span.number), span.unit, day) - 1)


_KEYS = {"subtype": "subtypes", "country": "countries"}
"""The keys that have another name than their criterion."""
_OWN = ("subtype", "age", "autoantibodies", "sex", "ild", "refractory", "duration", "onset_age")
"""The criteria that have a key of their own under `eligibility`."""


def nobody_fits(entry: Entry, about: About) -> Iterator[Found]:
    """Nobody can join the trial: no patient could be made whom its criteria admit."""
    trial = entry.trial
    if not concerns_myositis(trial.eligibility):
        return
    witness = fitting(trial, about.day)
    if not witness.fits:
        yield Found(
            _where(witness, ("eligibility",)),
            *_because(("nobody can join this trial", "personne ne peut entrer dans cet essai"), witness),
            "correct the criteria; `not_iim` under `admits` marks a trial recorded for context only",
            "corriger les critères ; `not_iim` sous `admits` marque un essai gardé seulement pour mémoire",
            also=(("eligibility",), ("countries",)),
        )


def _where(witness: Witness, rules: Path) -> Path:
    """The one criterion that fails, or all of them."""
    if len(witness.failing) != 1:
        return rules
    name = witness.failing[0]
    key = _KEYS.get(name, name)
    return ("countries",) if name == "country" else (*rules, key) if name in _OWN else rules


def _because(what: Pair, witness: Witness) -> Pair:
    """That nobody can join, and what the patient who comes nearest fails."""
    names = [f"`{_KEYS.get(name, name)}`" for name in witness.failing]
    return (
        f"{what[0]}: the patient who comes nearest still fails {' and '.join(names)}",
        f"{what[1]} : le patient le plus proche ne remplit pas {' et '.join(names)}",
    )


def dead_cohort(entry: Entry, about: About) -> Iterator[Found]:
    """Nobody can join a cohort: its criteria and the trial's cannot be met together."""
    trial = entry.trial
    if not (trial.cohorts and concerns_myositis(trial.eligibility) and fitting(trial, about.day).fits):
        return
    cohorts = entry.plain.get("cohorts", ())
    usable = [place for place, cohort in enumerate(cohorts) if "name" in cohort and "eligibility" in cohort]
    for number, place in enumerate(usable):
        if not concerns_myositis(trial.cohorts[number].eligibility):
            continue
        witness = fitting(trial, about.day, number)
        if witness.fits:
            continue
        name = trial.cohorts[number].name
        nobody = (f"nobody can join the cohort `{name}`", f"personne ne peut entrer dans la cohorte `{name}`")
        yield Found(
            _where(witness, ("cohorts", place, "eligibility")),
            *_because(nobody, witness),
            "the trial's own criteria hold for every cohort: move what differs into the cohorts",
            "les critères de l'essai valent pour chaque cohorte : écrire dans les cohortes ce qui diffère",
            also=(("eligibility",), ("cohorts", place, "eligibility")),
        )


def idle_criterion(entry: Entry, about: About) -> Iterator[Found]:
    """A bound that excludes nobody: the patient made to fail just there is admitted all the same."""
    trial = entry.trial
    for path, rules in (
        (("eligibility",), trial.eligibility),
        *((("cohorts", n, "eligibility"), c.eligibility) for n, c in enumerate(trial.cohorts)),
    ):
        timed = (("age", rules.age), ("duration", rules.onset.since), ("onset_age", rules.onset.age))
        for key, rule in timed if concerns_myositis(rules) else ():
            if rule is not None and rule.min is not None and asks_nothing(key, rule.min):
                yield Found((*path, key, "min"), "`min` excludes nobody", "`min` n'exclut personne", *_REMOVE)
    for where, id, _, asked in entry.fact_rules:
        if every_value_meets(FACTS[id], asked):
            message = (f"every value of `{id}` meets this rule", f"toute valeur de `{id}` satisfait cette règle")
            yield Found(where, *message, *_REMOVE)


def asks_nothing(key: str, least: Span) -> bool:
    """Whether nobody is below a minimum; an age at onset is known in whole months."""
    return reached(least).never < 1 if key == "onset_age" else order(least) == (0, 0)


_REMOVE = ("correct it, or remove it", "corriger, ou retirer")
