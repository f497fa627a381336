"""Facts as one types them, in English, French or German: every word, sign and number is read, or refused with what is accepted.

`cancer`, `no cancer`, `pas de cancer ni PID`, `cancer 2019`, `fvc 65 %`, `CVF 65 % en 2024`, `MMT8 = 120/150`, `CK 8N`, `HBV=negative`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from myofind.asking.clauses import parts_of
from myofind.asking.fact_values import PART, TypedFact, read_value
from myofind.asking.small_words import HARMLESS, NOT_KNOWN
from myofind.asking.tokens import Hit, Phrases, Text, Token, hit_at, longest_hit, phrase_table, read_text, refusal
from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.domain.patient import Birth, Chosen, FactValue
from myofind.names.facts import FACTS, FactId
from myofind.names.laboratory_values import Remark
from myofind.names.vocabulary import resolve, term
from myofind.records import NamedTuple

__all__ = ["Facts", "fact_name_at", "fact_texts", "named_fact", "read_fact", "read_facts", "with_earlier"]


class Facts(NamedTuple):
    """The facts of a patient by id, and what should be told of how they were read."""

    values: dict[FactId, FactValue]
    remarks: tuple[Remark, ...] = ()


def read_facts(texts: Iterable[str], day: date, birth: Birth | None) -> Facts:
    """The facts typed; raises InputError for one that cannot be read or says two things."""
    values: dict[FactId, FactValue] = {}
    remarks: list[Remark] = []
    for text in texts:
        for told in _all_of(text, day, birth):
            remarks += told.remarks
            if told.value is not None:
                values[told.id] = with_earlier(told.id, told.value, values.get(told.id))
    return Facts(values, tuple(dict.fromkeys(remarks)))


def _all_of(typed: str, day: date, birth: Birth | None) -> list[TypedFact]:
    """The facts of one text: one, or each of a list, where every sign belongs to its own name."""
    parts = fact_texts(typed) if _names_in(read_text(typed)) > 1 else ()
    if len(parts) < 2:
        alone = read_fact(typed, day, birth)
        return [] if alone is None else [alone]
    listed = []
    for part in parts:
        try:
            listed.append(read_fact(part, day, birth))
        except Ambiguous as error:
            folded = read_text(typed).folded
            readings = tuple((folded.replace(part, reading, 1), words) for reading, words in error.readings)
            raise Ambiguous(error.words, error.hint_words, field="facts", typed=typed, readings=readings) from None
    return [told for told in listed if told is not None]


def with_earlier(id: FactId, value: FactValue, earlier: FactValue | None) -> FactValue:
    """The value of a fact beside one that was given before; raises InputError where the two contradict each other."""
    if isinstance(earlier, Chosen) and isinstance(value, Chosen) and FACTS[id].several:
        return _together(id, earlier, value)
    if earlier is not None and earlier != value:
        en, fr = FACTS[id].en, FACTS[id].fr
        raise refusal(f"{en} is given twice, and not the same", f"{fr} : donné deux fois, différemment")
    return value


def _together(id: FactId, first: Chosen, second: Chosen) -> Chosen:
    values = tuple(dict.fromkeys((*first.values, *second.values)))
    without = tuple(dict.fromkeys((*first.without, *second.without)))
    if set(values) & set(without) or ("none" in values and len(values) > 1):
        en, fr = FACTS[id].en, FACTS[id].fr
        raise refusal(f"{en}: what was typed contradicts itself", f"{fr} : réponses contradictoires")
    days = [one for one in (first, second) if one.first is not None]
    return Chosen(values, without, days[-1].first if days else None, days[-1].last if days else None)


# One fact --------------------------------------------------------------------------------------------------------------


@cache
def _names() -> Phrases:
    """Every name of a fact; of a value whose name also says the fact, both."""
    names = []
    for row in FACTS.values():
        about = term("facts", row.id)
        names += [(name, row.id) for name in (row.id.replace("_", " "), row.en, row.fr)]
        names += [(name, f"{row.id}={PART}" if name in row.parts else row.id) for name in about.aliases]
        names += [
            (name, f"{row.id}={one.id}") for one in row.values if one.alone for name in (one.en, one.fr, *one.aliases)
        ]
    return phrase_table(names)


def read_fact(typed: str, day: date, birth: Birth | None) -> TypedFact | None:
    """The fact a text gives, or nothing where it says that it is not known; raises InputError with what is accepted."""
    text = read_text(typed)
    named, equals, _ = text.folded.partition("=")
    at = _named(text, len(named) if equals else None)
    if at is None:
        raise _unknown(typed, named if equals else typed)
    id, _, chosen = at.meaning.partition("=")
    rest = [token for token in (*text.tokens[: at.start], *text.tokens[at.end :]) if token.text not in HARMLESS]
    if rest and {token.text for token in rest} <= NOT_KNOWN:
        return None
    return read_value(FACTS[id], chosen, text, at, day, birth)


def fact_name_at(tokens: Sequence[Token], at: int) -> Hit | None:
    """The name of a fact, or of one of its values, that begins at a token."""
    return hit_at(tokens, at, _names())


def _names_in(text: Text) -> int:
    """How many facts, or values that say theirs, a text names one after the other."""
    count = at = 0
    while at < len(text.tokens):
        hit = fact_name_at(text.tokens, at)
        count += hit is not None
        at = hit.end if hit else at + 1
    return count


def fact_texts(typed: str) -> tuple[str, ...]:
    """The texts of single facts in a list of them; the text itself where it is no list, or a part names no fact.

    Raises InputError where it is not plain what a negation reaches.
    """
    text = read_text(typed)
    parts = parts_of(text, fact_name_at)
    return parts if all(named_fact(part) for part in parts) else (typed,)


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
    near = resolve("facts", name.strip()).suggestions
    meant = ", ".join(f"`{one}`" for one in near)
    return refusal(
        f"`{shown(typed)}` names no fact", f"`{shown(typed)}` ne nomme aucun fait",
        (f"did you mean {meant}? `myofind vocab facts` lists the names" if near else "`myofind vocab facts` lists the names",
         f"peut-être {meant} ? `myofind vocab facts` donne les noms" if near else "`myofind vocab facts` donne les noms"),
    )  # fmt: skip
