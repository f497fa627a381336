"""A registry in memory whose every free text tries to be more than text: tags, quotes, addresses that run, marks that
turn the line, formulas, markdown, templates, and 10,000 characters in a cell.

The reader of registry files refuses some of them; writers must hold without it. The tests and the browser check write
its trial in every format: nothing of it may act, and all of it must stay readable.
"""

from __future__ import annotations

from typing import cast

from myofind.domain.rules import AgeRule, Bounds, CountryRule, Span, SubtypeRule
from myofind.domain.rules import Window as Within
from myofind.domain.trial import (
    Cohort,
    Conflict,
    Contact,
    Eligibility,
    Intervention,
    Note,
    Observation,
    Site,
    Source,
    SourceRef,
    Trial,
)
from myofind.matching import trial_sets as sets
from myofind.registry.compiled import Meta, Store, drugs_of

TEXTS = {
    "acronym": "</title><b onclick=alert(1)>H & M</b>",
    "title": "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7 * 7 }} {% include 'x' %}",
    "title_fr": "\"><svg onload=alert(3)> ' onmouseover='alert(4) {{ 7 * 7 }}",
    "sponsor": '=HYPERLINK("http://x") | [a](javascript:alert(5)) `b` **c** <http://d>',
    "city": "</svg></td></table>\u202eelbaborp\u202c\u2066\u200f",
    "facility": "x" * 10_000,
    "drug": "drug</style><style>*{display:none}",
    "drug_class": "-->]]>&lt;class&gt;",
    "note": "<details open ontoggle=alert(6)>note \u05d0\u05d1\u05d2 " + "long " * 2000 + "\\u202e \x1b[31m",
    "note_fr": "<!--note \u0627\u0644\u0639 " + "long " * 2000,
    "conflict": "&amp; <plaintext> \r\n# no heading",
    "label": "<a href=javascript:alert(7)>call</a>",
    "phone": "+33 1 23 <b>",
    "email": 'a@b.org" onclick="alert(8)',
    "url": "javascript:alert(9)",
    "at": 'https://x.org/"><script>alert(10)</script>',
    "cohort": '<arm> & "one"',
    "why": "'><iframe src=//x.org>",
    "source": "<i>register</i>",
}
"""Each free text by what it is in a trial."""

ID = "hostile<1>"


def trial() -> Trial:
    """A trial that says all of it, and that an adult in France with dermatomyositis may fit."""
    t = TEXTS
    own = Eligibility(
        coverage="full",
        subtypes=SubtypeRule(("dm",)),
        age=AgeRule(Span(18, "years"), Span(75, "years")),
        facts=(("cancer", Within(Span(5, "years"))), ("weight", Bounds(min=40))),
        check_by_hand=(Note(t["note"], t["note_fr"]),),
    )
    return Trial(
        ID,
        "interventional",
        acronym=t["acronym"],
        title=t["title"],
        title_fr=t["title_fr"],
        interventions=(Intervention(t["drug"], drug_class=t["drug_class"]),),
        status=(Observation("recruiting", "2026-06-01", t["source"], t["at"], t["why"]),),
        eligibility=own,
        cohorts=(
            Cohort(t["cohort"], Eligibility(coverage="full", sex="all")),
            Cohort("second", Eligibility(coverage="full", sex="male")),
        ),
        countries=CountryRule(("FR",), True),
        sites=(Site("FR", t["city"], t["facility"]),),
        start="2025-01",
        end="2027-06-30",
        sponsor=t["sponsor"],
        sources=(SourceRef(t["source"], t["at"]),),
        conflicts=(Conflict("eligibility", t["conflict"], t["conflict"]),),
        contacts=(Contact("FR", t["phone"], t["email"], t["url"], Note(t["label"], t["label"]), t["source"]),),
    )


class _InMemory:
    """What the reports ask of a compiled registry."""

    def __init__(self, trials: tuple[Trial, ...]) -> None:
        self._trials = trials
        self.index = sets.build(trials)
        self.meta = Meta("any", "1", "2026-06-01", "")
        self.sources: tuple[Source, ...] = ()
        self.tags: dict[str, str] = {}
        self.drugs = drugs_of(trials)

    def __len__(self) -> int:
        return len(self._trials)

    def trial(self, place: int) -> Trial:
        return self._trials[place]

    def trials(self) -> tuple[Trial, ...]:
        return self._trials


def in_memory(trials: tuple[Trial, ...]) -> Store:
    """A registry of some trials."""
    return cast("Store", _InMemory(trials))


def store() -> Store:
    """The hostile trial, and a plain one."""
    plain = Trial(
        "NCT00000001", "interventional", title="Plain", eligibility=Eligibility(subtypes=SubtypeRule(("ibm",)))
    )
    return in_memory((trial(), plain))
