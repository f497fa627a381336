"""Texts are ours, short, in both languages, each in its own, and made of characters one can see; files are in the newest form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import Path, dotted, write
from myofind.editing.text_edit import Splice, these
from myofind.files.yaml_nodes import ScalarNode
from myofind.language import Pair

LONGEST = {"title": 100, "title_fr": 100, "check_by_hand": 120, "note": 300, "why": 120, "name": 100}
"""Characters; what is longer is usually a sentence of the source."""


def missing_title(entry: Entry, about: About) -> Iterator[Found]:
    """A trial has no English or no French title."""
    for key, en, fr in (("title", "English", "anglais"), ("title_fr", "French", "français")):
        if key not in entry.plain and entry.plain.get("draft") is not True:
            hint = (f"add `{key}:`, short and in own words", f"ajouter `{key}:`, court et en propres mots")
            yield Found((), f"the trial has no {en} title", f"l'essai n'a pas de titre {fr}", *hint, also=((key,),))


def copied_sentence(entry: Entry, about: About) -> Iterator[Found]:
    """A sentence is too long to be in our own words."""
    for path, kind, text in entry.own_texts:
        if len(text) > LONGEST[kind]:
            message = (
                f"{len(text)} characters; at most {LONGEST[kind]} here",
                f"{len(text)} caractères ; au plus {LONGEST[kind]} ici",
            )
            yield Found(path, *message, "say the point only, in own words", "ne dire que l'essentiel, en propres mots")


def _alike(entry: Entry) -> Iterator[tuple[Path, str, str]]:
    """The sentences of a trial that begin with the same word as another, in their order."""
    sentences = [one for one in entry.own_texts if one[1] not in ("why", "name")]
    starts = [text.split(None, 1)[0].casefold().rstrip(".") for _, _, text in sentences]
    if len(set(starts)) < len(starts):
        yield from (one for one, start in zip(sentences, starts, strict=True) if starts.count(start) > 1)


def repeated_sentence(entry: Entry, about: About) -> Iterator[Found]:
    """A sentence is the same as another of the trial."""
    first: dict[str, Path] = {}
    for path, kind, text in _alike(entry):
        earlier = first.setdefault(" ".join(text.casefold().split()).rstrip("."), path)
        if path[-1:] == ("fr",) and earlier == (*path[:-1], "en") and len(text.split()) < 4:
            continue  # a figure or a name is the same in both languages
        if earlier is not path and (path[:-1] != earlier[:-1] or len(path) > 1 or kind == "title_fr"):
            both = {earlier[0], path[0]} == {"cohorts"} and earlier[1] != path[1]
            if not both:
                message = (f"the same text as `{dotted(earlier)}`", f"le même texte que `{dotted(earlier)}`")
                yield Found(path, *message, "write what this one says", "écrire ce que dit celui-ci", also=(earlier,))


_ODD = (
    "\x85\u2028\u2029\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064"
    "\u206a\u206b\u206c\u206d\u206e\u206f\ufe0f\ufff9\ufffa\ufffb\ufeff"
)
_REMOVE = ("remove it", "le retirer")
_TRAILING = r"(?m)[ \t]+(?=\r?$)"
_TAB = r"(?<=[^\s])[ ]*\t[ \t]*(?=\S)"
_INVISIBLE = f"[{_HIDDEN}]"
_ESCAPED = re.compile(r"\\[xuU]")
"""A character written by its number."""


def _put(found: re.Match[str], new: str, message: Pair, hint: Pair = _REMOVE) -> Found:
    """What a pattern found in the text, and what goes in its place."""
    return Found((), *message, *hint, at=found.start(), fix=these([Splice(found.start(), found.end(), new)]))


def stray_space(about: About) -> Iterator[Found]:
    """A space at the end of a line, at the edge of a text, doubled, or one that does not break."""
    text = about.read.document.text
    plain = ("write a plain space", "écrire un blanc simple")
    for match in re.finditer(_TRAILING, text) if _may_trail(about.once) else ():
        found = _put(match, "", ("a space at the end of the line", "un blanc à la fin de la ligne"))
        # In a text over several lines the space may belong to the text; elsewhere it means nothing.
        yield found._replace(fix=None) if _in_block(about, match.start()) else found
    for match in re.finditer(_TAB, text) if "\t" in text else ():
        if not _in_block(about, match.start()):
            new = "" if text[match.start() - 1] in "{[" else " "
            yield _put(match, new, ("a tab inside the line", "une tabulation dans la ligne"), plain)
    for match in () if about.characters.isdisjoint(_ODD) else re.finditer(f"[{_ODD}]+", text):
        code = f"U+{ord(match[0][0]):04X}"
        message = (f"the space character {code}", f"le caractère blanc {code}")
        yield _put(match, " " * len(match[0]), message, plain)
    if _may_be_wide(about):
        for entry in about.entries:
            for path, value in strings(entry.plain, ()):
                if "  " in value or value[:1] == " " or value[-1:] == " ":
                    message = ("a space too many in the text", "un blanc de trop dans le texte")
                    hint = (
                        "write single spaces, none at the edges",
                        "écrire des blancs simples, aucun aux bords",
                    )
                    yield Found(path, *message, *hint, fix=_single_spaces, entry=entry)


_BY_NUMBER = re.compile(r"\\[ xuULN_]")


def _may_trail(once: str) -> bool:
    """Whether a line ends in a blank, perhaps before a carriage return."""
    rare = [end for end in "\t\r" if end in once]  # one character is looked for much faster than two
    return " \n" in once or any(end in once for end in ("\t\n", " \r", "\t\r") if rare)


def _may_be_wide(about: About) -> bool:
    """Whether a text may hold a space too many: in a line behind its indentation, at the edge of quotes, or by its number."""
    bodies = "\n".join(("", *(line.lstrip(" ") for line in about.distinct), ""))
    return (
        "  " in bodies or any(_at_edge(bodies.split(mark)) for mark in "\"'") or _BY_NUMBER.search(bodies) is not None
    )


def _at_edge(parts: list[str]) -> bool:
    """Whether a space stands right behind a mark that may open a text, or right before one that may close it."""
    for before, behind in pairwise(parts):
        if behind[:1] == " " and (before[-1:].isspace() or before[-1:] in "[{,"):
            return True
        if before[-1:] == " " and behind.lstrip(" \t\r")[:1] in ",]}\n":
            return True
    return False


def mixed_line_ends(about: About) -> Iterator[Found]:
    """A line ends otherwise than the others: some as on Windows, some as elsewhere."""
    text = about.read.document.text
    if "\r" not in text:
        return
    windows = text.count("\r\n")
    plain, old = text.count("\n") - windows, text.count("\r") - windows
    usual = max((plain, "\n"), (windows, "\r\n"), (old, "\r"))[1]
    ends = [found for found in _LINE_END.finditer(text) if found[0] != usual]
    if ends:
        message = ("a line that ends otherwise than the others", "une ligne qui finit autrement que les autres")
        hint = (
            "save the file with one kind of line ends; `--fix` does it",
            "enregistrer le fichier avec une seule sorte de fins de ligne ; `--fix` le fait",
        )
        fix = these(Splice(found.start(), found.end(), usual) for found in ends)
        yield Found((), *message, *hint, at=ends[0].start(), fix=fix)


_LINE_END = re.compile(r"\r\n|\r|\n")


def strings(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text below a value."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from strings(one, (*path, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from strings(one, (*path, number))


def _single_spaces(node: Any, text: str) -> list[Splice]:
    if not isinstance(node, ScalarNode) or node.start_mark.line != node.end_mark.line:
        return []
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("'", '"'):
        start, end = start + 1, end - 1
    written = text[start:end]
    if "\\" in written:
        return []
    return [Splice(start, end, re.sub(" {2,}", " ", written).strip(" "))]


def _in_block(about: About, at: int) -> bool:
    """Whether a place lies inside a block text (`|` or `>`) or a text quoted over several lines."""
    node = about.text_over(at)
    return node is not None and (node.style in ("|", ">") or node.start_mark.line != node.end_mark.line)


def invisible_character(about: About) -> Iterator[Found]:
    """A character that cannot be seen: a zero-width space, a soft hyphen, a mark of direction."""
    text = about.read.document.text
    for match in () if about.characters.isdisjoint(_HIDDEN) else re.finditer(_INVISIBLE, text):
        yield _put(match, "", _hidden(match[0]))
    if _ESCAPED.search(text):
        for entry in about.entries:
            for path, value in strings(entry.plain, ()):
                hidden = None if value.isascii() else re.search(_INVISIBLE, value)
                if hidden:
                    yield Found(path, *_hidden(hidden[0]), *_REMOVE, entry=entry)


def _hidden(character: str) -> Pair:
    code = f"U+{ord(character):04X}"
    return f"the invisible character {code}", f"le caractère invisible {code}"


_FRENCH = frozenset(
    ("le", "la", "les", "des", "du", "une", "un", "de", "et", "ou", "sans", "avec", "dans", "depuis", "pas", "est", "sont", "au", "aux", "par", "pour",
     "plus", "moins", "sur", "chez", "ne", "maladie", "ans", "mois", "semaines", "essai", "adultes", "enfants", "faiblesse", "traitement", "traitements",
     "grossesse", "grave", "déjà", "jamais", "après", "avant", "deux", "trois", "année", "médecin")
)  # fmt: skip
_ENGLISH = frozenset(
    ("the", "of", "and", "with", "without", "within", "for", "not", "no", "at", "least", "than", "is", "are", "by", "from", "to", "disease", "year",
     "years", "months", "weeks", "trial", "study", "adults", "children", "weakness", "treatment", "treatments", "pregnancy", "severe", "already", "never",
     "after", "before", "two", "three", "either", "both")
)  # fmt: skip

_TELLING = {"en": (_ENGLISH, _FRENCH), "fr": (_FRENCH, _ENGLISH)}
"""The words of a language, and those of the other."""


def _is_foreign(text: str, language: str) -> bool:
    """Whether every telling word of a text is of the other language."""
    words = text.lower().split()
    own, other = _TELLING[language]
    return own.isdisjoint(words) and not other.isdisjoint(words)


def _texts(entry: Entry) -> Iterator[tuple[Path, Any]]:
    """Every text that is written in two languages: notes, labels of contacts, names of cohorts, conflicts."""
    yield from entry.notes
    for number, contact in enumerate(entry.plain.get("contacts", ())):
        if "label" in contact:
            yield ("contacts", number, "label"), contact["label"]
    for number, cohort in enumerate(entry.plain.get("cohorts", ())):
        if "name" in cohort:
            yield ("cohorts", number), {"en": cohort["name"], **{key: cohort[key] for key in ("fr",) if key in cohort}}
    for number, conflict in enumerate(entry.plain.get("conflicts", ())):
        yield ("conflicts", number), conflict


def untranslated_text(entry: Entry, about: About) -> Iterator[Found]:
    """A note, a label, a cohort's name or a conflict is written in one language only (files of schema 2)."""
    if about.header.get("schema") != "2" or entry.plain.get("draft") is True:
        return
    for path, text in _texts(entry):
        if not isinstance(text, dict):
            yield Found(path, "a text in one language", "un texte dans une seule langue", *write("{en: …, fr: …}"))
        elif "fr" not in text and ("en" in text or "note" in text):
            yield Found(path, "a text without its French", "un texte sans son français", "add `fr:`", "ajouter `fr:`")


def wrong_language(entry: Entry, about: About) -> Iterator[Found]:
    """A French text stands where English is expected, or the other way round."""
    pairs: list[tuple[Path, str, Any]]
    pairs = [((key,), language, entry.plain.get(key)) for key, language in (("title", "en"), ("title_fr", "fr"))]
    for path, text in _texts(entry):
        if isinstance(text, dict):
            pairs += [((*path, key), key, text.get(key)) for key in ("en", "fr")]
    exchanged: set[Path] = set()
    for place, language, written in pairs:
        if isinstance(written, str) and _is_foreign(written, language) and place[:-1] not in exchanged:
            exchanged.add(place[:-1])
            message = (
                ("the text reads as French", "le texte se lit comme du français")
                if language == "en"
                else ("the text reads as English", "le texte se lit comme de l'anglais")
            )
            hint = (
                "exchange the two, or write this one in its language",
                "échanger les deux, ou écrire celui-ci dans sa langue",
            )
            yield Found(place, *message, *hint)


def missing_coverage(entry: Entry, about: About) -> Iterator[Found]:
    """A trial does not say how much of its criteria was read (files of schema 2)."""
    rules = entry.plain.get("eligibility")
    if about.header.get("schema") == "2" and rules is not None and "coverage" not in rules:
        yield Found(
            ("eligibility",),
            "the trial does not say how much of its criteria was read",
            "l'essai ne dit pas quelle part de ses critères a été lue",
            "add `coverage: full`, `inclusion`, `partial`, `summary` or `fields`",
            "ajouter `coverage: full`, `inclusion`, `partial`, `summary` ou `fields`",
            key=True,
            also=(("eligibility", "coverage"),),
        )


_FIRST_FORM = ("ild", "refractory", "duration", "onset_age")


def old_form(about: About) -> Iterator[Found]:
    """A key of schema 1 in a file of schema 2."""
    if about.header.get("schema") != "2":
        return
    for entry in about.entries:
        for path, rules in entry.rules:
            for key in _FIRST_FORM:
                if key in rules:
                    id = "onset" if key in ("duration", "onset_age") else key
                    twice = id in (rules.get("facts") or {})
                    here = f"facts: {{{id}: …}}"
                    hint = (
                        (f"`facts.{id}` stands there too: keep one", f"`facts.{id}` s'y trouve aussi : garder l'un")
                        if twice
                        else (f"write it under `{here}`", f"l'écrire sous `{here}`")
                    )
                    message = (f"`{key}` is a key of schema 1", f"`{key}` est une clé de la forme 1")
                    yield Found((*path, key), *message, *hint, key=True, entry=entry)
