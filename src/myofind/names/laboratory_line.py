"""A whole laboratory line: every result of it, or one refusal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from myofind.names.compiled_files import span_index
from myofind.names.laboratory_brackets import joined_names
from myofind.names.laboratory_denials import items
from myofind.names.laboratory_groups import grouped
from myofind.names.laboratory_items import Item
from myofind.names.laboratory_panel_limits import with_limit_of_all
from myofind.names.laboratory_results import ambiguous, results_of, together
from myofind.names.laboratory_signs import enclosed, placed
from myofind.names.laboratory_tokens import plain
from myofind.names.laboratory_values import LabReading, LabResult, Refusal, Refused, Remark
from myofind.names.normal import compact, unreadable
from myofind.names.vocabulary import ids, label, resolve, terms

__all__ = ["line_of", "read_line"]

_SILENT = frozenset(("name", "antibody", "comma", "slash", "and", "or", "hard", "line", "open", "close"))
"""What may stand with bare names without taking the place of a result."""


def line_of(text: str) -> list[Item]:
    """The items of a text with signs in their places and names in brackets joined to the name before; raises Refused for a word not read."""
    line = enclosed(joined_names(placed(items(plain(text)))))
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
        if item.kind == "except" and not _names_follow(line, at):
            raise Refused(Refusal("unread", (item.text,)))
        if item.kind == "name" and item.value[0] in "?|" and not together(item.value):
            raise Refused(ambiguous(item))
    return line


def _names_follow(line: Sequence[Item], at: int) -> bool:
    """Does a name or a panel stand after this item in its part of the line: what is excepted?"""
    for item in line[at + 1 :]:
        if item.kind in ("name", "panel", "others", "antibody"):
            return True
        if item.kind == "hard":
            break
    return False


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


def read_line(text: str) -> LabReading:
    """Read a whole line: all of it, or a refusal."""
    try:
        status = _status(text)
        if status is not None:
            return status
        line = line_of(text)
        if not any(
            item.kind not in ("comma", "line", "hard", "link", "colon", "harmless", "open", "close") for item in line
        ):
            raise Refused(Refusal("no_name", (text.strip(),)) if line else Refusal("nothing"))
        results, notes = results_of(list(grouped(with_limit_of_all(line))), bare=_bare(line))
        if any(item.value == "positive" and item.text.strip("([ )]") == "+" != item.text for item in line):
            notes.append(Remark("brackets_enclose", (text.strip(),)))
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
    """Does the line hold names and nothing else, so that each is positive? Empty brackets are the place of a result that was left out."""
    if any((first.kind, second.kind) == ("open", "close") for first, second in pairwise(line)):
        return False
    return all(
        item.kind in _SILENT
        or (
            item.kind == "result"
            and item.text == "+"
            and 0 < at < len(line) - 1
            and line[at - 1].kind == line[at + 1].kind == "name"
            and item.spaced == line[at + 1].spaced
        )
        for at, item in enumerate(line)
    )


def _status(text: str) -> LabReading | None:
    """An id typed as it is, or a whole line that says the panel is negative or unknown, in the words of the vocabulary."""
    from myofind.names.laboratory_panels import panel_negative

    bare = text.strip()
    if unreadable(bare):
        return None
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
