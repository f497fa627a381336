"""A panel, antibodies as a whole, and "the others": which antibodies a result without a name is said of."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.names.autoantibodies import PANEL, PANEL_SPECIFIC, groups, members
from myofind.names.compiled_files import span_index
from myofind.names.laboratory_groups import Group
from myofind.names.laboratory_items import NOT_FOLLOWED, Item, followed
from myofind.names.laboratory_values import LabResult, Refusal, Refused, Remark
from myofind.names.normal import words

__all__ = ["panel_negative", "related", "whole", "without_excepted"]


def panel_negative(
    typed: str, *, specific: bool = False, named: frozenset[str] = frozenset()
) -> tuple[list[LabResult], Remark]:
    """A negative panel: which antibodies that covers, said aloud."""
    covered = [id for id in (PANEL_SPECIFIC if specific else PANEL) if id not in named]
    note = Remark("panel_negative", (typed, _labels(covered)))
    return [LabResult(typed, id, "negative") for id in covered], note


def _labels(covered: Sequence[str]) -> str:
    return " ".join(f"@{id}" for id in covered)


def whole(
    group: Group, result: str, results: list[LabResult], notes: list[Remark], *, alone: bool, excepted: list[Group]
) -> None:
    """A panel, antibodies as a whole, "the others", or a result that names nothing."""
    typed = " ".join(
        item.text
        for item in [*group.lead, *([_as_item(group.others)] if group.others else []), *group.names, *group.evidence]
        if item.kind not in ("line", "hard", "comma", "colon")
    )
    unnamed = not group.others and not group.panel
    if unnamed and not (excepted and result == "negative") and not (alone and (result != "negative" or _of_all(group))):
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
    named = related({each.id for each in results})
    if group.others:
        _others(group, typed, named, results, notes)
        return
    if excepted and not all(other.names for other in excepted):
        raise Refused(Refusal("no_result", (typed,)))
    held = frozenset(named) if excepted else frozenset()
    found, note = panel_negative(typed, named=held)
    results += found
    notes.append(note)


_NONE = frozenset(("none", "aucun", "aucune", "aucuns", "aucunes", "keine"))


def _of_all(group: Group) -> bool:
    """Does a negative that names nothing say it of antibodies? `négatif`, `none detected`, `aucun` do; `no`, `absent`, `(-)` do not."""
    told = [word for item in [*group.lead, *group.evidence] for word in words(item.text)]
    return (
        any(word.startswith(("neg", "seroneg", "detect", "undetect", "indetect", "nachw")) for word in told)
        or any(item.kind == "participle" for item in group.evidence)
        or (len(told) == 1 and told[0] in _NONE)
    )


def _as_item(text: str) -> Item:
    return Item("others", text)


def related(named: set[str]) -> set[str]:
    """What was named, its classes and its members: none of them is "another"."""
    return named | {other for id in named if followed(id) for other in (*groups(id), *members(id))}


def _others(group: Group, typed: str, named: set[str], results: list[LabResult], notes: list[Remark]) -> None:
    """`others negative`: the rest of the usual panel or of a class; specific names stand for themselves."""
    classes = span_index()["classes"]
    explicit = [name for name in group.names if name.value not in classes]
    results += [LabResult(name.text, name.value, "negative") for name in explicit]
    ids = {each.id for each in results}
    broad = [name.value for name in group.names if name.value in classes]
    if not broad and not explicit:
        broad = [group.heading] if group.heading else ["ena_any"] if "ena_any" in ids else []
    if not broad and explicit:
        return
    covered = [id for id in PANEL if id not in named and (not broad or any(one in groups(id) for one in broad))]
    of_panel = bool(named) and all(id in PANEL or id in classes for id in ids - {NOT_FOLLOWED})
    if not covered or not (broad or of_panel):
        notes.append(Remark("others_unused", (typed,)))
        return
    results += [LabResult(typed, id, "negative") for id in covered]
    notes.append(Remark("others_negative", (typed, _labels(covered))))


def without_excepted(results: list[LabResult], excepted: set[str], notes: list[Remark]) -> list[LabResult]:
    """The results with a negative class, of which members are excepted, as its other members that panels hold: which, a note says."""
    out: list[LabResult] = []
    for result in results:
        inside = {one for one in excepted if followed(one) and result.id in groups(one)}
        if result.result == "negative" and inside:
            rest = [id for id in PANEL if result.id in groups(id) and id not in excepted]
            out += [LabResult(result.typed, id, "negative") for id in rest]
            notes.append(Remark("others_negative", (result.typed, _labels(rest))))
        else:
            out.append(result)
    return out
