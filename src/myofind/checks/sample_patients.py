"""Patients made to fit a trial, or just to fail one criterion of it, judged by the engine that answers real questions.

A trial for which no patient can be made is a trial nobody can join. The patients are the corner cases of the rules:
the youngest and the oldest, each subtype admitted, the antibodies required and none of those excluded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import islice

from myofind.domain.eligibility import Assessment, assess
from myofind.domain.lengths import order, reached
from myofind.domain.patient import Birth, Onset, Patient, Result
from myofind.domain.trial import CountryRule, Eligibility, Span, Trial
from myofind.names import autoantibodies as ab
from myofind.names import subtypes as tree
from myofind.names.facts import FACTS
from myofind.names.vocabulary import ids
from myofind.records import NamedTuple

OLDEST = 120
"""Years; a trial for older people only is a trial for nobody."""

_ENOUGH = 3
"""Patients tried before one who fits but for the silence of the registry is taken."""

_MOST = 400
"""Patients tried for one trial before it is given up; real trials need one or two."""


class Witness(NamedTuple):
    """A patient and what the engine said; `excluded` where none could be made to fit."""

    patient: Patient
    assessment: Assessment

    @property
    def fits(self) -> bool:
        """Nothing excludes this patient."""
        return self.assessment.verdict != "excluded"

    @property
    def failing(self) -> tuple[str, ...]:
        """The criteria that exclude."""
        return tuple(c.name for c in self.assessment.criteria if c.outcome == "not_met")


def concerns_myositis(rules: Eligibility) -> bool:
    """Whether any inflammatory myopathy is admitted; trials of other diseases are recorded for context only."""
    return rules.subtypes is None or not any(not tree.is_inflammatory(one) for one in rules.subtypes.admits)


def plainly_fits(trial: Trial, place: int | None = None) -> bool:
    """Whether an adult of 40 with one of the usual adult subtypes fits at sight, so that no patient need be made.

    With `place`, the cohort of that number together with its trial. Says nothing where it is false.
    """
    rules = [trial.eligibility, *([trial.cohorts[place].eligibility] if place is not None else [])]
    where = trial.countries
    if where is not None and where.listed and not set(where.listed) - set(where.not_in):
        return False
    return all(map(_plain, rules)) and any(all(_takes(rule, one) for rule in rules) for one in _USUAL)


_USUAL = ("dm", "pm", "imnm", "asys", "ibm")


def _takes(rules: Eligibility, subtype: str) -> bool:
    """Whether some criteria admit a usual subtype, itself or by a broader kind that does not leave it open."""
    if rules.subtypes is None:
        return True
    broader = {subtype} if subtype == "ibm" else {subtype, *tree.ancestors(subtype)}
    return not broader.isdisjoint(rules.subtypes.admits) and {subtype, *tree.ancestors(subtype)}.isdisjoint(
        rules.subtypes.excludes
    )


def _plain(rules: Eligibility) -> bool:
    """Whether nothing in some criteria depends on anything but itself, and a patient of 40 is of the age asked for."""
    antibodies, branches = rules.autoantibodies, [*rules.any_of, *(one for some in rules.at_least for one in some.of)]
    low, high = (rules.age.min, rules.age.max) if rules.age is not None else (None, None)
    return (
        (antibodies is None or not antibodies.excluded or not (antibodies.required_any or antibodies.required_all))
        and all(one.subtypes is None and one.age is None and one.autoantibodies is None for one in branches)
        and not any(_given_away(id, rules.sex) for one in (rules, *branches) for id, _ in one.facts)
        and rules.duration is None
        and rules.onset_age is None
        and (low is None or (low.unit == "years" and low.number <= _MIDDLE))
        and (not isinstance(high, Span) or (high.unit == "years" and high.number >= _MIDDLE))
    )


@cache
def _given_away(id: str, sex: str | None) -> bool:
    """Whether a usual patient of 40 whose facts nobody stated gives a fact away all the same."""
    for reason in FACTS[id].implied_by:
        others = set(reason) - {"value", "facts"}
        apart = (
            ("facts" in reason)
            or not set(reason.get("subtypes", _USUAL)) & set(_USUAL)
            or reason.get("sex", sex) != sex
            or reason.get("age", {}).get("max", _MIDDLE) < _MIDDLE
        )
        if others and not apart:
            return True
    return False


_MIDDLE = 40


def somebody_fits(trial: Trial, day: date, place: int | None = None) -> bool:
    """Whether a patient may join a trial (its cohorts left aside), or one of its cohorts: at sight, or by the first who does."""
    if plainly_fits(trial, place):
        return True
    parts = [trial.eligibility, *([trial.cohorts[place].eligibility] if place is not None else [])]
    return _somebody(tuple(one._replace(check_by_hand=(), coverage=None) for one in parts), trial.countries, day)


@lru_cache(maxsize=16384)
def _somebody(rules: tuple[Eligibility, ...], countries: CountryRule | None, day: date) -> bool:
    trial = _bare(rules, countries)
    patients = islice(_candidates(rules, countries, day), _MOST)
    return any(assess(patient, trial, day).verdict != "excluded" for patient in patients)


def _bare(rules: tuple[Eligibility, ...], countries: CountryRule | None) -> Trial:
    """A trial that is nothing but its criteria, with one cohort where there are two sets of them."""
    from myofind.domain.trial import Cohort

    trial = Trial("", "interventional", eligibility=rules[0], countries=countries)
    return trial._replace(cohorts=(Cohort("", rules[1]),)) if len(rules) > 1 else trial


def fitting(trial: Trial, day: date) -> Witness:
    """A patient who may join a trial (its cohorts left aside), or the one who comes nearest."""
    return _fitting((trial.eligibility._replace(check_by_hand=(), coverage=None),), trial.countries, day)


def fitting_cohort(trial: Trial, place: int, day: date) -> Witness:
    """A patient who may join one cohort, or the one who comes nearest."""
    shared = trial.eligibility._replace(check_by_hand=(), coverage=None)
    own = trial.cohorts[place].eligibility._replace(check_by_hand=(), coverage=None)
    return _fitting((shared, own), trial.countries, day)


@lru_cache(maxsize=16384)
def _fitting(rules: tuple[Eligibility, ...], countries: CountryRule | None, day: date) -> Witness:
    trial = _bare(rules, countries)
    best: Witness | None = None
    for number, patient in enumerate(_candidates(rules, countries, day)):
        found = Witness(patient, assess(patient, trial, day))
        if found.assessment.verdict == "match":
            return found
        if best is None or _distance(found) < _distance(best):
            best = found
        if number >= _MOST or (number >= _ENOUGH and best.fits):
            break
    assert best is not None
    return best


def _distance(witness: Witness) -> tuple[int, int]:
    outcomes = [criterion.outcome for criterion in witness.assessment.criteria]
    return outcomes.count("not_met"), outcomes.count("unknown")


# Patients who fit -----------------------------------------------------------------------------------------------------


def _candidates(rules: tuple[Eligibility, ...], countries: CountryRule | None, day: date) -> Iterator[Patient]:
    sex = next((one.sex for one in reversed(rules) if one.sex in ("female", "male")), "female")
    ild = next((one.ild == "required" for one in reversed(rules) if one.ild in ("required", "excluded")), None)
    refractory = next(
        (one.refractory == "required" for one in reversed(rules) if one.refractory in ("required", "excluded")), None
    )
    where = _country(countries)
    for antibodies in _antibodies(rules):
        for birth, onset in _times(rules, day):
            for subtype in _subtypes(rules):
                yield Patient(
                    (subtype,), Birth(birth, birth), antibodies, where, "male" if sex == "male" else "female", ild,
                    refractory, onset,
                )  # fmt: skip


def _country(rule: CountryRule | None) -> tuple[str, ...]:
    if rule is not None and rule.listed:
        return (next((one for one in rule.listed if one not in rule.not_in), rule.listed[0]),)
    refused = rule.not_in if rule else ()
    return (next(one for one in ("FR", "US", "JP", *sorted(ids("countries"))) if one not in refused),)


def _subtypes(rules: tuple[Eligibility, ...]) -> Iterable[str]:
    """Every admitted subtype, of the cohort first, then the kinds below them."""
    named = [one for rule in reversed(rules) if rule.subtypes for one in rule.subtypes.admits]
    if not named:
        refused = [one for rule in rules if rule.subtypes for one in rule.subtypes.excludes]
        return ["dm", "imnm", "asys", "ibm", "pm", "jdm"] if refused else ["dm", "jdm"]
    below = (kind for one in named for kind in sorted(tree.descendants(one)))
    return dict.fromkeys([*named, *below])


def _antibodies(rules: tuple[Eligibility, ...]) -> Iterator[tuple[tuple[str, Result], ...]]:
    """Results that meet the antibody rules: what is required positive, what is excluded negative."""
    parts = [rule.autoantibodies for rule in rules if rule.autoantibodies]
    every = [one for part in parts for one in part.required_all]
    some = [part.required_any for part in parts if part.required_any]
    refused = {one for part in parts for one in part.excluded}
    for chosen in _choices(some, refused):
        positive = {_member(one, refused) for one in (*every, *chosen)}
        above = {group for one in positive for group in ab.groups(one)}
        negative = {one for part in parts for rule in part for one in rule} - positive - above
        results: dict[str, Result] = dict.fromkeys(negative, "negative")
        results.update((one, "positive") for one in positive)
        yield tuple(sorted(results.items()))


def _choices(some: list[tuple[str, ...]], refused: set[str]) -> Iterator[tuple[str, ...]]:
    if not some:
        yield ()
        return
    first, *rest = some
    free = [one for one in first if _free(one, refused)] or list(first[:1])
    for one in free[:4]:
        for others in _choices(rest, refused):
            yield (one, *others)


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
    births = [middle] if inside else []  # the corner cases come after a patient well inside
    births += [born(span, day) for span in sorted(lows, key=order, reverse=True)]
    births += [born(span, day) for span in sorted(highs, key=order)]
    defaults = [born(Span(years, "years"), day) for years in (40, 10, 18, 17, 65)]
    timed = [rule for rule in rules if rule.duration or rule.onset_age]
    if not timed:
        for birth in dict.fromkeys(births + defaults):
            if birth >= born(Span(OLDEST, "years"), day):
                yield birth, None
        return
    lasting = [rule.duration for rule in timed if rule.duration]
    longest = max((span for rule in lasting for span in (rule.min, rule.above) if span), key=order, default=None)
    shortest = min((span for rule in lasting for span in (rule.max, rule.below) if span), key=order, default=None)
    starts = [born(span, day) for span in (longest, shortest) if span]
    latest = born(longest, day) if longest else day
    earliest = born(shortest, day) if shortest else latest - timedelta(days=400)
    if earliest < latest:
        starts.insert(0, earliest + (latest - earliest) // 2)  # well inside, before the corner cases
    ages = [reached(span).surely for rule in timed if rule.onset_age for span in rule.onset_age if span]
    for start in dict.fromkeys(
        [
            *starts,
            *(near for s in starts for near in (s - timedelta(1), s + timedelta(1)) if near <= day),
            day - timedelta(days=400),
        ]
    ):
        for birth in dict.fromkeys([*births, *(born(Span(m, "months"), start) for m in ages), *defaults]):
            if born(Span(OLDEST, "years"), day) <= birth <= start:
                yield birth, Onset(start, start)


def born(span: Span, day: date) -> date:
    """The latest birth by which an age is reached on a day."""
    if span.unit in ("days", "weeks"):
        return day - timedelta(days=min(int(span.number) * (7 if span.unit == "weeks" else 1), 200 * 365))
    total = day.year * 12 + day.month - 1 - int(span.number) * (12 if span.unit == "years" else 1)
    if total < 12 * 1000:
        return date(1000, 1, 1)
    year, month = divmod(total, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month + 1, last)
            except ValueError:
                continue
    return date(year, month + 1, 28)
