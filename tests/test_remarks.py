"""What the field knows, said aloud in both languages; a remark is text and changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import pytest

from myofind.domain import remarks as known
from myofind.domain.remarks import Lung
from myofind.names.compiled_files import read
from myofind.names.vocabulary import ids, label
from myofind.words.remarks import remark
from myofind.words.wording import Lang
from tests.together import together


def remarks(
    subtypes: Iterable[str],
    antibodies: Mapping[str, str],
    lang: Lang = "en",
    *,
    typed: Iterable[str] = (),
    countries: Iterable[str] = (),
    lung: Lung = "not_known",
) -> tuple[str, ...]:
    """Remarks in words on the stated subtypes and antibody results; `typed` holds the words used, for outdated ones."""
    every = known.remarks(subtypes, antibodies, typed, countries, lung)
    return tuple(dict.fromkeys(remark(one, lang) for one in every))


@together(
    [
        (["pm"], {}, "ask for antisynthetase"),
        (["pm"], {"jo1": "positive"}, "most experts would call it antisynthetase syndrome"),
        (["dm"], {"srp": "positive"}, "points to anti-SRP necrotizing myopathy, not to dermatomyositis"),
        (["iim"], {"mi2": "positive"}, "anti-Mi-2 is characteristic of dermatomyositis"),
        (["iim"], {"hmgcr": "positive"}, "anti-HMGCR is characteristic of anti-HMGCR necrotizing myopathy"),
        (["dm"], {"mda5": "positive"}, "emergency"),
        (["asys"], {"pl7": "positive"}, "emergency"),
        (["asys"], {}, "rests on the antibody"),
        (["ibm"], {}, "usual immunosuppressants do not help"),
        (["gne"], {}, "is not an inflammatory myopathy"),
        (["dm"], {"mi2": "positive", "srp": "positive"}, "unusual"),
        (["dm"], {"tif1g": "positive"}, "search for a cancer"),
        (["dm"], {"cn1a": "positive"}, "never defines it"),
        (["asys"], {"ars_any": "positive"}, "never “anti-Jo-1”"),
        (["dm"], {"ro_any": "positive"}, "Ro52 or Ro60"),
        (["asys"], {"jo1": "positive", "ro52": "positive"}, "more severe lung disease"),
        (["imnm"], {"srp": "negative"}, "HMGCR is tested apart"),
        (["iim"], {}, "the kind would settle them"),
        (
            ["pm"],
            {"mda5": "positive", "nxp2": "positive", "sae": "positive", "srp": "positive"},
            "anti-MDA5 points to anti-MDA5 dermatomyositis, anti-NXP2 and anti-SAE to dermatomyositis, anti-SRP to anti-SRP "
            "necrotizing myopathy, not to polymyositis: check",
        ),
        (
            ["dm"],
            {"mda5": "positive", "jo1": "positive", "pl7": "positive"},
            "anti-MDA5, anti-Jo-1 and anti-PL-7: rapidly",
        ),
        (["dm"], {"tif1g": "positive", "nxp2": "positive"}, "anti-TIF1-gamma and anti-NXP2 in an adult"),
        (
            ["dm"],
            {"mi2": "positive", "srp": "positive", "jo1": "positive"},
            "anti-Mi-2, anti-SRP and anti-Jo-1 are positive together",
        ),
    ]
)
def test_a_remark(subtypes: list[str], antibodies: dict[str, str], said: str) -> None:
    assert any(said in remark for remark in remarks(subtypes, antibodies))
    assert len(remarks(subtypes, antibodies, "fr")) == len(remarks(subtypes, antibodies))


@pytest.mark.parametrize(
    ("subtypes", "antibodies", "unsaid"),
    [
        (["dm"], {"mi2": "positive", "mi2b": "positive"}, "unusual"),
        (["jdm"], {"nxp2": "positive"}, "cancer"),
        (["jdm"], {"mi2": "positive"}, "points to"),
        (["dm"], {"srp": "negative"}, "points to"),
        (["asys"], {"jo1": "positive"}, "rests on the antibody"),
        (["dm_mda5"], {"mda5": "positive"}, "points to"),
        (["pm"], {"srp": "not_tested"}, "points to"),
        (["imnm"], {"hmgcr": "positive"}, "characteristic"),
        (["dm"], {"mda5": "positive"}, "characteristic"),
        (["asys"], {"ars_any": "positive", "jo1": "positive"}, "type not stated"),
        (["asys"], {"ars_any": "positive", "jo1": "positive"}, "ask the laboratory which"),
    ],
)
def test_a_remark_that_would_be_wrong(subtypes: list[str], antibodies: dict[str, str], unsaid: str) -> None:
    assert not any(unsaid in remark for remark in remarks(subtypes, antibodies))


def test_outdated_words() -> None:
    assert any("outdated" in remark for remark in remarks([], {}, typed=["dermato-polymyositis"]))
    assert any(
        "désuétude" in remark for remark in remarks(["iim"], {}, "fr", typed=["myopathie inflammatoire idiopathique"])
    )


def test_every_antibody_and_subtype_has_its_remarks() -> None:
    for id in ids("antibodies"):
        for subtype in ("dm", "pm", "ibm", "jdm", "not_iim"):
            assert isinstance(remarks([subtype], {id: "positive"}, "fr"), tuple)
    for subtype in ids("subtypes"):
        assert len(set(remarks([subtype], {}))) == len(remarks([subtype], {}))


@pytest.mark.parametrize(
    ("subtypes", "antibodies"),
    [
        (
            ["pm", "jdm"],
            {"mda5": "positive", "srp": "positive", "jo1": "positive", "nxp2": "positive", "hmgcr": "positive"},
        )
    ],
)
@pytest.mark.parametrize("lung", ["not_known", "present", "worsening"])
def test_what_is_said_of_several_antibodies_is_one_remark(
    subtypes: list[str], antibodies: dict[str, str], lung: Lung
) -> None:
    codes = Counter(one.code for one in known.remarks(subtypes, antibodies, lung=lung))
    assert {"clash", "together"} <= codes.keys()
    assert {"emergency", "lung"} & codes.keys()
    assert set(codes.values()) == {1}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_french_board_is_told_of_in_france_only(lang: Lang) -> None:
    for countries, told in ((("FR",), True), (("BE", "FR"), True), (("BE",), False), ((), False)):
        said = remarks(["dm"], {"mda5": "positive"}, lang, countries=countries)
        assert any("RCP Urgence PID" in remark for remark in said) == told, countries
    assert not any("RCP" in remark for remark in remarks(["dm"], {"mi2": "positive"}, lang, countries=("FR",)))


NAMED = [
    (antibody, subtype)
    for antibody in read("labels_antibodies")
    for subtype in read("labels_subtypes")
    if label("antibodies", antibody) in label("subtypes", subtype)
]
"""Diagnoses that bear the name of an antibody."""


@pytest.mark.parametrize(("antibody", "subtype"), NAMED)
@pytest.mark.parametrize("result", ["negative", "positive", "borderline", "not_tested"])
def test_a_diagnosis_named_by_an_antibody_that_is_negative_is_in_doubt(
    antibody: str, subtype: str, result: str
) -> None:
    told = known.remarks((subtype,), {antibody: result})
    assert ("named_negative" in {one.code for one in told}) == (result == "negative")
