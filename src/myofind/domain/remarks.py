"""What the field knows about a patient's antibodies and diagnoses, as codes with arguments; it never changes a verdict.

Sources: the subtype an antibody suggests is the `suggests` of data/antibodies.yaml; antisynthetase syndrome defined by the antibody with lung,
muscle or joint disease, and polymyositis as a historic label: ENMC 2018, 2023 and ACR/EULAR work of 2025. Rapidly worsening lung disease with
anti-MDA5, and with an antisynthetase once it worsens, is an emergency: its remark sends to an expert centre before any trial is thought of, in
France to the board on call day and night (docs/emergency.md, with its sources).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from myofind.names.autoantibodies import groups
from myofind.names.subtypes import JUVENILE_OF, ancestors, is_inflammatory
from myofind.names.vocabulary import label, term
from myofind.records import NamedTuple


class Remark(NamedTuple):
    """A remark: its code, and the terms it speaks of by their part in the sentence, `(part, kind, ids)`."""

    code: str
    terms: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


SAFETY = ("emergency", "lung", "board", "cancer")
"""The remarks that come before any trial: an emergency, what would be one, and a search for cancer."""

DOUBTS = ("clash", "named_negative", "together", "not_iim", "asys_no_ab", "pm_ars", "ars_any", "ro_any")
"""The remarks that put a fact as typed in doubt: they stand beside the facts as read."""

ASKING = ("pm_ask", "iim", "blot", "oj")
"""The remarks that ask for a result or a diagnosis which would open or settle something."""

OUTDATED = ("dermatopolymyos", "idiopathi", "bohan")
"""Beginnings of words that are going out of use; each is the code of its remark."""

_LUNG = frozenset(("mda5",))
"""With these, lung disease is an emergency before it is seen to worsen."""
_CANCER = frozenset(("tif1g", "nxp2", "tif1_any"))

Lung = Literal["not_known", "none", "present", "worsening"]
"""What is known of lung disease."""


def remarks(
    subtypes: Iterable[str],
    antibodies: Mapping[str, str],
    typed: Iterable[str] = (),
    countries: Iterable[str] = (),
    lung: Lung = "not_known",
) -> tuple[Remark, ...]:
    """Remarks on the stated subtypes and antibody results (id to result), for a patient of some countries.

    `typed` holds the words used, for outdated ones; the French board is told of in France only (docs/emergency.md).
    """
    stated = list(dict.fromkeys(subtypes))
    positive = _named([id for id, result in antibodies.items() if result == "positive"])
    synthetases = [id for id in positive if id == "ars_any" or "ars_any" in groups(id)]
    urgent = [id for id in positive if id in _LUNG or id in synthetases]
    every = [
        *_of_words(typed),
        *(Remark("not_iim", (_subtypes("subtype", id),)) for id in stated if not is_inflammatory(id)),
        *_of_lungs(stated, urgent, lung, "FR" in countries),
        *_of_antibodies(positive, stated),
        *_of_subtypes(stated, positive, synthetases),
        *_of_single_antibodies(stated, positive, urgent),
        *_of_negatives(stated, antibodies, synthetases),
    ]
    return tuple(dict.fromkeys(every))


def _named(positive: list[str]) -> list[str]:
    """Antibodies without the classes of which one is named: beside anti-Jo-1 "antisynthetase" says nothing more."""
    return [id for id in positive if not any(id in groups(other) for other in positive)]


def _antibodies(part: str, *ids: str) -> tuple[str, str, tuple[str, ...]]:
    return part, "antibodies", ids


def _subtypes(part: str, *ids: str) -> tuple[str, str, tuple[str, ...]]:
    return part, "subtypes", ids


def _of_lungs(stated: list[str], urgent: list[str], lung: Lung, france: bool) -> Iterator[Remark]:
    """An emergency, or what would be one: named by the antibody, else by the disease; in France whom to ask."""
    kind, named = "antibodies", urgent
    if not named:
        kind, named = "subtypes", [id for id in stated if {"asys", "dm_mda5"} & {id, *ancestors(id)}]
    told: dict[str, list[str]] = {"emergency": [], "lung": []}
    for id in named:
        at_once = id in _LUNG or (kind == "subtypes" and "dm_mda5" in (id, *ancestors(id)))
        if lung == "worsening" or (lung == "present" and at_once):
            told["emergency"].append(id)
        elif kind == "antibodies":
            told["lung"].append(id)
    yield from (Remark(code, (("antibody", kind, tuple(ids)),)) for code, ids in told.items() if ids)
    if france and any(told.values()):
        yield Remark("board")


def _of_words(typed: Iterable[str]) -> Iterator[Remark]:
    for text in typed:
        plain = "".join(text.lower().replace("-", "").split())
        yield from (Remark(stem) for stem in OUTDATED if stem in plain)


def _of_antibodies(positive: list[str], stated: list[str]) -> Iterator[Remark]:
    """What positive antibodies suggest, those that clash with what is stated, and those that are unusual together."""
    clashing: dict[str, str] = {}
    for id in positive:
        suggests = dict(term("antibodies", id).suggests)
        main = next((subtype for subtype, strength in suggests.items() if strength == "defining"), None)
        if main is None:
            continue
        if not stated or all(other in ancestors(main) for other in stated):
            if _named_by(id, main) and set(stated) - {"iim"}:
                continue
            yield Remark("suggests", (_antibodies("antibody", id), _subtypes("subtype", main)))
        elif not _fits(suggests, stated) and all(is_inflammatory(other) for other in stated):
            clashing[id] = main
    if clashing:
        pairs = (_antibodies("antibody", *clashing), _subtypes("subtype", *clashing.values()))
        yield Remark("clash", (*pairs, _subtypes("stated", *stated)))
    unusual = _unusual_together(positive)
    if unusual:
        yield Remark("together", (_antibodies("antibodies", *unusual),))


def _named_by(antibody: str, subtype: str) -> bool:
    """Whether a subtype is its kind of disease with that antibody: no news where the kind is stated."""
    return label("antibodies", antibody) in label("subtypes", subtype)


def _fits(suggests: Iterable[str], stated: list[str]) -> bool:
    """Whether one of the subtypes an antibody goes with is, or is a kind of, one that is stated, or the other way round."""
    return any(
        one == other or one in ancestors(other) or other in ancestors(one) for one in suggests for other in stated
    )


def _unusual_together(positive: list[str]) -> list[str]:
    """The specific antibodies that are positive beside another one."""
    specific = [
        id
        for id in positive
        if "msa_any" in groups(id) and term("antibodies", id).klass == "MSA" and id not in ("eif3",)
    ]
    return [a for a in specific if any(a != b and not _same_antibody(a, b) for b in specific)]


def _same_antibody(a: str, b: str) -> bool:
    """Two names of one antibody, or of parts of one: Mi-2 and Mi-2 beta; TIF1-gamma goes with its family, MDA5 and an antisynthetase do not."""
    shared = (groups(a) | {a}) & (groups(b) | {b})
    return bool(shared & {"mi2", "sae", "tif1_any"}) or a in groups(b) or b in groups(a)


def _of_subtypes(stated: list[str], positive: list[str], synthetases: list[str]) -> Iterator[Remark]:
    if {"pm", "jpm"} & set(stated):
        if synthetases:
            yield Remark("pm_ars", (_antibodies("antibody", synthetases[0]),))
        elif not positive:
            yield Remark("pm_ask")
    if "asys" in stated or any("asys" in ancestors(id) for id in stated):
        yield Remark("asys")
        if not synthetases:
            yield Remark("asys_no_ab")
    yield from (Remark(id) for id in ("ibm", "iim") if id in stated)


def _of_single_antibodies(stated: list[str], positive: list[str], urgent: list[str]) -> Iterator[Remark]:
    juvenile = bool(stated) and all(id in JUVENILE_OF.values() or "jiim" in ancestors(id) for id in stated)
    cancer = [id for id in positive if id in _CANCER]
    if cancer and not juvenile:
        yield Remark("cancer", (_antibodies("antibody", *cancer),))
    for id in positive:
        if id == "cn1a" and "ibm" not in stated:
            yield Remark("cn1a")
        if id in ("ars_any", "ro_any"):
            yield Remark(id)
        if id == "ro52" and urgent:
            yield Remark("ro52", (_antibodies("antibody", urgent[0]),))


def _of_negatives(stated: list[str], antibodies: Mapping[str, str], synthetases: list[str]) -> Iterator[Remark]:
    for id in (id for id, result in antibodies.items() if result == "negative"):
        named = [one for one in stated if _named_by(id, one)]
        if named:
            yield Remark("named_negative", (_antibodies("antibody", id), _subtypes("subtype", *named)))
    if antibodies.get("oj") == "negative" and "asys" in stated and not synthetases:
        yield Remark("oj")
    if "imnm" in stated and "hmgcr" not in antibodies and antibodies.get("srp") == "negative":
        yield Remark("blot")
