"""Facts as one types them, in English, French or German: every word, sign and number is read, or refused with what is accepted.

`cancer`, `no cancer`, `pas de cancer ni PID`, `cancer 2019`, `fvc 65 %`, `CVF 65 % en 2024`, `MMT8 = 120/150`, `CK 8N`, `HBV=negative`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial

from myofind.asking.fact_lists import listed, not_found, not_known
from myofind.asking.fact_refusals import refused
from myofind.asking.fact_treatments import with_treatment
from myofind.asking.fact_values import read_value
from myofind.asking.fact_wording import one_wording
from myofind.asking.facts_beside import with_earlier
from myofind.asking.failed_drugs import failures
from myofind.asking.neither import check_not_neither
from myofind.asking.small_words import DOUBT, HARMLESS, NO, NOT_KNOWN, NOW, TO_COME, YES
from myofind.asking.tokens import (
    GLUE,
    Hit,
    Phrases,
    Text,
    Token,
    Unnamed,
    as_typed,
    figure_lost,
    fold,
    hit_at,
    left_blank,
    longest_hit,
    name_words,
    phrase_table,
    quoting,
    read_text,
    refusal,
    told_as_typed,
    which_of,
    whole_of,
    write_one_of,
)  # fmt: skip
from myofind.asking.typed_fact import DENIED, PART, WIDER, TypedFact
from myofind.diagnostics import InputError, shown
from myofind.domain.patient import Birth, FactValue, InDoubt, Treatment
from myofind.language import LANGUAGES
from myofind.names.facts import FACTS, FactId, Row, elsewhere
from myofind.names.laboratory_values import Remark
from myofind.names.normal import word_set
from myofind.names.vocabulary import label, resolve, term
from myofind.records import NamedTuple

__all__ = ["Facts", "fact_name_at", "fact_texts", "named_fact", "read_fact", "read_facts", "together"]


class Facts(NamedTuple):
    """The facts of a patient by id, and what should be told of how they were read."""

    values: dict[FactId, FactValue]
    remarks: tuple[Remark, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    """The treatments that their names say."""
    failed: tuple[str, ...] = ()
    """The drugs that are said to have failed."""


def read_facts(texts: Iterable[str], day: date, birth: Birth | None) -> Facts:
    """The facts typed; raises InputError for one that cannot be read or says two things."""
    return together((told for text in texts for told in _all_of(text, day, birth)), {})


def together(told: Iterable[TypedFact | None], earlier: Mapping[FactId, FactValue]) -> Facts:
    """Facts beside those given earlier, and what should be told of them; raises InputError for one that says two things."""
    values = dict(earlier)
    remarks: list[Remark] = []
    treatments: list[Treatment] = []
    failed: list[str] = []
    for each in filter(None, told):
        failed += each.failed
        remarks += each.remarks
        treatments += [each.treatment] if each.treatment else []
        if each.value is not None:
            values[each.id] = with_earlier(each.id, each.value, values.get(each.id))
        if each.began is not None:
            id, since = each.began
            values[id] = with_earlier(id, since, values.get(id))
    return Facts(values, tuple(dict.fromkeys(remarks)), tuple(dict.fromkeys(treatments)), tuple(failed))


def _all_of(typed: str, day: date, birth: Birth | None) -> list[TypedFact]:
    """The facts of one text, each told of as it was typed."""
    with quoting(typed):
        return [each._replace(remarks=told_as_typed(typed, each.remarks)) for each in _listed(typed, day, birth)]


_LONGEST_LIST = 2000
"""Characters of a list of facts parted by `;`, each of which is as short as a fact."""


def _listed(typed: str, day: date, birth: Birth | None) -> list[TypedFact]:
    """The facts of one text: one, or each of a list, where every sign belongs to its own name."""
    check_not_neither(typed)
    apart = (
        [part for part in re.split(r"\s*;\s*", typed.strip(" ;")) if part]
        if ";" in typed and len(typed) <= _LONGEST_LIST
        else []
    )
    if len(apart) > 1 and all(_names_in(one_wording(part)) or _failing(part) for part in apart):
        return [told for part in apart for told in whole_of(part, "part", partial(_listed, part, day, birth))]
    parts = fact_texts(typed) if _names_in(one_wording(typed)) > 1 else ()
    if len(parts) < 2:
        alone = whole_of(typed, "facts", lambda: read_fact(typed, day, birth))
        return [] if alone is None else [alone]
    base = typed if all(fold(part) in fold(typed) for part in parts) else "; ".join(parts)
    told = whole_of(base, "facts", lambda: [_part(part, day, birth) for part in parts])
    return [each for each in told if each is not None]


def _failing(typed: str) -> bool:
    """Does a text say that drugs failed?"""
    try:
        return failures(one_wording(typed)) is not None
    except InputError:
        return True


def _part(part: str, day: date, birth: Birth | None) -> TypedFact | None:
    return whole_of(part, "part", lambda: read_fact(part, day, birth))


# One fact --------------------------------------------------------------------------------------------------------------


@cache
def _names() -> Phrases:
    """Every name of a fact; of a value whose name also says the fact, both."""
    names = []
    for row in FACTS.values():
        about = term("facts", row.id)
        names += [(name, row.id) for name in (row.id.replace("_", " "), row.en, row.fr)]
        narrow, wide = (frozenset(map(name_words, listed)) for listed in (row.parts, row.wider))
        for name in about.aliases:
            words = name_words(name)
            names.append(
                (name, f"{row.id}={PART}" if words in narrow else f"{row.id}={WIDER}" if words in wide else row.id)
            )
        names += [(name, f"{row.id}={DENIED}") for name in (*(row.denied or ()), *row.denials)]
        for one in row.values:
            alone = (one.en, one.fr, *one.aliases) if one.alone else ()
            names += [(name, f"{row.id}={one.id}") for name in (*alone, *one.names)]
    return phrase_table(names)


@cache
def _elsewhere() -> Phrases:
    """What is noted every day and is no fact of the table, by the place of its row."""
    return phrase_table((name, str(at)) for at, (names, _) in enumerate(elsewhere()) for name in names)


def read_fact(typed: str, day: date, birth: Birth | None) -> TypedFact | None:
    """The fact a text gives, or nothing where it says that it is not known; raises InputError with what is accepted."""
    text = one_wording(typed)
    if (failed := failures(text)) is not None:
        return failed
    named, equals, _ = text.folded.partition("=")
    at = _named(text, len(named) if equals else None)
    beside = longest_hit(text.tokens, _elsewhere())
    if beside is not None and (at is None or _within(at, beside)):
        return _not_asked(text, beside)
    if at is None:
        raise _unknown(typed, named if equals else typed)
    id, _, chosen = at.meaning.partition("=")
    if FACTS[id].kind == "yes_no":
        text = not_found(text, at)
    rest = [token for token in (*text.tokens[: at.start], *text.tokens[at.end :]) if token.text not in HARMLESS]
    if not_known(rest, at.end):
        rest = [rest[-1]._replace(text="unknown")]
    if rest and {token.text for token in rest} <= NOT_KNOWN | DOUBT | TO_COME:
        open_words = {token.text for token in rest} - {"null", "-", "etre"}
        if open_words and not _answers(FACTS[id], rest):
            told = (Remark("in_doubt_fact", (text.typed.strip(), f"@{id}")),) if FACTS[id].usual is not None else ()
            return TypedFact(id, InDoubt(), told)
        if rest[0].text == "null":
            return None
    if _is_test(FACTS[id], text, at) and not any(token.text in _RESULTS for token in rest):
        raise _which_result(FACTS[id], text, at)
    if left_blank(text.tokens[at.end :]):
        raise refused(FACTS[id], text)
    if (lost := figure_lost(text, at.start, at.end)) is not None:
        raise refused(FACTS[id], text, [lost])
    return with_treatment(read_value(FACTS[id], chosen, text, at, day, birth), text, at, day)


_RESULTS = NO | YES | {"normal", "normale", "normales", "normaux", "+"}


def _is_test(row: Row, text: Text, at: Hit) -> bool:
    """Is a name that of an examination, which says nothing without its result? The id of a fact is none, nor are its words as a key: `cancer screening=2026-03`."""
    name = text.tokens[at.start : at.end]
    words = tuple(token.text for token in name if token.text not in GLUE)
    key = text.part(text.tokens[at.end : at.end + 1]) == "=" and "_".join(words) == row.id
    return not key and text.part(name) != row.id and any(words == name_words(test) for test in row.tests)


def _which_result(row: Row, text: Text, at: Hit) -> InputError:
    """A question where an examination is named without its result; one whose day is the fact is only typed where it found nothing."""
    typed = text.typed.strip(" :=")
    if any(token.text in _PLANNED for token in text.tokens[at.end :]):
        return refusal(
            f"`{shown(text.typed)}`: an examination that is only planned", f"`{shown(text.typed)}` : un examen qui n'est que prévu",
            ("what is only planned is not typed; what is known of it is", "ce qui n'est que prévu ne se donne pas ; ce qu'on en sait, oui"),
        )  # fmt: skip
    name = as_typed(typed, text.part(text.tokens[at.start : at.end]))
    forms = [(typed.replace(name, f"{name} {en}"), typed.replace(name, f"{name} {fr}")) for en, fr in _SIGNS]
    question = (f"`{shown(text.typed)}`: with what result?", f"`{shown(text.typed)}` : avec quel résultat ?")
    return refusal(*question, write_one_of(forms[:1])) if row.kind == "day" else which_of(text, question, forms)


_PLANNED = word_set(
    "planned scheduled requested ordered prevu prevue prevus programme programmee demande demandee faire geplant angefordert"
)
_SIGNS = (("negative", "négatif"), ("positive", "positif"))


def _answers(row: Row, rest: Sequence[Token]) -> bool:
    """Is a word beside the name one of the answers to the fact, as `probable` is of a classification?"""
    named = {word for one in row.values for name in (one.id, one.en, one.fr, *one.aliases) for word in name_words(name)}
    return any(token.text in named for token in rest)


def _within(name: Hit, longer: Hit) -> bool:
    """Is a name only a part of a longer one?"""
    return name.start < longer.end and longer.start < name.end and longer.words > name.words


_MEASURES = HARMLESS | NO | YES | NOW | word_set(
    "mg g dl l ml ui iu u umol mmol nmol ng pg ug mm h % / < > ^ - . stade stage class classe grade i ii iii iv normal normale normales normaux elevated eleve elevee"
    " high low basse bas m s pa paquets annees pack years"
)  # fmt: skip


def _not_asked(text: Text, at: Hit) -> TypedFact:
    """What is typed of something that no trial asks: not used, and said; raises InputError where something else is to be typed."""
    _, hint = elsewhere()[int(at.meaning)]
    if hint is not None:
        raise refusal(
            f"`{shown(text.typed)}` is not asked by the trials so",
            f"`{shown(text.typed)}` n'est pas demandé ainsi par les essais",
            hint,
        )
    rest = (*text.tokens[: at.start], *text.tokens[at.end :])
    unread = next((token.text for token in rest if not (token.text in _MEASURES or token.text[0].isdigit())), None)
    if unread is not None:
        raise refusal(
            f"`{shown(text.typed)}`: `{shown(unread, 20)}` is not understood", f"`{shown(text.typed)}` : `{shown(unread, 20)}` n'est pas compris",
            ("no trial's rule asks for it: leave it out", "aucune règle ne le demande : ne pas le donner"),
        )  # fmt: skip
    return TypedFact("", None, (Remark("not_asked", (text.folded.strip(),)),))


def fact_name_at(tokens: Sequence[Token], at: int) -> Hit | None:
    """The name of a fact, or of one of its values, that begins at a token."""
    return hit_at(tokens, at, _names())


def _names_in(text: Text) -> int:
    """How many facts, values that say theirs, and things that no trial asks a text names one after the other."""
    count = at = 0
    while at < len(text.tokens):
        hit = _anything_at(text.tokens, at)
        count += hit is not None
        at = hit.end if hit else at + 1
    return count


def _anything_at(tokens: Sequence[Token], at: int) -> Hit | None:
    return fact_name_at(tokens, at) or hit_at(tokens, at, _elsewhere())


def fact_texts(typed: str) -> tuple[str, ...]:
    """The texts of single facts in a list of them; the text itself where it is no list, or a part names no fact.

    Raises InputError where it is not plain what a negation reaches.
    """
    text = one_wording(typed)
    parts = listed(text, _anything_at)
    return parts if all(_names_in(read_text(part)) for part in parts) else (typed,)


def named_fact(typed: str) -> FactId | None:
    """The fact a text names; none where it names none that is known."""
    text = read_text(typed)
    named, equals, _ = text.folded.partition("=")
    at = _named(text, len(named) if equals else None)
    return at and at.meaning.partition("=")[0]


def _named(text: Text, end: int | None) -> Hit | None:
    """Where the fact is named; before an equals sign where there is one."""
    if end is None:
        return longest_hit(text.tokens, _names())
    return longest_hit([token for token in text.tokens if token.end <= end], _names())


def _unknown(typed: str, name: str) -> InputError:
    weight = re.fullmatch(r"\s*([0-9]+(?:[.,][0-9]+)?)\s*(?:kg|kilos?)\s*", typed, re.IGNORECASE)
    near = resolve("facts", name.strip()).suggestions if len(name.strip()) > 4 else ()
    meant = tuple(", ".join(f"`{label('facts', one, lang)}`" for one in near) for lang in LANGUAGES)
    names = ("`myofind vocab facts` lists the names", "`myofind vocab facts` donne les noms")
    hint = (f"did you mean {meant[0]}? {names[0]}", f"peut-être {meant[1]} ? {names[1]}") if near else names
    if weight is not None:
        hint = write_one_of([(f"weight {weight[1]} kg", f"poids {weight[1]} kg")])
    return Unnamed(
        (f"`{shown(typed)}` names no fact", f"`{shown(typed)}` ne nomme aucun fait"), hint, typed=typed, field="facts"
    )
