"""A laboratory line as groups: names, what stands before them, and the evidence after them; each group gives one result or a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from myofind.names.laboratory import LabReading, LabResult, Refusal, Remark
from myofind.names.laboratory_brackets import joined_names
from myofind.names.laboratory_items import Item, items
from myofind.names.laboratory_results import Refused, results_of
from myofind.names.laboratory_signs import SEPARATORS, placed
from myofind.names.laboratory_tokens import plain
from myofind.names.normal import compact, words
from myofind.names.result_words import NEGATIONS
from myofind.names.vocabulary import Resolution, ids, label, resolve, span_index, terms

__all__ = ["Group", "grouped", "line_of", "read_line"]

_TELLS = frozenset(("result", "participle", "number", "titre", "compare", "below", "above", "question"))
_COUNTS = frozenset(("number", "titre", "compare", "below", "above"))
_SILENT = frozenset(("name", "antibody", "comma", "slash", "and", "or", "hard", "line", "open", "close"))
"""What may stand with bare names without taking the place of a result."""


@dataclass
class Group:
    """Names that stand together, and what is said of them."""

    lead: list[Item] = field(default_factory=list)
    names: list[Item] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    """What stands between each two names: `comma`, `and`, `or`, `slash`, `plus` or `space`."""
    evidence: list[Item] = field(default_factory=list)
    others: str = ""
    """The words that say "the others", or nothing."""
    panel: str = ""
    """The words that name a panel or antibodies as a whole, or nothing."""
    excepted: bool = False
    """Do these names stand after "except"?"""
    first: bool = True
    """Is it the first group of its clause?"""

    def tells(self) -> bool:
        """Does the evidence hold anything that could be a result?"""
        return any(item.kind in _TELLS for item in self.evidence)


def line_of(text: str) -> list[Item]:
    """The items of a text with signs in their places and names in brackets joined to the name before; raises Refused for a word not read."""
    line = joined_names(placed(items(plain(text))))
    depth = 0
    for at, item in enumerate(line):
        depth += (item.kind == "open") - (item.kind == "close")
        if depth < 0:
            break
        if depth and item.kind == "hard":
            line[at] = item._replace(kind="comma")
    if depth:
        raise Refused(Refusal("unclosed"))
    for at, item in enumerate(line):
        if item.kind in ("unread", "ne"):
            raise Refused(
                _unread(item, next((held for held in line[max(at - 2, 0) : at][::-1] if held.kind != "link"), None))
            )
        if item.kind == "name" and item.value[0] in "?|":
            raise Refused(_ambiguous(item))
    return line


def _unread(item: Item, before: Item | None) -> Refusal:
    """Why an item is not read; a word that looks like an antibody's name is an unknown name, with suggestions."""
    if item.value:
        return Refusal(item.value, (item.text,))
    marked = before is not None and before.kind == "antibody"
    name = f"{before.text}-{item.text}" if marked and before else item.text
    if marked or any(c.isdigit() for c in item.text):
        found = resolve("antibodies", name)
        if found.outcome == "unknown":
            return Refusal("unknown_name", (name,), found)
    return Refusal("unread", (item.text,))


def _ambiguous(item: Item) -> Refusal:
    found = resolve("antibodies", item.text)
    if found.id is not None or found.outcome == "unknown":
        found = Resolution("antibodies", item.text, "ambiguous", None, (), (), "names more than one")
    return Refusal("ambiguous_name", (item.text,), found)


# --- groups ----------------------------------------------------------------------------------------------------------------------------


def grouped(line: Sequence[Item]) -> Iterator[Group]:
    """The groups of a line, in order."""
    group = Group()
    heading: list[Item] = []
    for at, item in enumerate(line):
        if item.kind in ("name", "others"):
            lead = _lead_of_next(group, item)
            if lead is not None:
                if group.names or group.panel or group.others or group.tells():
                    yield group
                    group = Group(lead, first=any(held.kind in ("line", "hard") for held in group.evidence))
                else:
                    group = Group([*group.lead, *lead], first=True)
            if item.kind == "others":
                group.others = item.text
                if NEGATIONS.intersection(words(item.text)):
                    group.lead.append(item._replace(kind="negation"))
            else:
                group.joins += [_join(group)] if group.names else []
                group.names.append(item)
                group.evidence = []
        elif item.kind == "except":
            if group.names or group.panel or group.others or group.tells():
                yield group
            group = Group(excepted=True, first=False)
        elif item.kind in ("panel", "antibody") and not group.names and not group.others:
            group.panel = group.panel or item.text
            group.evidence.append(item)
        elif item.kind in ("line", "hard") and not _goes_on(group, line, at, item):
            heading = heading if item.kind == "line" else []
            if group.names or group.others or (group.tells() and not _heads(group.evidence)):
                yield group
            elif _heads(group.evidence):
                heading = list(group.evidence)
            group = Group(list(heading))
        else:
            group.evidence.append(item)
    if group.names or group.tells() or group.others or group.panel or group.evidence:
        yield group


def _goes_on(group: Group, line: Sequence[Item], at: int, item: Item) -> bool:
    """Does a group without a result find it on the next line, which names nothing (a table pasted cell by cell)?"""
    if not (group.names or group.panel) or (group.tells() and not any(held.kind in _COUNTS for held in group.evidence)):
        return False
    told = counted = False
    last = ""
    for later in line[at + 1 :]:
        if later.kind in ("line", "hard"):
            break
        last = later.kind
        if later.kind in ("name", "others", "panel", "head", "negation", "antibody"):
            return False
        told = told or later.kind in _TELLS
        counted = counted or later.kind in _COUNTS
    if last in ("colon", "for"):
        return False
    return counted if group.tells() else told and (item.kind == "line" or bool(group.names))


def _heads(evidence: Sequence[Item]) -> bool:
    """Is it a heading that gives the result of what follows, such as `Negative:`?"""
    kinds = [item.kind for item in evidence]
    return any(kind in ("result", "negation", "head") for kind in kinds) and kinds[-1:] in (["colon"], ["for"])


def _lead_of_next(group: Group, item: Item) -> list[Item] | None:
    """What of a group's evidence belongs to the name that follows; None where the name joins the group."""
    evidence = group.evidence
    if group.names and any(held.kind == "but" for held in evidence):
        cut = max(at for at, held in enumerate(evidence) if held.kind == "but")
        group.evidence = evidence[:cut]
        return evidence[cut + 1 :]
    start = max((at for at, held in enumerate(evidence) if held.kind in SEPARATORS), default=-1)
    tail = evidence[start + 1 :]
    for at, held in enumerate(tail):
        if held.kind in ("negation", "head"):
            start, tail = start + at, tail[at:]
            break
    said = any(held.kind in _TELLS for held in evidence[: start + 1])
    announces = any(held.kind in ("negation", "head") for held in tail) or (
        any(held.kind == "result" for held in tail)
        and (_heads(tail) or _heads([h for h in tail if h.kind != "antibody"]) or _for_name(tail))
    )
    if not group.names and not group.others:
        subject = group.panel and any(held.kind in _TELLS for held in evidence) and not announces
        if subject and start >= 0:
            lead = tail if any(held.kind in _TELLS for held in tail) else []
            group.evidence = evidence[: start + 1] if lead else evidence
            return lead
        if (
            any(held.kind in _TELLS or held.kind in ("negation", "head") for held in evidence[: start + 1])
            and start >= 0
            and not _only_lead(evidence)
        ):
            group.evidence = evidence[: start + 1]
            return tail
        group.lead, group.evidence, group.panel = [*group.lead, *evidence], [], ""
        return None
    if announces or (said and any(held.kind == "result" for held in tail) and start >= 0):
        group.evidence = evidence[: start + 1] if start >= 0 else evidence[: len(evidence) - len(tail)]
        return tail
    if not group.tells() and item.kind != "others" and not any(held.kind in ("line", "hard") for held in evidence):
        if any(held.kind == "negation" for held in evidence):
            return None
        return None if not any(held.kind == "colon" for held in evidence) else []
    return []


def _only_lead(evidence: Sequence[Item]) -> bool:
    """Is there no separator after what could be a result: `negative for:`?"""
    told = [at for at, held in enumerate(evidence) if held.kind in _TELLS or held.kind in ("negation", "head")]
    return not any(held.kind in SEPARATORS for held in evidence[told[0] :]) if told else True


def _for_name(tail: Sequence[Item]) -> bool:
    """`positive for`, `negative pour les anticorps anti-`: a result that reaches forward."""
    kinds = [held.kind for held in tail]
    return (
        "for" in kinds and "result" in kinds and kinds.index("result") < len(kinds) - 1 - kinds[::-1].index("for") + 1
    )


def _join(group: Group) -> str:
    """What stands between the last name and the next."""
    kinds = {held.kind for held in group.evidence}
    for kind in ("or", "and", "comma", "slash"):
        if kind in kinds:
            return kind if not (kind == "and" and "or" in kinds) else "or"
    return "space"


# --- the whole line --------------------------------------------------------------------------------------------------------------------


def read_line(text: str) -> LabReading:
    """Read a whole line: all of it, or a refusal."""
    try:
        status = _status(text)
        if status is not None:
            return status
        line = line_of(text)
        if not any(item.kind not in ("comma", "line", "hard", "link", "colon", "harmless") for item in line):
            raise Refused(Refusal("no_name", (text.strip(),)) if line else Refusal("nothing"))
        results, notes = results_of(list(grouped(line)), bare=_bare(line))
        return LabReading(tuple(_once(results)), (), tuple(notes))
    except Refused as refused:
        declared = _declared(text)
        if declared is not None:
            return LabReading((LabResult(text, declared, "positive"),), (), ())
        return LabReading((), (refused.refusal,), ())


@cache
def _written() -> dict[str, str]:
    """Every name of the vocabulary as it is written, without case, and its antibody."""
    return {
        name.casefold(): term.id
        for term in terms("antibodies")
        if term.klass != "status"
        for name in (term.en, term.fr, *term.aliases)
    }


def _declared(text: str) -> str | None:
    """The antibody of which the whole text is a name as the vocabulary writes it: such a name may hold words that are read nowhere else."""
    return _written().get(text.strip().casefold())


def _bare(line: Sequence[Item]) -> bool:
    """Does the line hold names and nothing else, so that each is positive?"""
    return all(
        item.kind in _SILENT
        or (
            item.kind == "result"
            and item.text == "+"
            and 0 < at < len(line) - 1
            and line[at - 1].kind == line[at + 1].kind == "name"
        )
        for at, item in enumerate(line)
    )


def _status(text: str) -> LabReading | None:
    """An id typed as it is, or a whole line that says the panel is negative or unknown, in the words of the vocabulary."""
    from myofind.names.laboratory_results import panel_negative

    bare = text.strip()
    keys: dict[str, str] = span_index()["keys"]
    if bare in ("-", "--", "—", "–", "?", "??", "???"):
        return LabReading((), (), (Remark("unknown_status", (bare,)),))
    owner = (
        bare
        if bare in ids("antibodies")
        else keys.get("=" + compact(bare))
        if "+" not in bare and "?" not in bare
        else None
    )
    if owner is None:
        return None
    if owner == "seroneg":
        results, note = panel_negative(bare, specific=compact(bare).startswith(("msa", "nomsa")))
        return LabReading(tuple(results), (), (note,))
    if owner == "ab_unknown":
        return LabReading((), (), (Remark("unknown_status", (bare,)),))
    return LabReading((LabResult(bare, owner, "positive"),), (), ()) if owner[0] not in "?|" else None


def _once(results: list[LabResult]) -> list[LabResult]:
    """One result an antibody; two that differ refuse the line."""
    first: dict[str, LabResult] = {}
    for result in results:
        held = first.setdefault(result.id, result)
        if held.result != result.result:
            raise Refused(Refusal("given_twice", (label("antibodies", result.id), held.result, result.result)))
    return list(first.values())
