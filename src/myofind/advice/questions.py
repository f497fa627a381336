"""Which missing fact would settle the most: exact over the recorded criteria, whatever the answer turns out to be.

A fact *settles* a trial that is `possible` when, for every value the fact may take, the trial is no longer possible:
each answer makes it a match or excludes it. It *may settle* a trial when at least one value does. A value is a full
answer: an antibody positive or negative, a birth date or a day of onset to the day, an age at onset to the month, one
country, one kind of myositis. "Borderline", "not tested" and "about 50" are no answers. The antibodies asked about are those
that the open rules name, and the members of the classes they name.

The values of a fact are told apart only where a rule does: between two neighbouring bounds of the recorded rules every
birth date gives the same verdicts, so one of them stands for all.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial

from myofind.advice.asked import ELSEWHERE, Effect, Fact, Inquiry, OpenQuestion, Question, borne, choices, drugs_listed
from myofind.advice.fact_questions import DIAGNOSIS, Answer, Looks, answers_on, open_facts, treatment_answers
from myofind.advice.own_questions import antibodies, birth, onset
from myofind.advice.standing import Standings, left_open_by
from myofind.domain.eligibility import CRITERIA, juvenile
from myofind.domain.known_facts import readings
from myofind.domain.patient import Patient
from myofind.domain.treatment_facts import DERIVED
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Index, Judged
from myofind.names import subtypes as tree
from myofind.names.facts import FACTS
from myofind.records import NamedTuple

_FIRST = ("subtypes", "age", "autoantibodies", "countries", "refractory", "ild", "onset_age", "onset", "sex")
ORDER = (*_FIRST, *(id for id in FACTS if id not in _FIRST), "treatments")
"""Among questions that settle as much, the one asked first."""


_JUVENILE = tree.APART["juvenile"]


class Ranked(NamedTuple):
    """Questions, most deciding first, and the trials that some answer to any question decides."""

    questions: tuple[Question, ...]
    reach: Bits


def ranked(
    table: Index, patient: Patient, day: date, judged: Judged, possible: Bits, first: Bits = 0, most: int | None = None
) -> Ranked:
    """The facts that may settle some of the trials that are possible now, most deciding first.

    `judged` is what is known now (`trial_sets.judged`). Ranked by trials settled among `first` (the open ones), then among
    all; then by those they may settle, in the same order; then as clinicians ask. Of `most` questions at least the first
    so many that bear on `first`, worked out no further than needed.
    """
    if not possible:
        return Ranked((), 0)
    table = sets.within(table, possible)
    reach = sets.with_cohorts(table, possible)
    looks = Looks(table)
    standings = Standings(table, looks, patient, day)
    asked = _under_each(Inquiry(table, patient, day, possible, judged, reach, looks, standings, {}, {}))
    open_ones = list(_every(asked))
    about = first or possible
    found: list[Question] = []
    for one in _best_first(open_ones, about):
        found.append(one)
        if most is not None and sum(bool(each.may & about) for each in found) >= most:
            break
    else:
        about = possible
    reached = _reached(asked, open_ones, about) if most is not None else sets.union(one.may for one in found)
    return Ranked(tuple(found), reached)


def _best_first(every: Iterable[OpenQuestion], first: Bits) -> Iterator[Question]:
    """The questions that may settle anything in their order, each worked out until no other can come before it."""
    waiting = sorted((_key(one, first), one) for one in every)
    while waiting:
        key, one = waiting.pop(0)
        if one.finished and key == _key(one, first):
            if one.may:
                yield one.question()
            continue
        one.step()  # one that was finished by another question only takes its own place
        insort(waiting, (_key(one, first), one))


def _key(one: OpenQuestion, first: Bits) -> tuple[int | str, ...]:
    return (
        -(one.at_most & first).bit_count(), -one.at_most.bit_count(),
        -(one.may & first).bit_count(), -one.may.bit_count(),
        ORDER.index(one.kind), one.fact,
    )  # fmt: skip


def _reached(asked: Inquiry, every: list[OpenQuestion], about: Bits) -> Bits:
    """The trials, all those of `about` among them, that some answer decides; answers are worked out as far as that needs."""
    reached = sets.union(one.surely for one in every)
    reached |= _failed_by_a_fact(asked, about & ~reached)
    ahead = sorted(every, key=lambda one: -(one.may & about).bit_count())
    while ahead:  # the first answers of all before the second of any
        for one in ahead:
            if one.may & about & ~reached:
                one.step()
                reached |= one.surely
        ahead = [one for one in ahead if not one.finished and one.may & about & ~reached]
    return reached


def _failed_by_a_fact(asked: Inquiry, about: Bits) -> Bits:
    """Those of some trials that an answer excludes by a rule of their own on the fact asked about: quickly told."""
    failed = 0
    if len(asked.diagnoses) > 1:
        return failed
    for id in open_facts(asked.looks, asked.patient, asked.day):
        for rule, bits, _, now in asked.standings.of(id):
            if now.outcome == "unknown" and bits & about & ~failed:
                answers = answers_on(asked.looks, id, asked.patient, asked.day)
                if any(CRITERIA[id](rule, answer.patient, asked.day).outcome == "not_met" for answer in answers):
                    failed |= bits & about
    return failed


def _under_each(asked: Inquiry) -> Inquiry:
    """What is asked, with what is known under each of several diagnoses; open is then what any of them leaves open."""
    table, reach, people = asked.table, asked.reach, readings(asked.patient)
    every = [asked.base] if len(people) == 1 else [sets.judged_alone(table, one, asked.day) for one in people]

    def under(place: int, patient: Patient, base: Judged) -> Inquiry:
        bearing = {name: (no & reach, maybe & reach) for name, (no, maybe) in base.items() if (no | maybe) & reach}
        standings = Standings(table, asked.looks, patient, asked.day)
        return asked._replace(patient=patient, base=bearing, standings=standings, by_onset={}, under=place)

    diagnoses = tuple(map(under, range(len(people)), people, every))
    if len(diagnoses) == 1:
        once = several = 0
        for _, unsure in diagnoses[0].base.values():
            several |= once & unsure
            once |= unsure
        alone = diagnoses[0]._replace(several=several & table.all)
        return alone._replace(diagnoses=(alone,))
    merged = {name: (0, sets.union(base[name][1] for base in every)) for name in every[0]}
    return asked._replace(base=merged, diagnoses=diagnoses)


def _open(asked: Inquiry, *names: str) -> Bits:
    """The possible trials and their cohorts that one of some criteria leaves open."""
    return sets.union(asked.base[name][1] for name in names if name in asked.base) & asked.reach


def _every(asked: Inquiry) -> Iterator[OpenQuestion]:
    patient, rules = asked.patient, asked.table.rules
    yield from _subtypes(asked)
    if patient.birth_date is None:
        yield from birth(asked)
    yield from antibodies(asked)
    if not patient.countries and "country" in rules:
        yield _countries(asked)
    names = tuple(name for name in ("sex", *asked.looks.names_on("sex")) if name in rules)
    if patient.sex is None and _open(asked, *names):
        options = [(word, patient._replace(sex=word)) for word in ("female", "male")]
        yield choices(asked, "sex", names, options)
    yield from onset(asked)
    yield from _facts(asked)
    yield from _treatments(asked)


def _facts(asked: Inquiry) -> Iterator[OpenQuestion]:
    """The facts of the table that open rules look at."""
    for id in open_facts(asked.looks, asked.patient, asked.day):
        names = asked.looks.bearing(id)
        if _open(asked, *names):
            yield _of_answers(asked, id, names, partial(answers_on, asked.looks, id, asked.patient, asked.day))


def _treatments(asked: Inquiry) -> Iterator[OpenQuestion]:
    """The drugs that open rules on treatments name."""
    judge = CRITERIA["treatments"]
    open_drugs: set[str] = set()
    for rule, _ in asked.table.rules.get("treatments", ()):
        told = judge(rule, asked.patient, asked.day)
        open_drugs |= set(told.facts) & set(rule.any) if told.outcome == "unknown" else set()
    names = ("treatments", *(id for id in DERIVED if id in asked.table.rules), *asked.looks.names_on(*DERIVED))
    for drug in sorted(open_drugs):
        answers = partial(treatment_answers, asked.looks, drug, asked.patient, asked.day)
        yield _of_answers(asked, f"treatments.{drug}", tuple(dict.fromkeys(names)), answers, drug)


def _of_answers(
    asked: Inquiry, fact: Fact, names: tuple[str, ...], answers: Callable[[], Iterable[Answer]], drug: str | None = None
) -> OpenQuestion:
    """A question from its full answers."""

    def effects(one: Inquiry) -> Iterator[Effect]:
        rest = sets.total(one.base, *names)
        for answer in answers():
            person = one.person(answer.patient)
            then = one.standings.then(names, person, one.standings.changed(person), drug)
            yield answer.value, answer.until, *sets.together((rest, then))

    facts = frozenset(DERIVED if drug else (fact,))
    bearing = borne(asked, lambda standings: standings.touched(names, facts), asked.several, left_open_by(facts))
    return OpenQuestion(asked, fact, effects, bearing)


def kinds(patient: Patient, day: date) -> tuple[str, ...]:
    """The full answers to "which kind of myositis": the finest kinds of what is stated, or of any myositis.

    Juvenile forms are told apart by the age at onset, which is a question of its own: they are answers only to a
    patient whose stated form is juvenile, or where nothing is stated. Nor is a kind an answer that a fact given rules
    out: lung disease of the antisynthetase syndrome where there is none.
    """
    finest = _finest(patient, day)
    if not patient.facts:
        return finest
    from myofind.domain.contradictions import contradicted

    return tuple(one for one in finest if contradicted(patient._replace(subtypes=(one,)), day) is None)


def _finest(patient: Patient, day: date) -> tuple[str, ...]:
    """The finest kinds of what is stated, or of any myositis, whatever else is known."""
    if not patient.subtypes:
        wanted = tuple(one for one in tree.descendants("iim") if not tree.descendants(one) - _JUVENILE)
        grown = juvenile(patient, day) is False
        return (*sorted(one for one in wanted if not (grown and one in _JUVENILE)), "not_iim")
    found = set()
    for stated in patient.subtypes:
        others = frozenset() if stated in _JUVENILE else _JUVENILE
        found |= {
            one
            for one in tree.descendants(stated) | {stated}
            if one not in others and not tree.descendants(one) - others
        }
    return tuple(sorted(found))


def _subtypes(asked: Inquiry) -> Iterator[OpenQuestion]:
    patient = asked.patient
    answers = kinds(patient, asked.day)
    if patient.subtypes and set(answers) <= {patient.subtypes[0]}:
        return
    options = [(one, patient._replace(subtypes=(one,))) for one in answers]
    if len(asked.diagnoses) > 1:
        yield choices(asked._replace(diagnoses=(asked,)), "subtypes", tuple(asked.base), options)
        return
    looking = asked.looks.names_on("subtype", DIAGNOSIS, "onset")
    names = dict.fromkeys(("subtype", "onset_age", *looking, *drugs_listed(asked)))
    yield choices(asked, "subtypes", tuple(names), options)


# Countries: one set operation a country -------------------------------------------------------------------------------


def _countries(asked: Inquiry) -> OpenQuestion:
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

    def effects(one: Inquiry) -> Iterator[Effect]:
        failed, unsure = sets.total(one.base, "country")
        for code in (*sorted(listed.keys() | barred.keys()), ELSEWHERE):
            met = listed.get(code, 0)
            maybe = incomplete & ~barred.get(code, 0) & ~met
            yield code, None, failed | (ruled & ~met & ~maybe), unsure | maybe

    return OpenQuestion(asked, "countries", effects)
