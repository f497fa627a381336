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

from myofind.advice.fact_questions import Answer, Looks, answers_on, open_facts, parts, treatment_answers
from myofind.domain.ages import add_age
from myofind.domain.antibody_relatives import emptied, relatives
from myofind.domain.eligibility import CRITERIA, antibody_state, juvenile, onset_months
from myofind.domain.known_facts import known_facts, telling_antibodies
from myofind.domain.patient import Birth, Onset, Patient, When
from myofind.domain.patient_facts import Childhood, childhood
from myofind.domain.readings import readings
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
    looks: Looks
    by_onset: dict[Childhood, tuple[Bits, Bits]]
    """What the subtype fails and leaves open, by whether the disease began before 18."""
    under: int = 0
    """Which of several diagnoses is asked about."""
    diagnoses: tuple["_Asked", ...] = ()
    """The same for each of several diagnoses, where `patient` is the whole patient."""

    def person(self, whole: Patient) -> Patient:
        """A patient of another answer, under the same diagnosis."""
        return readings(whole)[self.under]


def questions(
    table: Index, patient: Patient, day: date, judged: Judged, possible: Bits, first: Bits = 0
) -> tuple[Question, ...]:
    """The facts that may settle some of the trials that are possible now, most deciding first.

    `judged` is what is known now (`index.judged`). Ranked by trials settled among `first` (the open ones), then among all; then by those they may settle, in the same
    order; then as clinicians ask.
    """
    if not possible:
        return ()
    table = sets.within(table, possible)
    reach = sets.with_cohorts(table, possible)
    asked = _Asked(table, patient, day, possible, judged, reach, Looks(table), {})
    found = [one for one in _every(_under_each(asked)) if one.may]
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


def _under_each(asked: _Asked) -> _Asked:
    """What is asked, with what is known under each of several diagnoses; open is then what any of them leaves open."""
    people = readings(asked.patient)
    if len(people) == 1:
        return asked._replace(patient=people[0], diagnoses=(asked._replace(patient=people[0]),))
    every = [sets.judged_alone(asked.table, one, asked.day) for one in people]
    diagnoses = tuple(
        asked._replace(patient=one, base=base, by_onset={}, under=place)
        for place, (one, base) in enumerate(zip(people, every, strict=True))
    )
    merged = {name: (0, _union(base[name][1] for base in every)) for name in every[0]}
    return asked._replace(base=merged, diagnoses=diagnoses)


def _union(parts: Iterable[Bits]) -> Bits:
    union = 0
    for part in parts:
        union |= part
    return union


def _every(asked: _Asked) -> Iterator[Question]:
    patient, rules = asked.patient, asked.table.rules
    yield from _subtypes(asked)
    if patient.birth is None or patient.birth.earliest != patient.birth.latest:
        yield from _birth(asked)
    yield from _antibodies(asked)
    if not patient.countries and "country" in rules:
        yield _countries(asked)
    names = tuple(name for name in ("sex", *asked.looks.names_on("sex")) if name in rules)
    if patient.sex is None and any(asked.base[name][1] for name in names):
        options = [(word, patient._replace(sex=word)) for word in ("female", "male")]
        yield _choices(asked, "sex", names, options)
    yield from _onset(asked)
    yield from _facts(asked)
    yield from _treatments(asked)


def _facts(asked: _Asked) -> Iterator[Question]:
    """The facts of the table that open rules look at."""
    for id in open_facts(asked.looks, asked.patient, asked.day):
        names = asked.looks.bearing(id)
        if any(asked.base[name][1] & asked.reach for name in names):
            yield _of_answers(asked, id, (id,), names, answers_on(asked.looks, id, asked.patient, asked.day))


def _treatments(asked: _Asked) -> Iterator[Question]:
    """The drugs that open rules on treatments name."""
    judge = CRITERIA["treatments"]
    open_drugs: set[str] = set()
    for rule, _ in asked.table.rules.get("treatments", ()):
        told = judge(rule, asked.patient, asked.day)
        open_drugs |= set(told.facts) & set(rule.any) if told.outcome == "unknown" else set()
    names = ("treatments", *(id for id in DERIVED if id in asked.table.rules), *asked.looks.names_on(*DERIVED))
    for drug in sorted(open_drugs):
        answers = treatment_answers(asked.looks, drug, asked.patient, asked.day)
        yield _of_answers(asked, f"treatments.{drug}", DERIVED, tuple(dict.fromkeys(names)), answers)


def _of_answers(
    asked: _Asked, fact: Fact, changed: tuple[str, ...], names: tuple[str, ...], answers: Iterable[Answer]
) -> Question:
    """A question from its full answers: only rules that look at a fact that changes are judged anew."""
    listed = tuple(answers)

    def effects(one: _Asked) -> Iterator[Effect]:
        failed, unsure = sets.total(one.base, *names)
        live: list[tuple[str, Any, Bits]] = []
        for name in names:
            for place, (rule, bits) in enumerate(one.table.rules[name]):
                if name not in one.looks.rules or any(one.looks.looks_at(name, place, id) for id in changed):
                    live.append((name, rule, bits))
                    continue
                no, maybe = _as_bits(CRITERIA[name](rule, one.patient, one.day).outcome, bits)
                failed |= no
                unsure |= maybe
        for answer in listed:
            person = one.person(answer.patient)
            all_no, all_maybe = failed, unsure
            for name, rule, bits in live:
                no, maybe = _as_bits(CRITERIA[name](rule, person, one.day).outcome, bits)
                all_no |= no
                all_maybe |= maybe
            yield answer.value, answer.until, all_no, all_maybe

    return _question(asked, fact, effects)


def _as_bits(outcome: str, bits: Bits) -> tuple[Bits, Bits]:
    """The trials of a rule as those it fails and those where it cannot tell."""
    return bits if outcome == "not_met" else 0, bits if outcome == "unknown" else 0


# One answer after the other -------------------------------------------------------------------------------------------


Effect = tuple[str, str | None, Bits, Bits]
"""A value, the last value of a range, and what then fails and stays unsure."""


def _question(asked: _Asked, fact: Fact, effects: Callable[[_Asked], Iterable[Effect]]) -> Question:
    """A question from the effects of its answers under each diagnosis; a trial has its best verdict of them."""
    settles, may, values = asked.possible, 0, []
    known: dict[tuple[tuple[Bits, Bits], ...], tuple[Bits, Bits]] = {}
    for answer in zip(*map(effects, asked.diagnoses), strict=True):
        key = tuple((failed, unsure) for _, _, failed, unsure in answer)
        if key not in known:
            then = sets.best(sets.combine(asked.table, *outcome) for outcome in key)
            known[key] = (then.match & asked.possible, then.excluded & asked.possible)
        match, excluded = known[key]
        settles &= match | excluded
        may |= match | excluded
        values.append(Value(answer[0][0], match, excluded, answer[0][1]))
    return Question(fact, settles if values else 0, may, tuple(values))


def _choices(asked: _Asked, fact: Fact, names: tuple[str, ...], options: Iterable[tuple[str, Patient]]) -> Question:
    """A fact with a few values, each judged."""
    listed = tuple(options)

    def effects(one: _Asked) -> Iterator[Effect]:
        failed, unsure = sets.total(one.base, *names)
        for value, patient in listed:
            person = one.person(patient)
            no, maybe = failed, unsure
            for name in names:
                more_no, more_maybe = sets.outcomes(one.table, name, person, one.day)
                no |= more_no
                maybe |= more_maybe
            yield value, None, no, maybe

    return _question(asked, fact, effects)


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
    options = [(one, patient._replace(subtypes=(one,))) for one in answers]
    if len(asked.diagnoses) > 1:
        yield _choices(asked._replace(diagnoses=(asked,)), "subtypes", tuple(asked.base), options)
        return
    onset = ("onset_age",) if "onset_age" in asked.table.rules else ()
    looking = asked.looks.names_on("subtype", "onset")
    yield _choices(
        asked, "subtypes", tuple(dict.fromkeys(("subtype", *onset, *looking, *_with_statins(asked)))), options
    )


def _with_statins(asked: _Asked) -> tuple[str, ...]:
    """Rules on treatments look at the diagnosis where a list of treatments was typed."""
    return ("treatments",) if asked.patient.treatments and "treatments" in asked.table.rules else ()


# Countries: one set operation a country -------------------------------------------------------------------------------


def _countries(asked: _Asked) -> Question:
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

    def effects(one: _Asked) -> Iterator[Effect]:
        failed, unsure = sets.total(one.base, "country")
        for code in (*sorted(listed.keys() | barred.keys()), ELSEWHERE):
            met = listed.get(code, 0)
            maybe = incomplete & ~barred.get(code, 0) & ~met
            yield code, None, failed | (ruled & ~met & ~maybe), unsure | maybe

    return _question(asked, "countries", effects)


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
    branching = asked.looks.names_on("autoantibodies")
    suspicious = tuple(name for name in (*_suspicious(), "treatments") if name in asked.table.rules)
    kept: dict[str, Bits] = {}

    def question(one: str) -> Question:
        def effects(diagnosis: _Asked) -> Iterator[Effect]:
            failed, unsure = sets.total(diagnosis.base, "autoantibodies", *branching, *suspicious)
            for result in ("positive", "negative"):
                whole = patient._replace(antibodies=tuple(sorted({**results, one: result}.items())))
                then, no, maybe = diagnosis.person(whole), failed, unsure
                tells = result == "positive" and bool({one, *ab.groups(one)} & set(telling_antibodies()))
                for name in dict.fromkeys((*branching, *suspicious)):
                    judged_anew = tells or name in branching
                    more = sets.outcomes(asked.table, name, then, asked.day) if judged_anew else diagnosis.base[name]
                    no |= more[0]
                    maybe |= more[1]
                for rule, bits, names in open_rules:
                    person = then if any(one in relatives(each) for each in names) else diagnosis.patient
                    more = _as_bits(judge(rule, person, asked.day).outcome, bits)
                    no |= more[0]
                    maybe |= more[1]
                yield result, None, no, maybe

        return _question(asked, f"autoantibodies.{one}", effects)

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
    people: dict[int, Patient] = {}

    def starts(name: str, rule: Any) -> list[int]:
        found = sorted({low, *(at for at in breaks(name, rule, low, high) if low < at <= high)})
        for start in found:
            if start not in people:
                people[start] = patient_at(start)
        return found

    def changes(one: _Asked) -> Iterator[tuple[int, tuple[str, Bits, Bits, Bits]]]:
        for name in names:
            judge = CRITERIA[name]
            if name == "subtype":
                for start in starts(name, None):
                    yield start, (name, EVERY, *_by_onset(one, one.person(people[start])))
                continue
            for rule, bits in one.table.rules.get(name, ()):
                for start in starts(name, rule):
                    outcome = judge(rule, one.person(people[start]), one.day).outcome
                    yield start, (name, bits, *_as_bits(outcome, bits))

    def effects(one: _Asked) -> Iterator[Effect]:
        failed, unsure = sets.total(one.base, *names)
        at: dict[int, list[tuple[str, Bits, Bits, Bits]]] = {}
        for start, change in changes(one):
            at.setdefault(start, []).append(change)
        no, maybe = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
        found = sorted(at)
        for place, start in enumerate(found):
            for name, bits, more_no, more_maybe in at[start]:
                no[name] = no[name] & ~bits | more_no
                maybe[name] = maybe[name] & ~bits | more_maybe
            all_no, all_maybe = failed, unsure
            for name in names:
                all_no |= no[name]
                all_maybe |= maybe[name]
            end = found[place + 1] - 1 if place + 1 < len(found) else high
            yield words(start), words(end), all_no, all_maybe

    return _question(asked, fact, effects)


def _by_onset(asked: _Asked, patient: Patient) -> tuple[Bits, Bits]:
    """The subtype's outcomes; birth and onset bear on them only through "before 18"."""
    young = childhood(patient, asked.day)
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
    looking = asked.looks.names_on("subtype", "age", "duration", "onset", "onset_age")
    names = ("subtype", "age", "duration", "onset_age", *looking, *_aged(asked))
    low, high = _oldest(day), day.toordinal()
    if patient.birth:
        low, high = patient.birth.earliest.toordinal(), patient.birth.latest.toordinal()
        ends = {childhood(patient._replace(birth=Birth(born, born)), day) for born in patient.birth}
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
    return tuple(name for name, rules in asked.looks.rules.items() if any(_age_rules(name, rule) for rule, _ in rules))


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
    names = ("subtype", "duration", "onset_age", *asked.looks.names_on("subtype", "duration", "onset", "onset_age"))
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
