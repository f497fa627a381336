"""Every writer against whole texts: `python -m tests.report.test_golden` writes them anew, to be read before they are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, get_args

import pytest

from myofind import __version__
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError
from myofind.matching.many_patients import Judge
from myofind.registry.read import read_registry
from myofind.registry.versions import Version
from myofind.report.cohort import CohortRows
from myofind.report.comparison import comparison
from myofind.report.trial_page import listing
from myofind.report.values import QUESTIONS
from myofind.words.wording import Lang
from myofind.writers.columns import Cell
from myofind.writers.formats import WRITERS, writer
from myofind.writers.layout import Layout
from tests.report.small import (
    ADULT,
    AT_THE_LIMIT,
    CHILD,
    CROWDED_DAY,
    DAY,
    ELSEWHERE,
    GOLDEN,
    HISTORIC,
    REGISTRY,
    asked,
    compared_trials,
    explained,
    profile_of,
    store,
)  # fmt: skip
from tests.run import text_of

LANGUAGES: tuple[Lang, ...] = get_args(Lang)


def versions() -> tuple[Version, Version]:
    """The small registry, and an earlier version of it."""
    text = REGISTRY.read_text(encoding="utf-8")
    earlier = (
        text.replace("version: 2026.6.0", "version: 2026.5.0")
        .replace("value: not_yet_recruiting", "value: recruiting")
        .replace("max: 75", "max: 40")
        .replace("NCT00000008", "NCT00000018")
        .replace("[FR, US]", "[FR, DE]")
    )
    found = []
    for data in (earlier, text):
        read = read_registry(data.encode(), "trials.yaml")
        assert not read.findings
        trials = {trial.id: trial for trial in read.registry().trials}
        found.append(Version(read.header, {plain["id"]: plain for plain in read.plain}, trials))
    return found[0], found[1]


def compared(lang: Lang) -> Any:
    return comparison(*versions(), profile_of(ADULT).patient, DAY)


REPORTS: dict[str, tuple[str, Callable[[Lang], Any], Layout]] = {
    "adult": ("answer", lambda lang: asked(ADULT, lang=lang), Layout()),
    "adult-all": ("answer", lambda lang: asked(ADULT, everything=True, sources=True, lang=lang), Layout(explain=True, calm=False)),
    "child": ("answer", lambda lang: asked(CHILD, lang=lang), Layout(width=80)),
    "elsewhere": ("answer", lambda lang: asked(ELSEWHERE, also_as=("imnm",), lang=lang), Layout(width=100)),
    "near": ("answer", lambda lang: asked(ADULT._replace(countries=("GB",), onset="2026-05"), lang=lang), Layout(width=80, near=True)),
    "near-child": ("answer", lambda lang: asked(CHILD, lang=lang), Layout(width=120, near=True)),
    "historic": ("answer", lambda lang: asked(HISTORIC, also_as=("dm",), lang=lang), Layout(width=100)),
    "limit": ("answer", lambda lang: asked(AT_THE_LIMIT, limit=2, lang=lang), Layout(width=60)),
    "what-if": ("answer", lambda lang: asked(ADULT, supposing=("age=80", "srp=positive"), lang=lang), Layout(width=80)),
    "why-not": ("explanation", lambda lang: explained(CHILD, "NCT00000002", "NCT00000001", lang=lang), Layout(width=80)),
    "list": ("listing", lambda lang: listing(store(), store().trials(), DAY), Layout(width=80)),
    "show": ("cards", lambda lang: listing(store(), list(store().trials())[:3], DAY), Layout(width=80)),
    "compare": ("side_by_side", lambda lang: compared_trials(ADULT), Layout(width=100)),
    "compare-nobody": ("side_by_side", lambda lang: compared_trials(Typed()), Layout(width=60)),
    "diff": ("comparison", compared, Layout()),
    "cohort": ("cohort", lambda lang: None, Layout()),
}  # fmt: skip
"""Each report: the function of the writers, the value, and how it is laid out on a screen."""

CROWDED = {
    "crowded": Typed(subtypes=("dm",), age="58", sex="female", antibodies=("tif1g", "Ro52 borderline"), countries=("FR",), treatments=("MTX",)),
    "crowded-lungs": Typed(subtypes=("asys",), birth_date="1981-03", antibodies=("jo1",), countries=("FR", "DE"), ild=True, facts=("FVC 65 %",)),
    "crowded-bodies": Typed(subtypes=("ibm",), age="76", countries=("US",), refractory=False),
}  # fmt: skip
"""Patients of a registry with more trials than a screen shows: a part of the shipped one as it stood on a day."""
HEIGHTS = {
    "100": Layout(width=100, most=45), "80": Layout(width=80, most=32), "140": Layout(width=140, most=24), "100-styled": Layout(width=100, most=38, styled=True),
    "72": Layout(width=72, explain=True), "120": Layout(width=120, near=True),
}  # fmt: skip
MUCH = CROWDED["crowded"]._replace(
    facts=("FVC 65 %", "dysphagia mild", "no calcinosis", "CK 6 x ULN", "no hepatitis B", "weight 70 kg", "MMT8 120/150", "no cancer", "smoker"),
    treatments=("MTX", "rituximab until 2026-05", "prednisone 10 mg", "IVIG until 2024", "never JAK inhibitor", "no other"),
    onset="2024-02", ild=True, refractory=True,
)  # fmt: skip
BODIES = CROWDED["crowded-bodies"]._replace(age="58", countries=("FR",), refractory=None)
REQUESTS: dict[str, tuple[Typed, dict[str, Any], Layout]] = {
    **{f"{name}-{height}": (typed, {"also_as": ("pm",)}, layout) for name, typed in CROWDED.items() for height, layout in HEIGHTS.items()},
    "crowded-much": (MUCH, {}, Layout(width=100, most=40)),
    "crowded-others": (BODIES, {"also_as": ("dm", "asys")}, Layout(width=100, most=45)),
    "crowded-others-all": (BODIES, {"also_as": ("dm",), "everything": True}, Layout(width=140, calm=False)),
    "crowded-anywhere": (BODIES._replace(countries=()), {"also_as": ("dm",)}, Layout(width=100, most=60)),
    "crowded-far": (CROWDED["crowded"]._replace(countries=("BR",)), {}, Layout(width=100, most=45)),
    "crowded-far-near": (CROWDED["crowded"]._replace(countries=("BR",)), {}, Layout(width=90, near=True)),
    "crowded-far-near-all": (CROWDED["crowded"]._replace(countries=("BR",)), {}, Layout(width=90, near=True, calm=False)),
    "crowded-supposed": (CROWDED["crowded"], {"supposing": ("age=15",)}, Layout(width=100, most=45)),
    "crowded-supposed-80": (CROWDED["crowded"], {"supposing": ("country=GB", "ild=yes")}, Layout(width=80, calm=False)),
}  # fmt: skip
for _name, (_typed, _wanted, _layout) in REQUESTS.items():
    _asked = partial(
        asked,
        _typed,
        registry=store("crowded"),
        day=CROWDED_DAY,
        limit=60,
        questions=QUESTIONS,
        **_wanted,
    )
    REPORTS[_name] = ("answer", partial(lambda value, lang: value(lang=lang), _asked), _layout)
for _name in ("near", "what-if", "why-not", "list", "show", "compare", "diff"):
    _function, _value, _layout = REPORTS[_name]
    REPORTS[f"{_name}-styled"] = (_function, _value, _layout._replace(width=100, styled=True))


def cases() -> Iterator[tuple[str, str, Lang]]:
    """Every report in every format; screens in both languages, the others in one or both in turn."""
    for number, (report, (function, _, _)) in enumerate(REPORTS.items()):
        for place, form in enumerate(WRITERS):
            if function == "comparison" and form == "csv":
                continue
            on_screens = report.startswith("crowded") or report.endswith("-styled")
            if on_screens and form != "table":
                continue
            both = form in ("table", "html") and function != "comparison" and not on_screens
            for lang in LANGUAGES if both else (LANGUAGES[(number + place) % 2],):
                yield report, form, lang


def written(report: str, form: str, lang: Lang) -> str:
    """A report in a format; the version of the program and the style of a page are left out."""
    function, value, layout = REPORTS[report]
    if function == "cohort":
        text = cohort(form, lang)
    else:
        printed = writer(form, function)(value(lang), layout._replace(lang=lang))
        text = printed if isinstance(printed, str) else (marked if layout.styled else text_of)(list(printed))
    text = re.sub(r"<style>.*?</style>|sha256-[\w+/=]{44}", "…", text, flags=re.DOTALL)
    return text.replace(f'"myofind": "{__version__}"', '"myofind": "…"').replace(f"myofind {__version__}", "myofind …")


def marked(lines: Iterable[Iterable[Cell]]) -> str:
    """The lines of a screen, each text that has a style or an address within braces behind them."""
    return "".join("".join(map(_marked, line)).rstrip() + "\n" for line in lines)


def _marked(cell: Cell) -> str:
    style = str(cell.style) if str(cell.style) != "none" else ""
    return (
        f"{{{style}{' ' * bool(style and cell.link)}{cell.link or ''}|{cell.text}}}"
        if style or cell.link
        else cell.text
    )


def cohort(form: str, lang: Lang) -> str:
    """Three patients, one of whom cannot be read."""
    rows, judge = CohortRows(store(), DAY), Judge(store().index, DAY)
    lines = writer(form, "cohort")(rows.cohort, Layout(lang))
    verdicts = [judge.verdicts(profile_of(typed).patient) for typed in (ADULT, CHILD, ADULT)]
    return "".join(
        [
            lines.head,
            lines.row(rows.row("a", verdicts[0])),
            lines.problem("b", 3, InputError("`nonsense` is not a known subtype")),
            lines.row(rows.row("=c,|\n", verdicts[1], ("read `jdn` as JDM",))),
            lines.row(rows.row("d", verdicts[2])),
            lines.tail,
        ]
    )


@pytest.mark.parametrize(("report", "form", "lang"), list(cases()))
def test_a_report_is_written_as_it_was_read_and_kept(report: str, form: str, lang: Lang) -> None:
    assert written(report, form, lang) == (GOLDEN / f"{report}.{form}.{lang}.txt").read_text(encoding="utf-8")


def test_no_golden_text_is_left_over() -> None:
    assert {path.name for path in GOLDEN.glob("*.txt")} == {".".join((*case, "txt")) for case in cases()}


if __name__ == "__main__":
    for case in cases():
        (GOLDEN / ".".join((*case, "txt"))).write_text(written(*case), encoding="utf-8")
