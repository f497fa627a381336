"""The result of each name of a group: its own, or the group's where it plainly holds for all; a panel, and "the others"."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.names.autoantibodies import groups
from myofind.names.compiled_files import read, span_index
from myofind.names.laboratory_denials import check_examination
from myofind.names.laboratory_groups import TELLS, Group, one_of, parted
from myofind.names.laboratory_items import NOT_FOLLOWED, YEAR, Item, followed
from myofind.names.laboratory_measures import Doubt
from myofind.names.laboratory_numbers import judged, legend
from myofind.names.laboratory_panels import panel_negative, related, whole, without_excepted
from myofind.names.laboratory_values import LabResult, Refusal, Refused, Remark
from myofind.names.normal import word_set, words
from myofind.names.result_words import PLURAL

__all__ = ["ambiguous", "results_of", "together"]

_SAYS = frozenset(("result", "participle", "question"))
_SAID_NO = frozenset(("no", "non", "nein", "none", "aucun", "aucune", "keine", "absence", "kein nachweis"))


def results_of(line: Sequence[Group], *, bare: bool) -> tuple[list[LabResult], list[Remark]]:
    """The results of every group of a line; with `bare`, names without a result are positive. Raises Refused."""
    line = [part for group in line for part in parted(group)]
    results: list[LabResult] = []
    notes: list[Remark] = []
    later: list[tuple[Group, str]] = []
    heading = ""
    excepted = {name.value for group in line if group.excepted for name in group.names}
    for at, group in enumerate(line):
        if group.names and bare:
            results += _bare(group)
            continue
        if _is_title(group, line[at + 1] if at + 1 < len(line) else None):
            heading = group.names[0].value if group.names else "" if group.panel else heading
            continue
        try:
            result = _result(group)
        except Refused as refused:
            if _bare_titre(group, refused.refusal):
                notes.append(Remark("titre_unused", (_typed(group),)))
            elif group.names or group.others or len(line) == 1 or not legend(group.evidence):
                raise
            continue
        notes += _unused(group)
        if group.others or (not group.names and result is not None):
            group.heading = heading
            later.append((group, result or ""))
        elif group.names:
            results += _named(group, result, line[at - 1] if at else None)
            for panel in [each for each in group.names if _as_panel(each, result) and not group.excepted]:
                covered, note = panel_negative(panel.text, specific=True, named=frozenset(related(excepted)))
                results = [each for each in results if each.typed != panel.text] + covered
                notes.append(note)
            if group.beside_panel and result == "negative":
                later.append((Group(panel=group.beside_panel, evidence=[Item("panel", group.beside_panel)]), result))
    for group, result in later:
        whole(group, result, results, notes, alone=len(line) == 1, excepted=[g for g in line if g.excepted])
    results = without_excepted(results, excepted, notes)
    unused = dict.fromkeys(result.typed for result in results if result.id == NOT_FOLLOWED)
    kept = [result for result in results if result.id != NOT_FOLLOWED]
    if unused:
        if not kept and not notes:
            from myofind.names.vocabulary import resolve

            name = next(iter(unused))
            raise Refused(Refusal("unknown_name", (name,), resolve("antibodies", name)))
        notes.append(Remark("not_followed", (", ".join(unused),)))
    return kept, notes


_REPEATED = word_set("controler recontroler verifier confirmer confirm confirmed repeat bestatigen kontrolle controle")


def _unused(group: Group) -> list[Remark]:
    """What stands beside a result and does not change it: its day or year, and that it is to be repeated."""
    measured = any(item.kind in ("unit", "compare", "limit", "below", "above", "titre") for item in group.evidence)
    days = [
        item.text
        for item in group.evidence
        if (item.kind == "harmless" and item.value == "date")
        or (item.kind == "number" and not measured and YEAR.fullmatch(item.text))
    ]
    repeated = [
        item.text
        for item in group.evidence
        if item.kind == "result" and item.value == "borderline" and _REPEATED.intersection(words(item.text))
    ]
    return [
        *(Remark("day_of_result", (", ".join(days), _listed(group) or group.panel)) for _ in days[:1]),
        *(Remark("to_repeat", (", ".join(repeated), _listed(group) or group.panel)) for _ in repeated[:1]),
    ]


def _bare_titre(group: Group, refusal: Refusal) -> bool:
    """Is it a titre of antinuclear antibodies without a limit? No rule of a trial asks for them, so it is passed over aloud."""
    return (
        refusal.code == "value_without_limit"
        and bool(group.names)
        and all(name.value == "ana" for name in group.names)
        and any(item.kind == "titre" for item in group.evidence)
    )


def _typed(group: Group) -> str:
    return " ".join(item.text for item in [*group.names, *group.evidence] if item.kind not in ("line", "hard", "comma"))


def _bare(group: Group) -> list[LabResult]:
    if one_of(group):
        raise Refused(Refusal("either", (_listed(group),)))
    for name in group.names:
        if name.value[0] == "?":
            raise Refused(ambiguous(name))
        if name.text.lower() in _asked():
            from myofind.names.vocabulary import resolve

            raise Refused(Refusal("ambiguous_name", (name.text,), resolve("antibodies", name.text)))
    return [LabResult(name.text, name.value, "positive") for name in group.names]


def _asked() -> frozenset[str]:
    return frozenset(("msa", "msas", "asm", "maa", "maas", "aam"))


def _listed(group: Group) -> str:
    return ", ".join(name.text for name in group.names)


def _is_title(group: Group, following: Group | None) -> bool:
    """Words without a name and a result, or a class that only heads the names of its members."""
    if group.others or any(
        item.kind in TELLS or item.kind in ("negation", "head") for item in [*group.lead, *group.evidence]
    ):
        return False
    if not group.names:
        return True
    name = group.names[0]
    headed = any(item.kind in ("colon", "line") for item in group.evidence)
    if name.value == "ena_any" and headed and following is not None:
        return bool(following.names)
    return (
        len(group.names) == 1
        and name.value in span_index()["classes"]
        and any(item.kind in ("colon", "line", "link") for item in group.evidence)
        and following is not None
        and bool(following.names)
        and all(followed(other.value) and name.value in groups(other.value) for other in following.names)
    )


def _result(group: Group) -> str | None:
    """What the lead and the evidence of a group say together; None where they say nothing."""
    lead, denied = _lead(group)
    if not group.names and denied and not group.tells():
        return "negative" if group.panel or group.others else _refuse_no_name(group)
    evidence = list(group.evidence)
    if any(item.kind == "negation" for item in evidence):
        told = [
            item
            for item in evidence
            if item.kind not in ("colon", "link", "comma", "hard", "line", "antibody", "copula", "open", "close")
        ]
        if len(told) == 1 and told[0].text.lower() in _SAID_NO and lead is None:
            if not set(group.joins) <= {"and", "slash", "or"}:
                raise Refused(Refusal("unclear_list", (", ".join(name.text for name in group.names[:-1]),)))
            return "negative"
        if [item.kind for item in told if item.kind not in ("panel", "harmless")] == [
            "negation",
            "participle",
        ] and lead is None:
            return "negative"
        if (
            not group.names
            and len(told) >= 1
            and all(item.kind in ("negation", "panel", "harmless", "participle", "for") for item in told)
        ):
            return "negative"
        raise Refused(Refusal("unclear_sign", (next(item.text for item in evidence if item.kind == "negation"),)))
    if not group.tells():
        if denied:
            check_examination(group)
        return lead
    if denied:
        said = [item for item in evidence if item.kind in TELLS]
        if all(item.kind == "participle" for item in said):
            if len(group.names) > 1 and not _denies_all(group):
                raise Refused(Refusal("unclear_list", (_listed(group),)))
            return "negative"
        raise Refused(Refusal("double_negation", (" ".join(item.text for item in [*group.lead, *group.names, *said]),)))
    if not (group.names or group.panel or group.others) and not any(item.kind in _SAYS for item in evidence):
        raise Refused(Refusal("no_name", (" ".join(item.text for item in evidence),)))
    try:
        result = judged(evidence)
    except Doubt as doubt:
        raise Refused(Refusal(doubt.code, (doubt.text,))) from None
    if lead is not None and lead != result:
        raise Refused(
            Refusal("results_differ", (" ".join(item.text for item in [*group.lead, *group.names, *evidence]),))
        )
    return result


def _denies_all(group: Group) -> bool:
    """Is it `no Jo-1, PL-7 or PL-12 detected`, where the last name is joined to the others before the word that is denied?"""
    denial = next(item.text for item in group.lead if item.kind == "negation")
    return (
        group.joins[-1] != "comma"
        and group.joins[-1] != "space"
        and words(denial)[0] not in ("absence", "sans", "without", "ohne", "free", "lack")
    )


def _refuse_no_name(group: Group) -> str:
    raise Refused(Refusal("no_name", (" ".join(item.text for item in [*group.lead, *group.evidence]),)))


def _lead(group: Group) -> tuple[str | None, bool]:
    """The result that stands before the names, and whether it is a negation."""
    told = [
        item
        for item in group.lead
        if item.kind in ("result", "negation", "head", "question", "number", "titre", "compare", "participle")
    ]
    if not told:
        return None, False
    if any(item.kind in ("number", "titre", "compare") for item in told):
        raise Refused(Refusal("value_without_limit", (" ".join(item.text for item in told),)))
    if len(told) > 1 and any(item.kind in ("negation",) for item in told):
        raise Refused(Refusal("double_negation", (" ".join(item.text for item in told),)))
    values = {_value(item) for item in told}
    if len(values) > 1:
        raise Refused(Refusal("results_differ", (" ".join(item.text for item in told),)))
    return values.pop(), told[0].kind == "negation"


def _value(item: Item) -> str:
    return {"negation": "negative", "question": "not_tested"}.get(item.kind, item.value)


def _named(group: Group, result: str | None, before: Group | None) -> list[LabResult]:
    """The result of each name of a group."""
    if result is None:
        if (
            before is not None
            and before.names
            and not group.excepted
            and _plus_joined(before)
            and not any(item.kind not in ("comma", "hard", "line", "antibody") for item in group.evidence)
        ):
            result = "positive"
        else:
            raise Refused(Refusal("no_result", (_listed(group),)))
    if len(group.names) > 1:
        if "space" in group.joins and any(
            second.value in related({first.value})
            for first in group.names
            for second in group.names
            if first is not second
        ):
            raise Refused(Refusal("names_differ", (_listed(group),)))
        _shared(group, result)
    if (
        before is not None
        and not group.first
        and len(group.names) == 1
        and result == "negative"
        and _plus_joined(before)
        and _worded(group)
    ):
        raise Refused(Refusal("unclear_list", (_listed(before),)))
    found: list[LabResult] = []
    for name in group.names:
        if name.value[0] == "?":
            found += _band(name, result)
        elif _as_panel(name, result):
            found += panel_negative(name.text, specific=True)[0]
        else:
            found.append(LabResult(name.text, name.value, result))
    return found


def _as_panel(name: Item, result: str | None) -> bool:
    """Are the specific antibodies of a panel said to be negative, by a name of their class?"""
    return name.value == "msa_any" and result == "negative" and name.text != "msa_any"


def _band(name: Item, result: str) -> list[LabResult]:
    """A band that holds several antigens is negative for each of them; another result leaves open for which."""
    if result != "negative":
        raise Refused(ambiguous(name))
    return [LabResult(name.text, id, "negative") for id in together(name.value)]


def ambiguous(name: Item) -> Refusal:
    """That a name has several readings."""
    from myofind.names.vocabulary import Resolution, resolve

    found = resolve("antibodies", name.text)
    if found.id is not None or found.outcome == "unknown":
        found = Resolution("antibodies", name.text, "ambiguous", None, (), (), "several")
    return Refusal("ambiguous_name", (name.text,), found)


def together(value: str) -> tuple[str, ...]:
    """The antibodies of a band that holds them all, by the value of its name; nothing for any other name."""
    if value[0] != "?" or not value[1:].isdigit():
        return ()
    entry = read("ambiguous_antibodies")[int(value[1:])]
    return tuple(entry["candidates"]) if entry.get("together") else ()


def _plus_joined(group: Group) -> bool:
    """Does one lone plus end the group, so that it could also join two names?"""
    said = [item for item in group.evidence if item.kind != "antibody"]
    return len(said) == 1 and said[0].kind == "result" and said[0].text == "+" and said[0].spaced


def _worded(group: Group) -> bool:
    return any(item.kind in ("result", "participle") and not item.sign for item in group.evidence)


def _shared(group: Group, result: str) -> None:
    """Refuse a result after several names unless it plainly holds for all of them."""
    bare = ", ".join(name.text for name in group.names[:-1])
    told = [item for item in group.evidence if item.kind in TELLS]
    if one_of(group) and result in ("positive", "borderline"):
        raise Refused(Refusal("either", (_listed(group),)))
    if not told:
        return
    if any(item.kind in ("number", "titre", "compare", "below", "above") for item in told):
        raise Refused(Refusal("unclear_list", (bare,)))
    mixed = any(name.value == NOT_FOLLOWED for name in group.names)
    plural = any(PLURAL.intersection(words(item.text)) for item in told)
    joined = group.joins[-1] in ("and", "slash", "or")
    if set(group.joins) <= {"and", "slash", "or"} or plural:
        return
    if mixed:
        raise Refused(Refusal("unclear_list", (bare,)))
    if any(item.sign for item in told):
        if result != "positive" or not group.first:
            raise Refused(Refusal("unclear_list", (bare,)))
        return
    if not (group.first or joined):
        raise Refused(Refusal("unclear_list", (bare,)))
