"""For each trial a patient who fits, and for each criterion one who just fails, judged by the engine itself."""

from __future__ import annotations

from collections.abc import Iterator

from myofind.checks.criteria import fact_rules_of
from myofind.checks.fences import idle
from myofind.checks.rule import About, Entry, Found
from myofind.checks.sample_patients import Witness, concerns_myositis, fitting, fitting_cohort, somebody_fits
from myofind.diagnostics import Path
from myofind.domain.rules import fact_rule
from myofind.domain.satisfiable import idle as every_value_meets
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
    if not concerns_myositis(trial.eligibility) or somebody_fits(trial, about.day):
        return
    witness = fitting(trial, about.day)
    yield Found(
        _where(witness, ("eligibility",)),
        _because(("nobody can join this trial", "personne ne peut entrer dans cet essai"), witness),
        (
            "correct the criteria; `not_iim` under `admits` marks a trial recorded for context only",
            "corriger les critères ; `not_iim` sous `admits` marque un essai gardé seulement pour mémoire",
        ),
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
    if not trial.cohorts or not concerns_myositis(trial.eligibility):
        return
    if not somebody_fits(trial, about.day):
        return
    cohorts = entry.plain.get("cohorts", ())
    usable = [place for place, cohort in enumerate(cohorts) if "name" in cohort and "eligibility" in cohort]
    for number, place in enumerate(usable):
        if not concerns_myositis(trial.cohorts[number].eligibility) or somebody_fits(trial, about.day, number):
            continue
        witness = fitting_cohort(trial, number, about.day)
        name = trial.cohorts[number].name
        nobody = (f"nobody can join the cohort `{name}`", f"personne ne peut entrer dans la cohorte `{name}`")
        yield Found(
            _where(witness, ("cohorts", place, "eligibility")),
            _because(nobody, witness),
            (
                "the trial's own criteria hold for every cohort: move what differs into the cohorts",
                "les critères de l'essai valent pour chaque cohorte : écrire dans les cohortes ce qui diffère",
            ),
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
        if not concerns_myositis(rules):
            continue
        for name, key in _KEYS.items():
            rule = getattr(rules, "subtypes" if name == "subtype" else name, None)
            if rule is not None:
                for bound in idle(name, rule, about.day):
                    yield _idle((*path, key), bound)
    for where, id, plain in fact_rules_of(entry):
        if every_value_meets(FACTS[id], fact_rule(id, plain)):
            message = (f"every value of `{id}` meets this rule", f"toute valeur de `{id}` satisfait cette règle")
            yield Found(where, message, _REMOVE)
    if trial.countries is not None:
        for bound in idle("country", trial.countries, about.day):
            yield _idle(("countries",), bound)


def _idle(path: tuple[str | int, ...], bound: str) -> Found:
    key, _, term = bound.partition(" ")
    below = (*path, key) if key in ("min", "max", "admits", "excludes", "excluded", "not_in", "listed") else path
    what = f"`{key}: {term}`" if term else f"`{key}`"
    return Found(below, (f"{what} excludes nobody", f"{what} n'exclut personne"), _REMOVE)


_REMOVE = ("correct it, or remove it", "corriger, ou retirer")
