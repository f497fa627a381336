"""Whether a kind of myositis is one that a trial takes.

A kind satisfies an admitted broader kind, except forms that trials treat apart (amyopathic, juvenile …): there silence is
unknown. Of a kind that is known only coarsely an admitted finer form is unknown too. Whether the disease began in
childhood decides which juvenile forms it is; where nobody knows, both are tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any

from myofind.domain.patient import Patient
from myofind.domain.patient_facts import Childhood, childhood, line_of, split
from myofind.domain.rules import Criterion, Outcome, SubtypeRule
from myofind.names import subtypes as tree

PRESUMED_AGAINST = "only_childhood"
"""Reason of an unknown outcome: admitted only if the disease began in childhood, which is not presumed."""

_BEST: tuple[Outcome, ...] = ("met", "not_recorded", "unknown", "not_met")
_ADULT_OF = {juvenile: adult for adult, juvenile in tree.JUVENILE_OF.items()}
_JUVENILE = tree.APART["juvenile"]
_APART = frozenset[str]().union(*tree.APART.values())


@lru_cache(maxsize=4096)
def subtype(rule: SubtypeRule | None, patient: Patient, day: date) -> Criterion:
    """Whether a subtype of the patient is admitted; of several under discussion the best reading counts."""
    diagnoses, words = split(patient.subtypes)
    diseases = [one for one in diagnoses if tree.is_inflammatory(one)]
    if diagnoses and not diseases:
        return Criterion("subtype", "not_met", "not_inflammatory", rule, (diagnoses[0],))
    if rule is None or rule == SubtypeRule():
        return Criterion("subtype", "not_recorded", "not_recorded")
    if not diseases:
        return Criterion("subtype", "unknown", "missing", rule)
    began = childhood(patient, day)
    found = [_one_subtype(rule, one, words, began) for one in diseases]
    return min(found, key=lambda criterion: _BEST.index(criterion.outcome))


@lru_cache(maxsize=8192)
def _one_subtype(rule: SubtypeRule, one: str, words: tuple[str, ...], began: Childhood) -> Criterion:
    """One diagnosis; begun in adulthood is presumed only where that admits."""
    if began in ("child", "adult"):
        return _in_one_life(rule, one, words, began == "child")
    grown = _in_one_life(rule, one, words, False)
    if grown.outcome == "unknown" or (began == "presumed" and grown.outcome == "met"):
        return grown
    if grown.outcome == _in_one_life(rule, one, words, True).outcome:
        return grown
    against = began == "presumed" and grown.outcome == "not_met"
    return Criterion("subtype", "unknown", PRESUMED_AGAINST if against else "childhood", rule, (one,))


def _in_one_life(rule: SubtypeRule, one: str, words: tuple[str, ...], child: bool) -> Criterion:
    """One diagnosis that began in childhood, or did not."""

    def said(outcome: Outcome, code: str, *facts: Any) -> Criterion:
        return Criterion("subtype", outcome, code, rule, (tree.JUVENILE_OF.get(one, one) if child else one, *facts))

    named = _labels(one, words, child)
    for excluded in rule.excludes:
        if excluded in named:
            return said("not_met", "excluded", excluded)
    coarse = tuple(excluded for excluded in rule.excludes if _may_be(excluded, one, named, child))
    admitting = [admitted for admitted in rule.admits if admitted in named]
    if admitting:
        apart = () if named.isdisjoint(_APART) else tree.APART.items()
        silent = [group for group, forms in apart if named & forms and not forms.intersection(admitting)]
        if silent:
            return said("unknown", "not_said", min(silent))
        if coarse:
            return said("unknown", "which", *coarse)
        return said("met", "admitted", max(admitting, key=lambda admitted: len(line_of(admitted))))
    if not rule.admits:
        return said("unknown", "which", *coarse) if coarse else said("not_recorded", "not_recorded")
    finer = frozenset[str]().union(*_finer(rule, one, words, child))
    below = [admitted for admitted in rule.admits if admitted in finer]
    return said("unknown", "which", *below) if below else said("not_met", "not_admitted")


@cache
def _labels(one: str, words: tuple[str, ...], child: bool) -> frozenset[str]:
    """Everything a diagnosis is: itself, what lies above it, what qualifies it, and its juvenile form if it has one."""
    named = line_of(one).union(*map(line_of, words))
    if not child or named & tree.APART["ibm"]:
        return named
    return named | {tree.JUVENILE_OF[each] for each in named if each in tree.JUVENILE_OF}


def _may_be(excluded: str, one: str, named: frozenset[str], child: bool) -> bool:
    """Whether a diagnosis known only so far may be an excluded finer form.

    A form that trials treat apart is named where it is meant, unless no kind is stated at all; inclusion body myositis is
    no disease of children.
    """
    kind = _ADULT_OF.get(one, one)
    if kind not in tree.ancestors(excluded) or (not child and excluded in _JUVENILE):
        return False
    if kind == "iim":
        return not (child and excluded in tree.APART["ibm"])
    return not any(excluded in forms and not named & forms for forms in tree.APART.values())


def _finer(rule: SubtypeRule, one: str, words: tuple[str, ...], child: bool) -> Iterator[frozenset[str]]:
    """Everything that each finer form of a diagnosis is, but for those that the rule excludes."""
    for form in tree.descendants(_ADULT_OF.get(one, one)):
        if child or form not in _JUVENILE:
            labels = _labels(form, words, child)
            if labels.isdisjoint(rule.excludes):
                yield labels
