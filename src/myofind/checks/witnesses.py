"""For each trial a patient who fits, judged by the engine itself; and bounds that exclude nobody."""

from __future__ import annotations

from collections.abc import Iterator

from myofind.checks.rule import About, Entry, Found
from myofind.checks.sample_patients import Witness, concerns_myositis, fitting
from myofind.diagnostics import Path
from myofind.domain.lengths import order, reached
from myofind.domain.satisfiable import idle as every_value_meets
from myofind.domain.trial import Span
from myofind.language import Pair
from myofind.names.facts import FACTS

_KEYS = {
    "subtype": "subtypes",
    "age": "age",
    "autoantibodies": "autoantibodies",
    "sex": "sex",
    "ild": "ild",
    "refractory": "refractory",
    "duration": "duration",
    "onset_age": "onset_age",
}
_NAMES = {**_KEYS, "country": "countries"}


def nobody_fits(entry: Entry, about: About) -> Iterator[Found]:
    """Nobody can join the trial: no patient could be made whom its criteria admit.

    Such a trial would be excluded in every answer, and nobody would notice.

    Fails:
    eligibility:
      subtypes: {admits: [dm]}
      age: {min: 12, max: 15}
      duration: {min: 30 years}

    Passes:
    eligibility:
      subtypes: {admits: [dm]}
      age: {min: 12, max: 15}
      duration: {min: 3 months}
    """
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
    return ("countries",) if name == "country" else (*rules, _KEYS[name]) if name in _KEYS else rules


def _because(what: Pair, witness: Witness) -> Pair:
    """That nobody can join, and what the patient who comes nearest fails."""
    names = [f"`{_NAMES.get(name, name)}`" for name in witness.failing]
    return (
        f"{what[0]}: the patient who comes nearest still fails {' and '.join(names)}",
        f"{what[1]} : le patient le plus proche ne remplit pas {' et '.join(names)}",
    )


def dead_cohort(entry: Entry, about: About) -> Iterator[Found]:
    """Nobody can join a cohort: its criteria and the trial's cannot be met together.

    The cohort would never be named in an answer.

    Fails:
    eligibility:
      age: {min: 18}
    cohorts:
      - {name: children, eligibility: {age: {max: 17}}}

    Passes:
    eligibility:
      age: {min: 2}
    cohorts:
      - {name: children, eligibility: {age: {max: 17}}}
    """
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
    """A bound that excludes nobody: the patient made to fail just there is admitted all the same.

    It reads like a limit and is none; often another number was meant.

    Fails:
    eligibility:
      age: {min: 0}

    Passes:
    eligibility:
      age: {min: 2}
    """
    trial = entry.trial
    for path, rules in (
        (("eligibility",), trial.eligibility),
        *((("cohorts", n, "eligibility"), c.eligibility) for n, c in enumerate(trial.cohorts)),
    ):
        timed = (("age", rules.age), ("duration", rules.duration), ("onset_age", rules.onset_age))
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
