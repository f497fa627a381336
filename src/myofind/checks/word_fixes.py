"""The word, key or number that was meant, where there is one reading: what `--fix` writes in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher, get_close_matches

from myofind.diagnostics import Path
from myofind.editing.edits import Edit, Unspliceable, spans_of
from myofind.editing.text_edit import Splice, instead, written_as
from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from myofind.names.vocabulary import resolve
from myofind.registry import one_reading
from myofind.registry.editor_words import answer_rule, decimal_of, forms_along
from myofind.registry.fact_forms import FactKeys
from myofind.registry.file_format import TRIAL
from myofind.registry.forms import Mapping
from myofind.registry.node_words import child, node_at
from myofind.registry.read import ReadRegistry
from myofind.registry.scalars import Choice, Scalar, Term, several_terms


def term_splices(rule: str, path: Path, read: ReadRegistry) -> list[Splice]:
    """The word that was meant, where there is one reading; an antibody is only read by its declared names."""
    root, text = read.document.root, read.document.text
    if rule in ("unknown-key", "unknown-patient-fact"):
        return _key_splices(path, read)
    node, form = node_at(root, path), forms_along(path)[-1]
    if isinstance(node, SequenceNode) and isinstance(form, Mapping) and form.main and node.flow_style:
        start, end = node.start_mark.index, node.end_mark.index
        return [Splice(start, start, f"{{{form.main}: "), Splice(end, end, "}")]
    if not isinstance(node, ScalarNode) or form is None:
        return []
    form = form.of(node)
    if isinstance(form, Scalar) and (inside := form.unquoted(node.value)):
        return instead(node, f'"{inside}"')
    if not isinstance(form, Scalar):
        rule_meant = form.reading(node.value)
        return instead(node, rule_meant) if rule_meant else []
    if isinstance(form, Choice) and "early_1" in form.words and form.reading(node.value) is None:
        return _phase_splices(node, path, read)
    if isinstance(form, Term) and (parts := several_terms(form.kind, node.value)):
        above = node_at(root, path[:-1])
        apart = form.kind == "countries" or ";" in node.value
        flow = apart and isinstance(above, SequenceNode) and above.flow_style and not node.style
        return instead(node, ", ".join(parts)) if flow else []
    if isinstance(form, Term):
        word = resolve(form.kind, node.value).id
    elif isinstance(form, Choice):
        word = form.reading(node.value) or _one_reading(node.value, list(form.words))
    else:
        word = form.reading(node.value)
    return written_as(node, word, text) if word else []


def _key_splices(path: Path, read: ReadRegistry) -> list[Splice]:
    """The key that was meant; `value:recruiting`, which has no space, becomes a key and its value."""
    above, form = node_at(read.document.root, path[:-1]), forms_along(path[:-1])[-1]
    mapping = form.of(above) if form is not None and above is not None else form
    if not isinstance(above, MappingNode) or not isinstance(mapping, Mapping):
        return []
    present = {key.value for key, _ in above.value}
    node = next((key for key, _ in above.value if key.value == path[-1]), None)
    if node is None:
        return []
    key, colon, rest = str(path[-1]).partition(":")
    if colon and not rest:
        at = node.start_mark.index + len(key)
        return [Splice(at, at + 1, "")] if key in mapping.keys and key not in present and not node.style else []
    if colon:
        at = node.start_mark.index + len(key) + 1
        return [Splice(at, at, " ")] if key in mapping.keys and key not in present and not node.style else []
    number = decimal_of(above, key)
    if number is not None:
        return [Splice(number[1].end_mark.index, node.start_mark.index, ".")]
    if answer := answer_rule(path, read.document.root):
        end = child(above, key)
        rule = f"{answer.fact}: {answer.rule}"
        whole = answer.sure and end is not None and getattr(end, "flow_style", True)
        return [Splice(node.start_mark.index, end.end_mark.index, rule)] if whole and end is not None else []
    word = mapping.key_meant(key) if isinstance(mapping, FactKeys) else None
    free = [known for known in mapping.keys if known not in present]
    meant = mapping.meant(key)
    if word is None and meant in free and _ratio(key.lower(), meant) < 0.7:  # another word for it, not a slip
        word = meant
    word = word or _one_reading(key, free)
    return written_as(node, word, read.document.text) if word else []


def _phase_splices(node: ScalarNode, path: Path, read: ReadRegistry) -> list[Splice]:
    """Several phases as a list; the key goes where the text says that there are none, and no source supports it."""
    numbers = one_reading.phases(node.value)
    above = node_at(read.document.root, path[:-1])
    if numbers and isinstance(above, SequenceNode):
        dash = f"\n{' ' * above.start_mark.column}- "
        return instead(node, (", " if above.flow_style else dash).join(numbers))
    if numbers:
        return instead(node, f"[{', '.join(numbers)}]")
    trial = node_at(read.document.root, path[:2])
    key = path.index("phase") if "phase" in path else len(path)
    alone = len(path) == key + 1 or (isinstance(above, SequenceNode) and len(above.value) == 1)
    if not (alone and trial is not None and one_reading.no_phase(node.value)):
        return []
    if any(item.value == "phase" for item in _named_by_sources(trial)):
        return []
    try:
        return spans_of(read.document.text, trial, [Edit("delete", path[2 : key + 1])], TRIAL)
    except Unspliceable:
        return []


def _named_by_sources(trial: Node) -> Iterator[ScalarNode]:
    """The keys that the sources of a trial name under `for`."""
    sources = child(trial, "sources")
    for source in sources.value if isinstance(sources, SequenceNode) else ():
        named = child(source, "for")
        yield from named.value if isinstance(named, SequenceNode) else [named] if isinstance(named, ScalarNode) else []


_NEGATED = re.compile(r"(?:^|_)(?:no|not|non|un|never|sans|pas)|not_|non_")


def _one_reading(word: str, words: list[str]) -> str | None:
    """The only word near enough; none where a second comes close."""
    plain = word.strip().lower().replace("-", "_").replace(" ", "_")
    if plain in words:
        return plain
    near = get_close_matches(plain, words, n=2, cutoff=0.6)
    if not near or _ratio(plain, near[0]) < 0.8 or bool(_NEGATED.search(plain)) != bool(_NEGATED.search(near[0])):
        return None
    return near[0] if len(near) == 1 or _ratio(plain, near[0]) - _ratio(plain, near[1]) >= 0.15 else None


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
