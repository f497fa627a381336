"""The result of each name of a group: its own, or the group's where it plainly holds for all; a panel, and "the others"."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.names.autoantibodies import PANEL, PANEL_SPECIFIC, groups, members
from myofind.names.compiled_files import span_index
from myofind.names.laboratory_groups import TELLS, Group
from myofind.names.laboratory_items import NOT_FOLLOWED, Item
from myofind.names.laboratory_measures import Doubt
from myofind.names.laboratory_numbers import judged, legend
from myofind.names.laboratory_values import LabResult, Refusal, Remark
from myofind.names.normal import words
from myofind.names.result_words import PLURAL

__all__ = ["Refused", "panel_negative", "results_of"]

_SAID_NO = frozenset(("no", "non", "nein", "absence"))


class Refused(Exception):
    """A line that is not read."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def results_of(line: Sequence[Group], *, bare: bool) -> tuple[list[LabResult], list[Remark]]:
    """The results of every group of a line; with `bare`, names without a result are positive. Raises Refused."""
    results: list[LabResult] = []
    notes: list[Remark] = []
    later: list[tuple[Group, str]] = []
    titre: Refused | None = None
    for at, group in enumerate(line):
        if group.names and bare:
            results += _bare(group)
            continue
        if _is_title(group, line[at + 1] if at + 1 < len(line) else None):
            continue
        try:
            result = _result(group)
        except Refused as refused:
            if _bare_titre(group, refused.refusal):
                titre = refused
                notes.append(Remark("titre_unused", (_typed(group),)))
            elif group.names or group.others or len(line) == 1 or not legend(group.evidence):
                raise
            continue
        if group.others or (not group.names and result is not None):
            later.append((group, result or ""))
        elif group.names:
            results += _named(group, result, line[at - 1] if at else None)
    for group, result in later:
        _whole(group, result, results, notes, alone=len(line) == 1, excepted=[g for g in line if g.excepted])
    if titre is not None and not results:
        raise titre
    unused = dict.fromkeys(result.typed for result in results if result.id == NOT_FOLLOWED)
    followed = [result for result in results if result.id != NOT_FOLLOWED]
    if unused:
        if not followed and not notes:
            from myofind.names.vocabulary import resolve

            name = next(iter(unused))
            raise Refused(Refusal("unknown_name", (name,), resolve("antibodies", name)))
        notes.append(Remark("not_followed", (", ".join(unused),)))
    return followed, notes


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
    if "or" in group.joins:
        raise Refused(Refusal("either", (_listed(group),)))
    for name in group.names:
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
    if name.value == "ena_any" and any(item.kind == "colon" for item in group.evidence) and following is not None:
        return bool(following.names)
    return (
        len(group.names) == 1
        and name.value in span_index()["classes"]
        and any(item.kind in ("colon", "line", "link") for item in group.evidence)
        and following is not None
        and bool(following.names)
        and all(other.value != NOT_FOLLOWED and name.value in groups(other.value) for other in following.names)
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
        return lead
    if denied:
        said = [item for item in evidence if item.kind in TELLS]
        if all(item.kind == "participle" for item in said):
            if len(group.names) > 1 and not _denies_all(group):
                raise Refused(Refusal("unclear_list", (_listed(group),)))
            return "negative"
        raise Refused(Refusal("double_negation", (" ".join(item.text for item in [*group.lead, *group.names, *said]),)))
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
            and _plus_joined(before)
            and not any(item.kind not in ("comma", "hard", "line", "antibody") for item in group.evidence)
        ):
            result = "positive"
        else:
            raise Refused(Refusal("no_result", (_listed(group),)))
    if len(group.names) > 1:
        if "space" in group.joins and any(
            second.value in _related({first.value})
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
        if name.value == "msa_any" and result == "negative" and name.text != "msa_any":
            found += [LabResult(name.text, id, "negative") for id in PANEL_SPECIFIC]
        else:
            found.append(LabResult(name.text, name.value, result))
    return found


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
    if "or" in group.joins and result in ("positive", "borderline"):
        raise Refused(Refusal("either", (_listed(group),)))
    if not told:
        return
    if any(item.kind in ("number", "titre", "compare", "below", "above") for item in told):
        raise Refused(Refusal("unclear_list", (bare,)))
    plural = any(PLURAL.intersection(words(item.text)) for item in told)
    joined = group.joins[-1] in ("and", "slash", "or")
    if set(group.joins) <= {"and", "slash", "or"} or plural:
        return
    if any(item.sign for item in told):
        if result != "positive" or not group.first:
            raise Refused(Refusal("unclear_list", (bare,)))
        return
    if not (group.first or joined):
        raise Refused(Refusal("unclear_list", (bare,)))


# --- panels ----------------------------------------------------------------------------------------------------------------------------


def panel_negative(
    typed: str, *, specific: bool = False, named: frozenset[str] = frozenset()
) -> tuple[list[LabResult], Remark]:
    """A negative panel: which antibodies that covers, said aloud."""
    covered = [id for id in (PANEL_SPECIFIC if specific else PANEL) if id not in named]
    note = Remark("panel_negative", (typed, _labels(covered)))
    return [LabResult(typed, id, "negative") for id in covered], note


def _labels(covered: Sequence[str]) -> str:
    return " ".join(f"@{id}" for id in covered)


def _whole(
    group: Group, result: str, results: list[LabResult], notes: list[Remark], *, alone: bool, excepted: list[Group]
) -> None:
    """A panel, antibodies as a whole, "the others", or a result that names nothing."""
    typed = " ".join(
        item.text
        for item in [*group.lead, *([_as_item(group.others)] if group.others else []), *group.names, *group.evidence]
        if item.kind not in ("line", "hard", "comma", "colon")
    )
    if not group.others and not group.panel and not alone and not (excepted and result == "negative"):
        raise Refused(Refusal("no_name", (typed,)))
    if group.others and result == "":
        raise Refused(Refusal("no_result", (typed,)))
    if result == "not_tested":
        notes.append(Remark("unknown_status", (typed,)))
        return
    if result == "positive" and group.panel and not group.others and any(each.result == "positive" for each in results):
        return
    if result != "negative":
        raise Refused(Refusal("panel_positive", (group.others or group.panel or typed,)))
    named = _related({each.id for each in results})
    if group.others:
        _others(group, typed, named, results, notes)
        return
    if excepted and not all(other.names for other in excepted):
        raise Refused(Refusal("no_result", (typed,)))
    held = frozenset(named) if excepted else frozenset()
    found, note = panel_negative(typed, named=held)
    results += found
    notes.append(note)


def _as_item(text: str) -> Item:
    return Item("others", text)


def _related(named: set[str]) -> set[str]:
    """What was named, its classes and its members: none of them is "another"."""
    followed = named - {NOT_FOLLOWED}
    return named | {other for id in followed for other in (*groups(id), *members(id))}


def _others(group: Group, typed: str, named: set[str], results: list[LabResult], notes: list[Remark]) -> None:
    """`others negative`: the rest of the usual panel or of a class; specific names stand for themselves."""
    classes = span_index()["classes"]
    explicit = [name for name in group.names if name.value not in classes]
    results += [LabResult(name.text, name.value, "negative") for name in explicit]
    broad = [name.value for name in group.names if name.value in classes]
    if broad:
        covered = [id for id in PANEL if id not in named and any(one in groups(id) for one in broad)]
    elif explicit:
        return
    elif named and all(id in PANEL or id in classes for id in {each.id for each in results} - {NOT_FOLLOWED}):
        covered = [id for id in PANEL if id not in named]
    else:
        notes.append(Remark("others_unused", (typed,)))
        return
    results += [LabResult(typed, id, "negative") for id in covered]
    notes.append(Remark("others_negative", (typed, _labels(covered))))
