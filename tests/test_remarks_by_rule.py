"""Every remark on antibodies and diagnoses: said where its rule asks for it, and nowhere else."""

from __future__ import annotations

import itertools

from myofind.domain.remarks import DOUBTS, OUTDATED, Lung, Remark, remarks
from myofind.names.autoantibodies import groups
from myofind.names.subtypes import ancestors, is_inflammatory
from myofind.names.vocabulary import label, term
from tests.together import together

STATED = ("", "dm", "pm", "jpm", "asys", "asys_ild", "ibm", "iim", "imnm", "imnm_srp", "dm_mda5", "mda5_ild", "jdm", "jiim", "gne", "dm jdm", "pm asys", "cam", "iim dm")  # fmt: skip
NAMED = ("jo1", "pl7", "ars_any", "mda5", "tif1g", "nxp2", "tif1_any", "cn1a", "ro_any", "ro52", "srp", "hmgcr", "mi2", "mi2b", "eif3", "msa_any")  # fmt: skip
LUNGS: tuple[Lung, ...] = ("not_known", "none", "present", "worsening")


def said(stated: str, antibodies: dict[str, str], lung: Lung = "not_known", country: str = "FR") -> dict[str, Remark]:
    """The remarks by their codes."""
    return {one.code: one for one in remarks(stated.split(), antibodies, (), (country,), lung)}


def terms(remark: Remark | None, part: str) -> tuple[str, ...]:
    return next((ids for name, _, ids in remark.terms if name == part), ()) if remark else ()


def line(one: str) -> set[str]:
    return {one, *ancestors(one)}


@together(
    (stated, positive, lung)
    for stated, positive, lung in itertools.product(
        STATED, ((), *((one,) for one in NAMED), ("jo1", "mda5"), ("mda5", "pl7"), ("srp", "ars_any")), LUNGS
    )
)
def test_an_emergency_is_told_of_the_antibody_or_else_of_the_disease(
    stated: str, positive: tuple[str, ...], lung: Lung
) -> None:
    """Anti-MDA5 with lung disease, an antisynthetase with lung disease that worsens; what would be one is told of antibodies only."""
    for country in ("FR", "DE"):
        found = said(stated, dict.fromkeys(positive, "positive"), lung, country)
        urgent = [one for one in positive if one in ("mda5", "ars_any") or "ars_any" in groups(one)]
        diseases = [] if urgent else [one for one in stated.split() if line(one) & {"asys", "dm_mda5"}]
        at_once = {"mda5"} | {one for one in diseases if "dm_mda5" in line(one)}
        now = [one for one in (*urgent, *diseases) if lung == "worsening" or (lung == "present" and one in at_once)]
        assert terms(found.get("emergency"), "antibody") == tuple(now)
        later = tuple(one for one in urgent if one not in now)
        assert terms(found.get("lung"), "antibody") == later
        assert ("board" in found) == bool(country == "FR" and (now or later))


@together(itertools.product(STATED, NAMED, ("positive", "negative", "borderline")))
def test_what_a_single_result_says_beside_a_diagnosis(stated: str, one: str, result: str) -> None:
    kinds = stated.split()
    found = said(stated, {one: result})
    positive = result == "positive"
    synthetase = positive and (one == "ars_any" or "ars_any" in groups(one))
    children = bool(kinds) and all(kind in ("jdm", "jpm", "jiim") or "jiim" in line(kind) for kind in kinds)
    expected = {
        "cancer": positive and one in ("tif1g", "nxp2", "tif1_any") and not children,
        "cn1a": positive and one == "cn1a" and "ibm" not in kinds,
        "ars_any": positive and one == "ars_any",
        "ro_any": positive and one == "ro_any",
        "ro52": False,
        "pm_ars": synthetase and bool({"pm", "jpm"} & set(kinds)),
        "pm_ask": not positive and bool({"pm", "jpm"} & set(kinds)),
        "asys": any("asys" in line(kind) for kind in kinds),
        "asys_no_ab": any("asys" in line(kind) for kind in kinds) and not synthetase,
        "ibm": "ibm" in kinds,
        "iim": "iim" in kinds,
        "oj": False,
        "blot": "imnm" in kinds and one == "srp" and result == "negative",
        "not_iim": any(not is_inflammatory(kind) for kind in kinds),
        "together": False,
        "named_negative": result == "negative" and any(label("antibodies", one) in label("subtypes", kind) for kind in kinds),
    }  # fmt: skip
    assert {code: code in found for code in expected} == expected
    if positive:
        main = next((kind for kind, strength in term("antibodies", one).suggests if strength == "defining"), None)
        fits = any(
            kind in line(other) or other in line(kind)
            for kind, _ in term("antibodies", one).suggests
            for other in kinds
        )
        broader = all(kind in ancestors(main) for kind in kinds) if main else False
        named = main is not None and label("antibodies", one) in label("subtypes", main)
        assert ("suggests" in found) == (broader and not (named and set(kinds) - {"iim"}))
        inflammatory = all(is_inflammatory(kind) for kind in kinds)
        assert ("clash" in found) == (main is not None and bool(kinds) and not broader and not fits and inflammatory)
        if "clash" in found:
            assert terms(found["clash"], "stated") == tuple(kinds)
            assert main in next(ids for _, kind, ids in found["clash"].terms if kind == "subtypes")


@together(itertools.combinations(NAMED, 2))
def test_two_antibodies_are_unusual_together_unless_they_are_one(first: str, second: str) -> None:
    found = said("dm", {first: "positive", second: "positive"})
    specific = all(
        "msa_any" in groups(one) and term("antibodies", one).klass == "MSA" and one != "eif3" for one in (first, second)
    )
    families = [{one, *groups(one)} & {"mi2", "sae", "tif1_any"} for one in (first, second)]
    same = first in groups(second) or second in groups(first) or bool(families[0] & families[1])
    assert ("together" in found) == (specific and not same)
    assert terms(found.get("together"), "antibodies") == ((first, second) if specific and not same else ())
    synthetases = [one for one in (first, second) if one in ("mda5", "ars_any") or "ars_any" in groups(one)]
    assert ("ro52" in found) == ("ro52" in (first, second) and bool(synthetases))


@together(
    itertools.product(
        ("asys", "asys_ild", "dm", "imnm"),
        ("negative", "positive", None),
        ("jo1", "hmgcr", "srp", None),
        ("positive", "negative", "not_tested"),
    )
)
def test_a_test_that_finds_a_few_only_is_told_where_it_leaves_something_open(
    stated: str, oj: str | None, other: str | None, result: str
) -> None:
    given = {name: value for name, value in (("oj", oj), (other, result)) if name and value}
    found = said(stated, given)
    synthetase = oj == "positive" or (other == "jo1" and result == "positive")
    assert ("oj" in found) == (stated == "asys" and oj == "negative" and not synthetase)
    assert ("blot" in found) == (stated == "imnm" and given.get("srp") == "negative" and "hmgcr" not in given)


def test_words_that_go_out_of_use_are_told_however_they_are_spelt() -> None:
    for stem, typed in zip(
        OUTDATED, ("Dermato-polymyositis", "IDIOPATHIC inflammatory myopathy", "Bohan and Peter"), strict=True
    ):
        assert [one.code for one in remarks((), {}, (typed, "dm"))] == [stem]
    assert remarks((), {}, ("dermatomyositis",)) == ()


def test_a_class_beside_its_member_and_a_name_said_twice_say_nothing_more() -> None:
    alone = remarks(("asys",), {"jo1": "positive"})
    assert remarks(("asys", "asys"), {"ars_any": "positive", "jo1": "positive"}) == alone
    assert {"clash", "named_negative"} < set(DOUBTS)
