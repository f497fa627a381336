"""A fact as one types it, in English or French: every word, sign and number is read, or it is refused with what is accepted.

`cancer`, `no cancer`, `pas de cancer`, `cancer 2019`, `fvc 65 %`, `CVF 65 %`, `MMT8 = 120/150`, `CK 8N`, `HBV=negative`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from myofind.asking.tokens import (
    Hit,
    Lang,
    Phrases,
    Text,
    Token,
    fold,
    hit_at,
    longest_hit,
    phrase_table,
    read_text,
    read_time,
    refusal,
)
from myofind.diagnostics import InputError, shown
from myofind.domain.patient import Amount, Birth, Chosen, FactValue, When, YesNo
from myofind.names.facts import FACTS, FactId, Row
from myofind.names.vocabulary import resolve, term

__all__ = ["accepted_forms", "named_fact", "read_fact", "read_facts"]

_HARMLESS = frozenset(
    [
        "is",
        "est",
        "of",
        "de",
        "du",
        "d",
        "des",
        "la",
        "le",
        "les",
        "l",
        "the",
        "a",
        "un",
        "une",
        "en",
        "in",
        "on",
        "at",
        "=",
        ":",
        "the",
        ",",
        "patient",
        "has",
        "avec",
        "with",
    ]
)
_NO = frozenset(
    [
        "no",
        "non",
        "not",
        "pas",
        "sans",
        "without",
        "aucun",
        "aucune",
        "absent",
        "absente",
        "absence",
        "false",
        "faux",
        "neg",
        "negative",
        "negatif",
        "never",
        "jamais",
        "none",
        "nul",
        "n",
    ]
)
_YES = frozenset(["yes", "oui", "true", "vrai", "present", "presente", "positive", "positif", "pos", "y", "o"])
_PAST = frozenset(
    [
        "past",
        "passe",
        "passee",
        "previous",
        "previously",
        "ancien",
        "ancienne",
        "former",
        "antecedent",
        "antecedents",
        "atcd",
        "history",
    ]
)
_NOW = frozenset(["now", "current", "currently", "active", "actuel", "actuelle", "actuellement", "maintenant"])
_SHORT = {"1": "yes", "y": "yes", "o": "yes", "0": "no", "n": "no"}
"""Letters and figures that are an answer where nothing else is typed beside the fact."""
_UNKNOWN = frozenset(("?", "unknown", "inconnu", "inconnue", "null"))


def read_facts(texts: Iterable[str], day: date, birth: Birth | None, lang: Lang) -> dict[FactId, FactValue]:
    """The facts typed, by id; raises InputError for one that cannot be read or says two things."""
    values: dict[FactId, FactValue] = {}
    for text in texts:
        told = read_fact(text, day, birth, lang)
        if told is None:
            continue
        id, value = told
        earlier = values.get(id)
        if isinstance(earlier, Chosen) and isinstance(value, Chosen) and FACTS[id].several:
            value = _together(id, earlier, value, lang)
        elif earlier is not None and earlier != value:
            name = FACTS[id].fr if lang == "fr" else FACTS[id].en
            raise refusal(lang, f"{name} is given twice, and not the same", f"{name} : donné deux fois, différemment")
        values[id] = value
    return values


def _together(id: FactId, first: Chosen, second: Chosen, lang: Lang) -> Chosen:
    values = tuple(dict.fromkeys((*first.values, *second.values)))
    without = tuple(dict.fromkeys((*first.without, *second.without)))
    if set(values) & set(without) or ("none" in values and len(values) > 1):
        name = FACTS[id].fr if lang == "fr" else FACTS[id].en
        raise refusal(lang, f"{name}: what was typed contradicts itself", f"{name} : réponses contradictoires")
    days = [one for one in (first, second) if one.first is not None]
    return Chosen(values, without, days[-1].first if days else None, days[-1].last if days else None)


@cache
def _names() -> Phrases:
    """Every name of a fact; of a value whose name also says the fact, both."""
    names = []
    for row in FACTS.values():
        about = term("facts", row.id)
        names += [(name, row.id) for name in (row.id.replace("_", " "), row.en, row.fr, *about.aliases)]
        names += [
            (name, f"{row.id}={one.id}") for one in row.values if one.alone for name in (one.en, one.fr, *one.aliases)
        ]
    return phrase_table(names)


@cache
def _values(id: FactId) -> Phrases:
    return phrase_table(
        (name, one.id) for one in FACTS[id].values for name in (one.id.replace("_", " "), one.en, one.fr, *one.aliases)
    )


def read_fact(typed: str, day: date, birth: Birth | None, lang: Lang) -> tuple[FactId, FactValue] | None:
    """The fact a text gives, or nothing where it says that it is not known; raises InputError with what is accepted."""
    text = read_text(typed, lang)
    named, equals, _ = text.folded.partition("=")
    at = _named(text, len(named) if equals else None)
    if at is None:
        raise _unknown(typed, named if equals else typed, lang)
    id, _, chosen = at.meaning.partition("=")
    row = FACTS[id]
    rest = [*text.tokens[: at.start], *text.tokens[at.end :]]
    if {token.text for token in rest} - _HARMLESS and {token.text for token in rest} - _HARMLESS <= _UNKNOWN:
        return None
    return id, _read(row, chosen, text, at, rest, day, birth, lang)


def named_fact(typed: str) -> FactId | None:
    """The fact a text names; none where it names none that is known."""
    text = read_text(typed, "en")
    named, equals, _ = text.folded.partition("=")
    at = _named(text, len(named) if equals else None)
    return at and at.meaning.partition("=")[0]


def _named(text: Text, end: int | None) -> Hit | None:
    """Where the fact is named; before an equals sign where there is one."""
    if end is None:
        return longest_hit(text.tokens, _names())
    return longest_hit([token for token in text.tokens if token.end <= end], _names())


def _read(
    row: Row, chosen: str, text: Text, at: Hit, rest: list[Token], day: date, birth: Birth | None, lang: Lang
) -> FactValue:
    match row.kind:
        case "yes_no":
            return _yes_no(row, text, rest, day, lang)
        case "choice":
            return _choice(row, chosen, text, rest, day, lang)
        case "number":
            return _number(row, text, at, lang)
        case "span" | "day":
            if row.id == "onset":
                from myofind.domain import onsets
                from myofind.domain.typed_times import Unread

                try:
                    return onsets.read_onset(text.part(_after(text, at)), day, birth)
                except Unread as error:
                    raise refusal(lang, *error.said) from None
            return _when(row, text, rest, day, lang)


def _after(text: Text, at: Hit) -> Sequence[Token]:
    """What stands after the name, without an equals sign."""
    rest = text.tokens[at.end :]
    return rest[1:] if rest and rest[0].text in ("=", ":") else rest


# Kinds -----------------------------------------------------------------------------------------------------------------


def _yes_no(row: Row, text: Text, rest: list[Token], day: date, lang: Lang) -> YesNo:
    said = {"no": 0, "yes": 0, "past": 0, "now": 0}
    times: list[Token] = []
    for token in rest:
        for kind, words in (("no", _NO), ("yes", _YES), ("past", _PAST), ("now", _NOW)):
            if token.text in words:
                said[kind] += 1
                break
        else:
            if token.text in _SHORT and not {one.text for one in rest} - {token.text, *_HARMLESS}:
                said[_SHORT[token.text]] += 1
            elif token.text not in _HARMLESS or times:
                times.append(token)
    if said["no"] + said["yes"] > 1 or any(number > 1 for number in said.values()):
        raise _refused(row, text, lang)
    while times and times[-1].text in _HARMLESS:
        times.pop()
    if (said["past"] or said["now"] or times) and not row.dated:
        raise _refused(row, text, lang, times)
    if said["no"]:
        if said["past"] or times:
            raise _refused(row, text, lang, times)
        return YesNo(False)
    if said["now"] and (said["past"] or times):
        raise _refused(row, text, lang, times)
    if times:
        when = read_time(text.part(times), day, lang)
        return YesNo(True, True, when.first, when.last)
    return YesNo(True, bool(said["past"]))


def _choice(row: Row, chosen: str, text: Text, rest: list[Token], day: date, lang: Lang) -> Chosen:
    values, without, times = ([chosen] if chosen else []), [], []  # type: list[str], list[str], list[Token]
    at = denied = said = 0
    table = _values(row.id)
    while at < len(rest):
        token = rest[at]
        hit = hit_at(rest, at, table)
        if hit:
            (without if denied and not chosen else values).append(hit.meaning)
            denied = 0
            at = hit.end
            continue
        at += 1
        if token.text in _NO:
            denied += 1
        elif token.text in _YES or token.text in "+":
            said += 1
        elif token.text in ("and", "et", ",", ";", "&") or (token.text in _HARMLESS and not times):
            continue
        else:
            times.append(token)
    if denied and chosen and len(values) == 1:
        values, without, denied = [], values, denied - 1
    elif denied and not values and not without and any(one.id == "none" for one in row.values):
        values, denied = ["none"], denied - 1
    if not values and not without and not denied and not said and not times:
        values = [one.id for one in row.values if one.bare]
    first = last = None
    if times and row.dated and values:
        when = read_time(text.part(times), day, lang)
        first, last, times = when.first, when.last, []
    values, without = list(dict.fromkeys(values)), list(dict.fromkeys(without))
    wrong = (
        times or denied or said > 1 or (said and not values) or set(values) & set(without) or not (values or without)
    )
    if wrong or (len(values) > 1 and (not row.several or "none" in values)) or "none" in without:
        raise _refused(row, text, lang, times)
    return Chosen(tuple(values), tuple(without), first, last)


_AMOUNT = re.compile(
    r"(?P<sign><=|>=|=|<|>|≤|≥)?\s*(?P<number>[0-9]+(?:[.,][0-9]+)?)\s*(?:(?:/|sur|out of)\s*(?P<scale>[0-9]+)(?![0-9.,^]))?\s*(?P<unit>.*)\Z"
)


def _number(row: Row, text: Text, at: Hit, lang: Lang) -> Amount:
    before = [token for token in text.tokens[: at.start] if token.text not in _HARMLESS]
    after = list(_after(text, at))
    while after and after[0].text in _HARMLESS - {"="}:
        after.pop(0)
    if before and [token for token in after if token.text not in _HARMLESS]:
        raise _refused(row, text, lang, before)
    body = text.part(before or after).strip()
    if row.whole and body in _NO | {"zero"}:
        return Amount(0, 0)
    read = _AMOUNT.fullmatch(body)
    if read is None:
        raise _refused(row, text, lang)
    if re.search(r"[.,][0-9]{3}\Z", read["number"]):
        raise refusal(
            lang, f"`{shown(text.typed)}`: is `{read['number']}` a decimal or a thousand?",
            f"`{shown(text.typed)}` : `{read['number']}`, décimale ou millier ?", ("write it without separator", "écrire sans séparateur"),
        )  # fmt: skip
    factor = _factor(row, read["unit"])
    if factor is None:
        raise _refused(row, text, lang)
    number = round(float(read["number"].replace(",", ".")) * factor, 6)
    scale = _scale(row, number, read["scale"], text, lang)
    top = min(row.range[1], scale or row.range[1])
    if not row.range[0] <= number <= top or (row.whole and number != int(number)):
        raise refusal(
            lang, f"`{shown(text.typed)}`: {number:g} is not between {row.range[0]:g} and {top:g}",
            f"`{shown(text.typed)}` : {number:g} n'est pas entre {row.range[0]:g} et {top:g}", accepted_forms(row),
        )  # fmt: skip
    kept = scale if len(row.scale) > 1 else None
    match read["sign"]:
        case "<" | "<=" | "≤":
            return Amount(None, number, kept, open_high=read["sign"] == "<")
        case ">" | ">=" | "≥":
            return Amount(number, None, kept, open_low=read["sign"] == ">")
    return Amount(number, number, kept)


def _factor(row: Row, unit: str) -> float | None:
    """What a unit multiplies by; None for one that is not accepted, or is missing where it must be typed."""
    plain = re.sub(r"[\s.]", "", unit)
    if not plain:
        return None if row.unit_needed else 1.0
    for name, factor in {row.unit[0]: 1.0, row.unit[1]: 1.0, **row.units}.items():
        if name and re.sub(r"[\s.]", "", fold(name)) == plain:
            return float(factor)
    return None


def _scale(row: Row, number: float, typed: str | None, text: Text, lang: Lang) -> int | None:
    """The full mark meant: as typed, or the only one a number fits."""
    if typed is not None:
        if int(typed) not in row.scale:
            raise _refused(row, text, lang)
        return int(typed)
    fitting = [scale for scale in row.scale if number <= scale]
    if len(row.scale) > 1 and len(fitting) > 1:
        forms = " / ".join(f"`{number:g}/{scale}`" for scale in fitting)
        raise refusal(
            lang,
            f"`{shown(text.typed)}`: out of how much?",
            f"`{shown(text.typed)}` : sur combien ?",
            (f"write {forms}", f"écrire {forms}"),
        )
    return fitting[0] if fitting else (row.scale[0] if row.scale else None)


_MORE = re.compile(r"(?:>=?|≥|more than|over|at least|plus de|au moins)\s*(?P<time>.*)\Z")
_FOR = re.compile(r"(?:for|since|depuis|pendant)\s+(?P<rest>(?:>=?|≥|more than|over|at least|plus de|au moins).*)\Z")


def _when(row: Row, text: Text, rest: list[Token], day: date, lang: Lang) -> When:
    words = [token for token in rest if token.text not in ("=", ":", "on", "le", "en", "in")]
    if row.never and words and all(token.text in _NO | _HARMLESS for token in words):
        if sum(token.text in _NO for token in words) == 1:
            return When()
        raise _refused(row, text, lang)
    if not words or any(token.text in _NO | _YES for token in words):
        raise _refused(row, text, lang)
    body = text.part(words)
    if (inner := _FOR.match(body)) is not None:
        body = inner["rest"]
    more = _MORE.match(body)
    if more is not None:
        return When(date.min, read_time(more["time"], day, lang, bare=True).last)
    return read_time(body, day, lang, bare=row.kind == "span")


# Refusals --------------------------------------------------------------------------------------------------------------


def accepted_forms(row: Row) -> tuple[str, str]:
    """What may be typed of a fact, in English and French."""
    name = row.id
    match row.kind:
        case "yes_no":
            more = (f", `{name} 2019`", f", `{name} 2019`") if row.dated else ("", "")
            return f"accepted: `{name}`, `no {name}`{more[0]}", f"acceptés : `{name}`, `pas de {name}`{more[1]}"
        case "choice":
            values = [one.id for one in row.values]
            forms = ", ".join(f"`{name}={one}`" for one in values)
            return f"accepted: {forms}", f"acceptés : {forms}"
        case "number":
            unit = f"/{row.scale[0]}" if len(row.scale) > 1 else f" {row.unit[0]}" if row.unit[0] else ""
            example = 8 if row.unit_needed else row.range[1] / 2
            text = f"`{name} {int(example) if row.whole else example:g}{unit}`, {row.range[0]:g} - {row.range[1]:g}"
            return f"accepted: {text}", f"accepté : {text}"
        case "span":
            return (
                f"accepted: `{name} 6 weeks`, `{name} since 2026-01`",
                f"acceptés : `{name} 6 semaines`, `{name} depuis 2026-01`",
            )
        case "day":
            never = (f", `{name} never`", f", `{name} jamais`") if row.never else ("", "")
            return f"accepted: `{name} 2025-03`{never[0]}", f"acceptés : `{name} 2025-03`{never[1]}"


def _refused(row: Row, text: Text, lang: Lang, words: Sequence[Token] = ()) -> InputError:
    name = row.fr if lang == "fr" else row.en
    if words:
        word = shown(words[0].text, 20)
        return refusal(
            lang,
            f"`{shown(text.typed)}`: `{word}` is not understood of {name}",
            f"`{shown(text.typed)}` : `{word}` n'est pas compris ({name})",
            accepted_forms(row),
        )
    return refusal(
        lang,
        f"`{shown(text.typed)}` does not say plainly what is known of {name}",
        f"`{shown(text.typed)}` ne dit pas clairement ce qu'il en est ({name})",
        accepted_forms(row),
    )


def _unknown(typed: str, name: str, lang: Lang) -> InputError:
    near = resolve("facts", name.strip()).suggestions
    meant = ", ".join(f"`{one}`" for one in near)
    return refusal(
        lang, f"`{shown(typed)}` names no fact", f"`{shown(typed)}` ne nomme aucun fait",
        (f"did you mean {meant}? `myofind vocab facts` lists the names" if near else "`myofind vocab facts` lists the names",
         f"peut-être {meant} ? `myofind vocab facts` donne les noms" if near else "`myofind vocab facts` donne les noms"),
    )  # fmt: skip
