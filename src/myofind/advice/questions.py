"""Which missing fact would settle the most: exact over the recorded criteria, whatever the answer turns out to be.

A fact *settles* a trial that is `possible` when, for every value the fact may take, the trial is no longer possible:
each answer makes it a match or excludes it. It *may settle* a trial when at least one value does. A value is a full
answer: an antibody positive or negative, a birth date or a day of onset to the day, an age at onset to the month, one
country, one kind of myositis. "Borderline", "not tested" and "about 50" are no answers. The antibodies asked about are those
that the open rules name, and the members of the classes they name.

The values of a fact are told apart only where a rule does: between two neighbouring bounds of the recorded rules every
birth date gives the same verdicts, so one of them stands for all.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from myofind.advice.fact_questions import Answer, answers_on, bearing, names_on, open_facts, parts, treatment_answers
from myofind.domain.ages import add_age
from myofind.domain.antibody_relatives import emptied, relatives
from myofind.domain.eligibility import CRITERIA, antibody_state, juvenile, onset_months
from myofind.domain.known_facts import known_facts, telling_antibodies
from myofind.domain.patient import Birth, Onset, Patient, When
from myofind.domain.rules import DayRule, SpanRule
from myofind.domain.turning_points import OLDEST, birth_breaks, not_yet, onset_age_breaks, onset_breaks
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Index, Judged
from myofind.names import autoantibodies as ab
from myofind.names import subtypes as tree
from myofind.names.facts import FACTS

Fact = str
"""What can be asked, by the keys of a profile: `age`, `refractory` …; antibodies are `autoantibodies.` and the id."""

_FIRST = ("subtypes", "age", "autoantibodies", "countries", "refractory", "ild", "onset_age", "onset", "sex")
ORDER = (*_FIRST, *(id for id in FACTS if id not in _FIRST), "treatments")
"""Among questions that settle as much, the one asked first."""

ELSEWHERE = "elsewhere"
"""The value of a country that no rule names."""


DERIVED = ("background_count", "cell_therapy", "steroid_dose", "steroid_stable", "transplant")
"""Facts that a list of treatments may give away."""

EVERY: Bits = -1
"""Every trial: as a set of bits, minus one holds all places."""


class Value(NamedTuple):
    """A value, or every value between two, and what it makes of the trials that are possible now."""

    value: str
    match: Bits
    excluded: Bits
    until: str | None = None


class Question(NamedTuple):
    """A missing fact: the trials it settles whatever the answer, those it may settle, and each answer's effect."""

    fact: Fact
    settles: Bits
    may: Bits
    values: tuple[Value, ...]

    @property
    def kind(self) -> str:
        """The fact, antibodies together."""
        return self.fact.partition(".")[0]


class _Asked(NamedTuple):
    """What is common to all questions: the rules that matter, the patient, and what is known now."""

    table: Index
    patient: Patient
    day: date
    possible: Bits
    base: Judged
    reach: Bits
    """The possible trials and their cohorts."""
    by_onset: dict[bool | None, tuple[Bits, Bits]]
    """What the subtype fails and leaves open, by whether the disease began before 18."""


def questions(
    table: Index, patient: Patient, day: date, judged: Judged, possible: Bits, first: Bits = 0
) -> tuple[Question, ...]:
    """The facts that may settle some of the trials that are possible now, most deciding first.

    `judged` is what is known now (`index.judged`). Ranked by trials settled among `first` (the open ones), then among all; then by those they may settle, in the same
    order; then as clinicians ask.
    """
    if not possible:
        return ()
    by_onset: dict[bool | None, tuple[Bits, Bits]] = {juvenile(patient, day): judged["subtype"]}
    asked = _Asked(
        sets.within(table, possible), patient, day, possible, judged, sets.with_cohorts(table, possible), by_onset
    )
    found = [one for one in _every(asked) if one.may]
    first = first or possible
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -(one.settles & first).bit_count(), -one.settles.bit_count(),
                -(one.may & first).bit_count(), -one.may.bit_count(),
                ORDER.index(one.kind), one.fact,
            ),
        )
    )  # fmt: skip


def _every(asked: _Asked) -> Iterator[Question]:
    patient, rules = asked.patient, asked.table.rules
    yield from _subtypes(asked)
    if patient.birth is None or patient.birth.earliest != patient.birth.latest:
        yield from _birth(asked)
    yield from _antibodies(asked)
    if not patient.countries and "country" in rules:
        yield _countries(asked)
    names = tuple(name for name in ("sex", *names_on(asked.table, "sex")) if name in rules)
    if patient.sex is None and any(asked.base[name][1] for name in names):
        options = [(word, patient._replace(sex=word)) for word in ("female", "male")]
        yield _choices(asked, "sex", names, options)
    yield from _onset(asked)
    yield from _facts(asked)
    yield from _treatments(asked)


def _facts(asked: _Asked) -> Iterator[Question]:
    """The facts of the table that open rules look at."""
    for id in open_facts(asked.table, asked.patient, asked.day):
        names = bearing(asked.table, id)
        if any(asked.base[name][1] & asked.reach for name in names):
            yield _of_answers(asked, id, names, answers_on(asked.table, id, asked.patient, asked.day))


def _treatments(asked: _Asked) -> Iterator[Question]:
    """The drugs that open rules on treatments name."""
    judge = CRITERIA["treatments"]
    open_drugs: set[str] = set()
    for rule, _ in asked.table.rules.get("treatments", ()):
        told = judge(rule, asked.patient, asked.day)
        open_drugs |= set(told.facts) & set(rule.any) if told.outcome == "unknown" else set()
    names = ("treatments", *(id for id in DERIVED if id in asked.table.rules), *names_on(asked.table, *DERIVED))
    for drug in sorted(open_drugs):
        answers = treatment_answers(asked.table, drug, asked.patient, asked.day)
        yield _of_answers(asked, f"treatments.{drug}", tuple(dict.fromkeys(names)), answers)


def _of_answers(asked: _Asked, fact: Fact, names: tuple[str, ...], answers: Iterable[Answer]) -> Question:
    """A question from its full answers, each judged."""
    failed, unsure = sets.total(asked.base, *names)

    def effects() -> Iterator[tuple[str, str | None, Bits, Bits]]:
        for answer in answers:
            no, maybe = failed, unsure
            for name in names:
                more_no, more_maybe = sets.outcomes(asked.table, name, answer.patient, asked.day)
                no |= more_no
                maybe |= more_maybe
            yield answer.value, answer.until, no, maybe

    return _question(asked, fact, effects())


# One answer after the other -------------------------------------------------------------------------------------------


def _question(asked: _Asked, fact: Fact, answers: Iterable[tuple[str, str | None, Bits, Bits]]) -> Question:
    """A question from its answers: value, last value of a range, and what then fails and stays unsure."""
    settles, may, values = asked.possible, 0, []
    known: dict[tuple[Bits, Bits], tuple[Bits, Bits]] = {}
    for value, until, failed, unsure in answers:
        key = (failed, unsure)
        if key not in known:
            then = sets.combine(asked.table, failed, unsure)
            known[key] = (then.match & asked.possible, then.excluded & asked.possible)
        match, excluded = known[key]
        settles &= match | excluded
        may |= match | excluded
        values.append(Value(value, match, excluded, until))
    return Question(fact, settles if values else 0, may, tuple(values))


def _choices(
    asked: _Asked, fact: Fact, names: tuple[str, ...], options: Iterable[tuple[str, Patient]], last: str | None = None
) -> Question:
    """A fact with a few values, each judged."""
    failed, unsure = sets.total(asked.base, *names)

    def answers() -> Iterator[tuple[str, str | None, Bits, Bits]]:
        for value, patient in options:
            no, maybe = failed, unsure
            for name in names:
                more_no, more_maybe = sets.outcomes(asked.table, name, patient, asked.day)
                no |= more_no
                maybe |= more_maybe
            yield value, None, no, maybe

    return _question(asked, fact, answers())


def kinds(patient: Patient, day: date) -> tuple[str, ...]:
    """The full answers to "which kind of myositis": the finest kinds of what is stated, or of any myositis.

    Juvenile forms are told apart by the age at onset, which is a question of its own: they are answers only to a
    patient whose stated form is juvenile, or where nothing is stated.
    """
    if not patient.subtypes:
        wanted = tuple(one for one in tree.descendants("iim") if not tree.descendants(one) - _juvenile())
        grown = juvenile(patient, day) is False
        return (*sorted(one for one in wanted if not (grown and one in _juvenile())), "not_iim")
    found = set()
    for stated in patient.subtypes:
        others = frozenset() if stated in _juvenile() else _juvenile()
        found |= {
            one
            for one in tree.descendants(stated) | {stated}
            if one not in others and not tree.descendants(one) - others
        }
    return tuple(sorted(found))


def _juvenile() -> frozenset[str]:
    return tree.APART["juvenile"]


def _subtypes(asked: _Asked) -> Iterator[Question]:
    patient = asked.patient
    answers = kinds(patient, asked.day)
    if patient.subtypes and set(answers) <= {patient.subtypes[0]}:
        return
    names = tuple(dict.fromkeys(("subtype", *names_on(asked.table, "subtype"), *_with_statins(asked))))
    yield _choices(asked, "subtypes", names, [(one, patient._replace(subtypes=(one,))) for one in answers])


def _with_statins(asked: _Asked) -> tuple[str, ...]:
    """Rules on treatments look at the diagnosis where a list of treatments was typed."""
    return ("treatments",) if asked.patient.treatments and "treatments" in asked.table.rules else ()


# Countries: one set operation a country -------------------------------------------------------------------------------


def _countries(asked: _Asked) -> Question:
    failed, unsure = sets.total(asked.base, "country")
    ruled = incomplete = 0
    listed: dict[str, Bits] = {}
    barred: dict[str, Bits] = {}
    for rule, bits in asked.table.rules["country"]:
        if not (rule.listed or rule.not_in):
            continue
        ruled |= bits
        if not rule.complete:
            incomplete |= bits
        for one in rule.listed:
            listed[one] = listed.get(one, 0) | bits
        for one in rule.not_in:
            barred[one] = barred.get(one, 0) | bits

    def answers() -> Iterator[tuple[str, str | None, Bits, Bits]]:
        for one in (*sorted(listed.keys() | barred.keys()), ELSEWHERE):
            met = listed.get(one, 0)
            maybe = incomplete & ~barred.get(one, 0) & ~met
            yield one, None, failed | (ruled & ~met & ~maybe), unsure | maybe

    return _question(asked, "countries", answers())


# Antibodies -----------------------------------------------------------------------------------------------------------


@cache
def _suspicious() -> tuple[str, ...]:
    """The facts that a positive antibody makes unsafe to presume."""
    return tuple(id for id, row in FACTS.items() if any("antibodies" in one for one in (*row.unless, *row.implied_by)))


def _antibodies(asked: _Asked) -> Iterator[Question]:
    patient, judge = asked.patient, CRITERIA["autoantibodies"]
    rules = asked.table.rules.get("autoantibodies", ())
    open_rules = [(rule, bits, {one for part in rule for one in part}) for rule, bits in rules]
    wanted: set[str] = set()
    for rule, _, _ in open_rules:
        outcome = judge(rule, patient, asked.day)
        if outcome.outcome == "unknown":
            wanted.update(outcome.facts)
    if not wanted:
        return
    named = {one for _, _, names in open_rules for one in names}
    results = dict(patient.antibodies)
    branching = names_on(asked.table, "autoantibodies")
    suspicious = tuple(name for name in (*_suspicious(), "treatments") if name in asked.table.rules)
    failed, unsure = sets.total(asked.base, "autoantibodies", *branching, *suspicious)
    kept: dict[str, Bits] = {}

    def question(one: str) -> Question:
        def answers() -> Iterator[tuple[str, str | None, Bits, Bits]]:
            for result in ("positive", "negative"):
                then = patient._replace(antibodies=tuple(sorted({**results, one: result}.items())))
                no, maybe = failed, unsure
                tells = result == "positive" and bool({one, *ab.groups(one)} & set(telling_antibodies()))
                for name in dict.fromkeys((*branching, *suspicious)):
                    judged_anew = tells or name in branching
                    more = sets.outcomes(asked.table, name, then, asked.day) if judged_anew else asked.base[name]
                    no |= more[0]
                    maybe |= more[1]
                for rule, bits, names in open_rules:
                    person = then if any(one in relatives(each) for each in names) else patient
                    outcome = judge(rule, person, asked.day).outcome
                    if outcome == "not_met":
                        no |= bits
                    elif outcome == "unknown":
                        maybe |= bits
                yield result, None, no, maybe

        return _question(asked, f"autoantibodies.{one}", answers())

    for one in sorted(wanted):
        found = question(one)
        kept[one] = found.may
        yield found
    # A member of a class is a question of its own only where its answer decides something the class's does not; members
    # that stand alike towards the classes asked about decide alike.
    alike: dict[Any, Question] = {}
    for one in sorted({member for group in wanted for member in ab.members(group)} - wanted):
        if antibody_state(one, patient.antibodies) in ("positive", "negative"):
            continue
        key = (ab.groups(one) & named, (ab.members(one) | {one}) & named, emptied(one, patient, named))
        if key not in alike:
            alike[key] = question(one)
        found = alike[key]
        above = 0
        for each in ab.groups(one) & wanted:
            above |= kept[each]
        if found.settles or found.may & ~above:
            yield found._replace(fact=f"autoantibodies.{one}")


# Days and months: one value between two neighbouring bounds -----------------------------------------------------------

Breaks = Callable[[str, Any, int, int], Iterable[int]]
"""The values from `low` to `high` at which a criterion's rule may change its answer."""


def _sweep(
    asked: _Asked,
    fact: Fact,
    names: tuple[str, ...],
    low: int,
    high: int,
    patient_at: Callable[[int], Patient],
    breaks: Breaks,
    words: Callable[[int], str],
) -> Question:
    """A fact with ordered values: every rule is judged once between two of its own bounds."""
    failed, unsure = sets.total(asked.base, *names)
    changes: dict[int, list[tuple[str, Bits, Bits, Bits]]] = {}
    people: dict[int, Patient] = {}

    def starts(name: str, rule: Any) -> list[int]:
        found = sorted({low, *(at for at in breaks(name, rule, low, high) if low < at <= high)})
        for start in found:
            if start not in people:
                people[start] = patient_at(start)
        return found

    for name in names:
        judge = CRITERIA[name]
        if name == "subtype":
            for start in starts(name, None):
                no, maybe = _by_onset(asked, people[start])
                changes.setdefault(start, []).append((name, EVERY, no, maybe))
            continue
        for rule, bits in asked.table.rules.get(name, ()):
            for start in starts(name, rule):
                outcome = judge(rule, people[start], asked.day).outcome
                no, maybe = bits if outcome == "not_met" else 0, bits if outcome == "unknown" else 0
                changes.setdefault(start, []).append((name, bits, no, maybe))

    def answers() -> Iterator[tuple[str, str | None, Bits, Bits]]:
        no, maybe = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
        found = sorted(changes)
        for place, start in enumerate(found):
            for name, bits, more_no, more_maybe in changes[start]:
                no[name] = no[name] & ~bits | more_no
                maybe[name] = maybe[name] & ~bits | more_maybe
            all_no, all_maybe = failed, unsure
            for name in names:
                all_no |= no[name]
                all_maybe |= maybe[name]
            end = found[place + 1] - 1 if place + 1 < len(found) else high
            yield words(start), words(end), all_no, all_maybe

    return _question(asked, fact, answers())


def _by_onset(asked: _Asked, patient: Patient) -> tuple[Bits, Bits]:
    """The subtype's outcomes; birth and onset bear on them only through "before 18"."""
    young = juvenile(patient, asked.day)
    if young not in asked.by_onset:
        asked.by_onset[young] = sets.outcomes(asked.table, "subtype", patient, asked.day)
    return asked.by_onset[young]


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _oldest(day: date) -> int:
    return date(day.year - OLDEST, day.month, 1).toordinal()


def _birth(asked: _Asked) -> Iterator[Question]:
    patient, day = asked.patient, asked.day
    onset = patient.onset
    looking = names_on(asked.table, "subtype", "age", "duration", "onset", "onset_age")
    names = ("subtype", "age", "duration", "onset_age", *looking, *_aged(asked))
    low, high = _oldest(day), day.toordinal()
    if patient.birth:
        low, high = patient.birth.earliest.toordinal(), patient.birth.latest.toordinal()
        ends = {juvenile(patient._replace(birth=Birth(born, born)), day) for born in patient.birth}
        if len(ends) == 1 and not any(asked.base.get(name, (0, 0))[1] for name in names[1:]):
            return  # what is decided for all possible births is decided alike for each of them
    if onset and onset.latest:
        high = min(high, onset.latest.toordinal())
    if onset and onset.youngest_months is not None:
        high = min(high, not_yet(onset.youngest_months, "months", day, low, high) - 1)
    if low > high:
        return
    yield _sweep(
        asked, "age", names, low, high,
        lambda born: patient._replace(birth=Birth(date.fromordinal(born), date.fromordinal(born))),
        lambda name, rule, first, last: [
            *(at for part, own in _parts(name, rule) for at in birth_breaks(part, own, onset, day, first, last)),
            *_ages_then(asked, name, rule, first, last),
        ],
        _iso,
    )  # fmt: skip


def _parts(name: str, rule: Any) -> Iterator[tuple[str, Any]]:
    """What a criterion looks at, an onset by the names of its two criteria."""
    for part, own in parts(name, rule):
        if part == "onset" and isinstance(own, DayRule):
            if own.since:
                yield "duration", own.since
            if own.age:
                yield "onset_age", own.age
        else:
            yield part, own


def _aged(asked: _Asked) -> tuple[str, ...]:
    """Criteria on the age on a day that is a fact of its own."""
    return tuple(name for name, rules in asked.table.rules.items() if any(_age_rules(name, rule) for rule, _ in rules))


def _age_rules(name: str, rule: Any) -> list[tuple[str, SpanRule]]:
    return [
        (part, own.age) for part, own in parts(name, rule) if isinstance(own, DayRule) and own.age and part != "onset"
    ]


def _ages_then(asked: _Asked, name: str, rule: Any, low: int, high: int) -> Iterator[int]:
    for part, bounds in _age_rules(name, rule):
        then = known_facts(asked.patient, asked.day).get(part)
        if isinstance(then, When):
            yield from birth_breaks("onset_age", bounds, Onset(then.first, then.last), asked.day, low, high)


def _onset(asked: _Asked) -> Iterator[Question]:
    """When the disease began, as a day, and as an age: each settles what the other may leave open."""
    names = ("subtype", "duration", "onset_age", *names_on(asked.table, "subtype", "duration", "onset", "onset_age"))
    patient, day = asked.patient, asked.day
    onset, birth = patient.onset or Onset(), patient.birth
    if onset.youngest_months is None or onset.oldest_months != onset.youngest_months:
        low, high = 0, OLDEST * 12
        if onset.youngest_months is not None and onset.oldest_months is not None:
            low, high = onset.youngest_months, onset.oldest_months
        elif onset.earliest and birth:
            low, high = onset_months(patient) or (low, high)
        if birth:
            high = min(high, (day.year - birth.earliest.year) * 12 + day.month - birth.earliest.month)
            high -= add_age(birth.earliest, max(high, 0), "months") > day
        if low <= high:
            yield _sweep(
                asked, "onset_age", names, low, high,
                lambda months: patient._replace(onset=onset._replace(youngest_months=months, oldest_months=months)),
                lambda name, rule, first, last: [
                    at for part, own in _parts(name, rule) for at in onset_age_breaks(part, own, patient, day, first, last)
                ],
                str,
            )  # fmt: skip
    if onset.earliest is None or onset.earliest != onset.latest:
        low, high = birth.earliest.toordinal() if birth else _oldest(day), day.toordinal()
        if onset.earliest and onset.latest:
            low, high = onset.earliest.toordinal(), onset.latest.toordinal()
        elif birth and onset.youngest_months is not None and onset.oldest_months is not None:
            low = add_age(birth.earliest, onset.youngest_months, "months").toordinal()
            last = add_age(birth.latest, onset.oldest_months + 1, "months") - timedelta(days=1)
            high = min(high, last.toordinal())
        if low <= high:
            yield _sweep(
                asked, "onset", names, low, high,
                lambda began: patient._replace(
                    onset=onset._replace(earliest=date.fromordinal(began), latest=date.fromordinal(began))
                ),
                lambda name, rule, first, last: [
                    at for part, own in _parts(name, rule) for at in onset_breaks(part, own, patient, day, first, last)
                ],
                _iso,
            )  # fmt: skip
