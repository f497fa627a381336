"""A laboratory line as groups: names, what stands before them, and the evidence after them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from myofind.names.autoantibodies import groups
from myofind.names.compiled_files import span_index
from myofind.names.laboratory_items import Item, followed
from myofind.names.laboratory_signs import SEPARATORS
from myofind.names.normal import words
from myofind.names.result_words import NEGATIONS

__all__ = ["TELLS", "Group", "grouped", "one_of", "parted"]

TELLS = frozenset(("result", "participle", "number", "titre", "compare", "below", "above", "question"))
_COUNTS = frozenset(("number", "titre", "compare", "below", "above"))


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
    beside_panel: str = ""
    """The words of a panel that `and` joins to these names: `dot myosite et anti-HMGCR négatifs`."""
    heading: str = ""
    """Of "the others" the class that heads the names before them: `ENA: SSA +, others negative`."""
    excepted: bool = False
    """Do these names stand after "except"?"""
    first: bool = True
    """Is it the first group of its clause?"""

    def tells(self) -> bool:
        """Does the evidence hold anything that could be a result?"""
        return any(item.kind in TELLS for item in self.evidence)


def grouped(line: Sequence[Item]) -> Iterator[Group]:
    """The groups of a line, in order."""
    line = _own_results(line)
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
        elif item.kind == "panel" and group.names and _whole_panel(item) and _told_and_parted(group):
            yield group
            group = Group(panel=item.text, evidence=[item], first=False)
        elif item.kind in ("panel", "antibody") and not group.names and not group.others:
            group.panel = group.panel or item.text
            group.evidence.append(item)
        elif item.kind in ("line", "hard") and not _goes_on(group, line, at, item):
            heading = heading if item.kind == "line" else []
            if group.names or group.others or (group.tells() and not _heads(group.evidence)):
                group.evidence += [item] if item.kind == "line" and not group.tells() else []
                yield group
            elif _heads(group.evidence):
                heading = list(group.evidence)
            group = Group(list(heading))
        else:
            group.evidence.append(item)
    if group.names or group.tells() or group.others or group.panel or group.evidence:
        yield group


def _own_results(line: Sequence[Item]) -> list[Item]:
    """The items with brackets that hold another antibody and its result as a part of their own: in `MDA5 (Ro52 neg)` MDA5 has none."""
    out = list(line)
    opened: list[int] = []
    for at, item in enumerate(line):
        if item.kind == "open":
            opened.append(at)
        elif item.kind == "close" and opened:
            start = opened.pop()
            inner = line[start + 1 : at]
            names = [held for held in inner if held.kind == "name"]
            told = any(held.kind in TELLS or held.kind in ("negation", "head") for held in inner)
            outer = next((held for held in reversed(line[:start]) if held.kind in ("name", "line")), None)
            apart = outer is not None and outer.kind == "name" and not any(_related(outer, name) for name in names)
            if apart and names and told:
                out[start], out[at] = (item._replace(kind="hard", text=";") for _ in range(2))
    return out


def _related(one: Item, other: Item) -> bool:
    """Is one antibody the other, or a class of it?"""
    known = followed(one.value) and followed(other.value)
    return one.value == other.value or (
        known and (one.value in groups(other.value) or other.value in groups(one.value))
    )


def _whole_panel(item: Item) -> bool:
    """Do the words name a panel of antibodies, not only the method of one?"""
    typed = words(item.text)
    return any(word in ("panel", "profil", "profile", "bilan") or word.startswith("myosi") for word in typed)


def _told_and_parted(group: Group) -> bool:
    """Has the group a result, and a separator after it?"""
    told = [at for at, item in enumerate(group.evidence) if item.kind in TELLS]
    return bool(told) and any(item.kind in SEPARATORS for item in group.evidence[told[-1] :])


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
        told = told or later.kind in TELLS
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
    if item.kind == "name" and followed(item.value) and _introduces(group, item):
        return []
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
    said = any(held.kind in TELLS for held in evidence[: start + 1])
    if _each_after_its_result(group, tail, said=said):
        group.evidence = evidence[: start + 1]
        return tail
    announces = any(held.kind in ("negation", "head") for held in tail) or (
        any(held.kind == "result" for held in tail)
        and (_heads(tail) or _heads([h for h in tail if h.kind != "antibody"]) or _for_name(tail))
    )
    if not group.names and not group.others:
        subject = group.panel and any(held.kind in TELLS for held in evidence) and not announces
        if subject and start >= 0:
            lead = tail if any(held.kind in TELLS for held in tail) else []
            group.evidence = evidence[: start + 1] if lead else evidence
            return lead
        if (
            any(held.kind in TELLS or held.kind in ("negation", "head") for held in evidence[: start + 1])
            and start >= 0
            and not _only_lead(evidence)
        ):
            group.evidence = evidence[: start + 1]
            return tail
        if group.panel and any(held.kind == "and" for held in evidence):
            group.beside_panel = group.panel
        group.lead, group.evidence, group.panel = [*group.lead, *evidence], [], ""
        return None
    if announces or (said and any(held.kind == "result" for held in tail) and start >= 0):
        group.evidence = evidence[: start + 1] if start >= 0 else evidence[: len(evidence) - len(tail)]
        return tail
    if not group.tells() and item.kind != "others" and not any(held.kind in ("line", "hard") for held in evidence):
        return [] if any(held.kind in ("colon", "negation") for held in evidence) else None
    return []


def _introduces(group: Group, item: Item) -> bool:
    """Is the group a positive class that a colon introduces its members with: `ENA screen positive: Ro52 +`?"""
    if len(group.names) != 1 or group.evidence[-1:] == [] or group.evidence[-1].kind != "colon":
        return False
    name = group.names[0]
    told = [held for held in group.evidence if held.kind in TELLS or held.kind in ("negation", "head")]
    return (
        name.value in span_index()["classes"]
        and (name.value == "ena_any" or name.value in groups(item.value))
        and len(told) == 1
        and told[0].kind == "result"
        and told[0].value == "positive"
    )


def _each_after_its_result(group: Group, tail: Sequence[Item], *, said: bool) -> bool:
    """Does each result stand before its name: `positive MDA5, negative Ro52`, `positive MDA5, negative everything else`?"""
    lead = [held for held in group.lead if held.kind in TELLS or held.kind in ("negation", "head")]
    told = [held for held in tail if held.kind not in ("antibody", "harmless", "for")]
    return (
        bool(group.names)
        and not said
        and len(lead) == 1
        and lead[0].kind == "result"
        and not lead[0].sign
        and len(told) == 1
        and told[0].kind == "result"
        and not told[0].sign
        and len(tail) < len(group.evidence)
    )


def _only_lead(evidence: Sequence[Item]) -> bool:
    """Is there no separator after what could be a result: `negative for:`?"""
    told = [at for at, held in enumerate(evidence) if held.kind in TELLS or held.kind in ("negation", "head")]
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


def parted(group: Group) -> tuple[Group, ...]:
    """`no MSA, Ro52 +` as two groups: the denial is of the first name, what stands after the second of that one alone."""
    told = [item for item in group.evidence if item.kind in TELLS]
    if not (
        len(group.names) == 2
        and group.joins == ["comma"]
        and [item.kind for item in group.lead if item.kind in TELLS or item.kind == "negation"] == ["negation"]
        and told
        and all(item.kind == "result" and item.value == "positive" and item.sign for item in told)
    ):
        return (group,)
    first, second = group.names
    return (
        Group(group.lead, [first], first=group.first),
        Group([], [second], evidence=group.evidence, first=False),
    )


def one_of(group: Group) -> bool:
    """May a positive result be of one of the names only? Of specific antibodies with a slash hardly anybody has two: `PL-7/PL-12 positive`."""
    single = all(followed(each.value) and each.value not in span_index()["classes"] for each in group.names)
    slashed = single and "slash" in group.joins and all("msa_any" in groups(each.value) for each in group.names)
    return "or" in group.joins or slashed
