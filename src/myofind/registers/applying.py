"""Proposals into the text of the registry: edits at their places, read again and checked before anyone trusts them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from myofind.diagnostics import InputError, shown
from myofind.domain.plain_trial import from_plain
from myofind.domain.trial import Source, Trial
from myofind.editing.edits import Edit, Unspliceable, spans_of, splice, unmixed
from myofind.editing.text_edit import Splice, content_end, line_end, newline_of
from myofind.editing.yaml_text import Value, source_value
from myofind.files.yaml_nodes import Node, SequenceNode
from myofind.language import Words, both
from myofind.records import NamedTuple
from myofind.registers.proposals import WRITTEN, Change, Proposal
from myofind.registry.file_format import HEADER, TRIAL
from myofind.registry.node_words import child
from myofind.registry.read import ReadRegistry, read_registry, trial_nodes


class Written(NamedTuple):
    """The new bytes, the trials that changed, those whose layout could not be edited, and the day of the newest fact.

    The version stays: it is raised at a release.
    """

    data: bytes
    changed: tuple[str, ...]
    refused: tuple[tuple[str, Words], ...]
    as_of: str


def writable(proposal: Proposal) -> tuple[Change, ...]:
    """The changes of a proposal that would be written."""
    return tuple(one for one in proposal.changes if one.kind in WRITTEN and one.edits)


def apply(
    read: ReadRegistry,
    proposals: Sequence[Proposal],
    again: Callable[[Trial, Proposal], Proposal],
    declare: Mapping[str, Source],
) -> Written:
    """The registry with proposals written into it.

    `declare`: sources to add to the header, by name. `again` compares a trial once more: after writing, nothing may
    be left to write. Raises InputError where the result would not be what was proposed.
    """
    text = read.document.text
    nodes = {str(getattr(child(node, "id"), "value", "")): node for node in trial_nodes(read.document.root)}
    plains = {one["id"]: one for one in read.plain}
    spans: list[Splice] = []
    refused: list[tuple[str, Words]] = []
    done: dict[str, Proposal] = {}
    for proposal in proposals:
        node = nodes[proposal.trial]
        try:
            found = spans_of(text, node, _edits(proposal, from_plain(plains[proposal.trial]), node), TRIAL)
            unmixed(text, found)
        except Unspliceable as error:
            refused.append((proposal.trial, error.words))
            continue
        if found:
            spans += found
            done[proposal.trial] = proposal
    as_of = max([str(read.header["as_of"]), *(one.seen.day for one in done.values())])
    if done:
        text = _with_header(read, spans, declare, as_of)
        _check(read, text, done, again)
    return Written(text.encode(), tuple(done), tuple(refused), as_of)


def _with_header(read: ReadRegistry, spans: Sequence[Splice], declare: Mapping[str, Source], as_of: str) -> str:
    """The text with parts replaced, and in its header the sources declared and the day of the newest fact."""
    header = child(read.document.root, "registry")
    assert header is not None  # the file was read without a finding
    head = [Edit("set", ("sources", name), source_value(one)) for name, one in declare.items()]
    if as_of > str(read.header["as_of"]):
        head.append(Edit("set", ("as_of",), as_of))
    try:
        return splice(read.document.text, [*spans, *spans_of(read.document.text, header, head, HEADER)])
    except Unspliceable as error:
        en, fr = both(error.words)
        raise InputError(
            (f"the header cannot be edited: {en}", f"l'en-tête ne peut être changé : {fr}"),
            ("write block style, a key a line", "l'écrire une clé par ligne"),
        ) from error


def _edits(proposal: Proposal, trial: Trial, node: Node) -> list[Edit]:
    """Everything to do to one trial: its facts, where they come from now, and what was read."""
    changes = writable(proposal)
    edits = [edit for change in changes for edit in change.edits]
    sites = child(node, "sites")
    gone = any(edit.do == "delete" and len(edit.path) == 2 for edit in edits if edit.path[0] == "sites")
    if isinstance(sites, SequenceNode) and sites.flow_style and gone:
        listed = next(change.new for change in changes if change.key == "sites")
        edits = [edit for edit in edits if edit.path[0] != "sites"] + [Edit("set", ("sites",), listed)]
    order = list(TRIAL.keys)
    keys = {change.key.split(".")[0] for change in changes} - {"status", "id"}
    edits += _provenance(trial, proposal, sorted(keys, key=order.index))
    return sorted([*edits, *proposal.bookkeeping], key=lambda edit: order.index(str(edit.path[0])))


def _provenance(trial: Trial, proposal: Proposal, keys: list[str]) -> list[Edit]:
    """The entry of `sources` that supports the facts written now: renewed where there is one, else added."""
    if not keys:
        return []
    seen = proposal.seen
    elsewhere = {key for one in trial.sources if one.ref != seen.source for key in one.keys}
    for place, one in enumerate(trial.sources):
        if one.ref != seen.source or not (one.at == seen.at or (one.keys and set(one.keys) <= set(keys))):
            continue
        path = ("sources", place)
        renewed = [Edit("set", (*path, "at"), seen.at)] if one.at != seen.at else []
        renewed += [Edit("set", (*path, "date"), seen.day)] if one.date != seen.day else []
        if one.keys:
            missing = [key for key in keys if key not in one.keys]
            return renewed + ([Edit("set", (*path, "for"), [*one.keys, *missing])] if missing else [])
        alone = [other for other in trial.sources if not other.keys] == [one]  # supports whatever no other claims
        if not elsewhere & set(keys) and alone:
            return renewed
    entry: dict[str, Value] = {"ref": seen.source, "at": seen.at, "date": seen.day, "for": keys}
    if not trial.sources:
        return [Edit("set", ("sources",), [entry])]
    return [Edit("insert", ("sources", len(trial.sources)), entry)]


def _check(
    read: ReadRegistry, new: str, done: Mapping[str, Proposal], again: Callable[[Trial, Proposal], Proposal]
) -> None:
    """Read the result: no errors, nothing else changed, nothing left to write."""
    for before, after in zip(read.plain, _read_again(read, new, 0).plain, strict=True):
        where = before["id"]
        proposal = done.get(where)
        keys = (
            {change.key.split(".")[0] for change in writable(proposal)} | {"record", "sources"} if proposal else set()
        )
        keys |= {"ids"} if "id" in keys else set()
        other = sorted(key for key in {*before, *after} - keys if before.get(key) != after.get(key))
        if other:
            french = f"{where} : `{other[0]}` serait changé avec"
            raise InputError(_unwritten(f"{where}: `{other[0]}` would be changed along", french))
        left = again(from_plain(after), proposal) if proposal else None
        if left and (writable(left) or left.bookkeeping):
            what = writable(left)[0].key if writable(left) else "record"
            english = f"{where}: `{what}` cannot be written where it stands"
            hint = "edit this entry by hand, or leave it out by naming the others"
            raise InputError(
                _unwritten(english, f"{where} : `{what}` ne peut être écrit là où il est"),
                (hint, "changer cette entrée à la main, ou la laisser en nommant les autres"),
            )


def _read_again(read: ReadRegistry, new: str, added: int) -> ReadRegistry:
    """The edited text as it is read; raises InputError where it has errors, or not so many more trials."""
    result = read_registry(new.encode(), read.document.file)
    if result.findings:
        first = result.findings[0]
        (en, fr), line = both(first.words), first.position.line
        english = f"the edited file would not be readable (line {line}: {shown(en, 200)})"
        hint = "this is a bug of ours if the file was readable before: please report it"
        raise InputError(
            _unwritten(english, f"le fichier changé ne serait pas lisible (ligne {line} : {shown(fr, 200)})"),
            (hint, "c'est un défaut de myofind si le fichier se lisait avant : merci de le signaler"),
        )
    if len(result.plain) != len(read.plain) + added:
        raise InputError(_unwritten("the edited file would lose trials", "le fichier changé perdrait des essais"))
    return result


def _unwritten(en: str, fr: str) -> Words:
    return f"{en}; nothing was written", f"{fr} ; rien n'a été écrit"


def add_entries(
    read: ReadRegistry,
    entries: Mapping[str, Sequence[str]],
    declare: Mapping[str, Source],
    newest: str,
) -> bytes:
    """The registry with new trials in their places by id; the lines are indented by two as items of `trials`.

    `newest` is the day of the newest of them, to which the registry's `as_of` is raised where it is earlier.

    Raises InputError where the file has no list of trials to add to, or would not be readable with them.
    """
    text = read.document.text
    trials = child(read.document.root, "trials")
    if not isinstance(trials, SequenceNode) or (trials.flow_style and trials.value):
        raise InputError(
            ("the file has no list of trials to add to", "le fichier n'a pas de liste d'essais à compléter"),
            ("write `trials:` and a first trial by hand", "écrire `trials:` et un premier essai à la main"),
        )
    newline, column = newline_of(text), trials.start_mark.column if trials.value else 2
    spans = []
    if not trials.value:  # `trials: []`
        start = text.rfind(":", 0, trials.start_mark.index) + 1
        whole = (newline * 2).join(newline.join(lines) for _, lines in sorted(entries.items()))
        spans.append(Splice(start, trials.end_mark.index, newline + whole))
    for number, lines in sorted(entries.items()) if trials.value else ():
        body = newline.join(" " * column + line[2:] if line.strip() else "" for line in lines)
        earlier = [one for one in trials.value if str(getattr(child(one, "id"), "value", "")) < number]
        at = line_end(text, content_end(text, earlier[-1])) if earlier else trials.start_mark.index - column
        spans.append(Splice(at, at, newline * 2 + body if earlier else body + newline * 2))
    new = _with_header(read, spans, declare, newest)
    _read_again(read, new, len(entries))
    return new.encode()
