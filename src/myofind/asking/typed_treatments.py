"""A treatment as one types it, in English or French: the drug, its dose and its times, read to the last word.

`rituximab until 2026-05`, `prednisone 15 mg since 2026-01`, `never rituximab`, `no other`, `MTX depuis 2024-03`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from myofind.asking.clauses import parts_of
from myofind.asking.small_words import HARMLESS, NEVER, NOW
from myofind.asking.tokens import LONGEST, Text, Token, fold, name_words, read_text, read_time, refusal
from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.domain.patient import OTHER, Amount, Status, Treatment, When
from myofind.domain.treatment_facts import of_class
from myofind.language import LANGUAGES
from myofind.names.normal import word_set
from myofind.names.vocabulary import Resolution, label, resolve

__all__ = ["PREDNISONE", "named_drug", "read_treatment", "read_treatments", "treatment_texts"]

_NO_OTHER = {
    name_words(text)
    for text in (
        "no other", "no others", "none other", "nothing else", "no other treatment", "no other treatments", "no other drug", "no other drugs", "nothing", "no treatment",
        "none", "pas d'autre", "pas d'autres", "pas d'autre traitement", "pas d'autres traitements", "rien d'autre", "aucun autre", "aucun autre traitement",
        "aucun traitement", "rien", "aucun",
    )
}  # fmt: skip
_NEVER_OTHER = {
    name_words(text)
    for text in (
        "never any other", "no other ever", "never anything else", "never any", "jamais d'autre", "jamais d'autre traitement", "jamais rien d'autre",
    )
}  # fmt: skip
_WHEN: dict[str, str] = {
    **dict.fromkeys(("since", "from", "started", "start", "begun", "seit", "depuis", "debut", "debute", "debutee", "commence", "commencee"), "since"),
    **dict.fromkeys(("until", "till", "bis", "abgesetzt", "beendet", "stopped", "stop", "ended", "end", "arrete", "arretee", "arret", "fin", "finished", "last", "derniere", "dernier"), "until"),
    **dict.fromkeys(
        ("changed", "modified", "increased", "decreased", "modifie", "modifiee", "augmente", "augmentee", "diminue", "diminuee",
         "stable", "unchanged", "inchange", "inchangee"), "changed"),
}  # fmt: skip
_FRENCH_UNTIL = re.compile(r"(?i)jusqu'?\s*(?:en|a|au|a la)?\s+|jusqu(?=\s)")
_NOT_NOW = word_set("no not non pas sans without aucun aucune kein keine keinen nicht ohne")
_NOW = NOW | word_set("ongoing sous on taking prend yes oui ja unter laufend")
_HARMLESS = HARMLESS | word_set("cure cures dose doses infusion perfusion for treatment traitement behandlung")
_RECEIVED = word_set("on taking received taken had been ever recu pris eu a n ne ' erhalten hat")
"""What may stand beside "never": `never received rituximab`, `n'a jamais reçu de rituximab`."""
_UNITS = {"mg": 1.0, "g": 1000.0}
_PER = re.compile(
    r"(?P<number>[0-9]+(?:[.,][0-9]+)?)\s*(?P<unit>mg|g)\s*(?:/\s*(?:d|day|j|jour)|par jour|a day|daily|qd)?(?![a-z/0-9])"
)
PREDNISONE = {"prednisone": 1.0, "prednisolone": 1.0, "glucocorticoid": 1.0, "methylprednisolone": 1.25}
"""What a milligram of a steroid counts in prednisone."""


def read_treatments(texts: Iterable[str], day: date) -> tuple[Treatment, ...]:
    """The treatments typed; raises InputError for one that cannot be read, or two that contradict each other."""
    listed: list[Treatment] = []
    for text in texts:
        for treatment in _all_of(text, day):
            for earlier in listed:
                if earlier != treatment and _clash(earlier, treatment):
                    raise refusal(
                        f"{label('drugs', treatment.drug)} is given twice, and not the same",
                        f"{label('drugs', treatment.drug, 'fr')} : donné deux fois, différemment",
                    )
            if treatment not in listed:
                listed.append(treatment)
    return tuple(sorted(listed, key=lambda one: (one.drug, one.status)))


def _all_of(typed: str, day: date) -> list[Treatment]:
    """The treatments of one text: one, or each of a list."""
    try:
        return [read_treatment(typed, day)]
    except InputError:
        parts = treatment_texts(typed)
        if len(parts) < 2:
            raise
    return [read_treatment(part, day) for part in parts]


def treatment_texts(typed: str) -> tuple[str, ...]:
    """The texts of single treatments in a list of them; the text itself where it is no list, or a part names no drug.

    Raises InputError where it is not plain to which of them a word or a time belongs.
    """
    text = read_text(_plain_until(typed))
    parts = parts_of(text, lambda tokens, at: None)
    if len(parts) < 2 or not all(named_drug(part) for part in parts):
        return (typed,)
    told = _WHEN.keys() | _NOW | _NOT_NOW | NEVER
    timed = not _WHEN.keys().isdisjoint(name_words(parts[-1]))
    if timed and any(told.isdisjoint(name_words(part)) for part in parts) and ";" not in typed:
        raise refusal(
            f"`{shown(typed)}`: does what is said of the last treatment also hold for the others?",
            f"`{shown(typed)}` : ce qui est dit du dernier traitement vaut-il aussi pour les autres ?",
            ("say it of each, or part them by `;`", "le dire de chacun, ou séparer par `;`"),
        )
    return parts


_YEAR = r"(?:(?!\b(?:to|until|since|depuis)\b|[;]).){0,14}?\b(?:19|20)[0-9]{2}(?:-[0-9]{2}){0,2}"
_SPAN = re.compile(
    rf"(?i)(?:\b(?:since|from|depuis|de|du|von|seit)\s+(?P<first>{_YEAR})\s+(?:to|à|a|au|bis|until)\s+(?P<last>{_YEAR})"
    r"|\b(?P<years>(?:19|20)[0-9]{2})\s*[-–]\s*(?P<end>(?:19|20)[0-9]{2})\b(?!-))"
)
"""`from 2020 to 2024`, `de mars 2020 à 2024`, `2020-2024`: when a treatment began, and when it ended."""


def _plain_until(typed: str) -> str:
    if len(typed) > LONGEST:
        return typed
    plain = _FRENCH_UNTIL.sub("until ", typed.replace("’", "'"))
    return _SPAN.sub(lambda span: f"since {span['first'] or span['years']} until {span['last'] or span['end']}", plain)


def _clash(first: Treatment, second: Treatment) -> bool:
    if first.drug == second.drug:
        return first.drug != OTHER
    if OTHER in (first.drug, second.drug):
        return False
    return any(
        of_class(narrow.drug, wide.drug)
        and (
            (wide.status == "never" and narrow.status in ("now", "past"))
            or (wide.status == "not_now" and narrow.status == "now")
        )
        for wide, narrow in ((first, second), (second, first))
    )


def read_treatment(typed: str, day: date) -> Treatment:
    """One treatment; raises InputError naming what is not understood."""
    words = name_words(typed)
    if words in _NO_OTHER:
        return Treatment(OTHER, "not_now")
    if words in _NEVER_OTHER:
        return Treatment(OTHER, "never")
    text = read_text(_plain_until(typed))
    start, end, drug = _drug(text, typed)
    rest = [*text.tokens[:start], *text.tokens[end:]]
    dose, rest = _dose(text, rest, drug, typed)
    return _timed(text, rest, drug, dose, typed, day)


def named_drug(typed: str) -> str | None:
    """The drug a text names; none where it names none that is known."""
    if name_words(typed) in _NO_OTHER | _NEVER_OTHER:
        return OTHER
    try:
        return _drug(read_text(_plain_until(typed)), typed)[2]
    except InputError:
        return None


def _drug(text: Text, typed: str) -> tuple[int, int, str]:
    """Where the drug is named, the longest name first; raises InputError where none is, or the name is ambiguous."""
    tokens = text.tokens
    doubtful: Resolution | None = None
    for length in range(min(8, len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            part = tokens[start : start + length]
            if not (part[0].text.isalnum() and part[-1].text.isalnum()) or (length == 1 and part[0].text in _WHEN):
                continue
            told = resolve("drugs", text.part(part), exact=True)
            if told.id is not None and told.id not in ("placebo", "standard_of_care"):
                return start, start + length, told.id
            if told.outcome == "ambiguous" and doubtful is None and told.why != "several":
                doubtful = told
    raise _no_drug(typed, doubtful)


def _no_drug(typed: str, doubtful: Resolution | None) -> InputError:
    if doubtful is not None:
        return _which(typed, doubtful)
    small = _NOT_NOW | NEVER | _NOW | _WHEN.keys()
    first = next((word for word in re.split(r"[\s=]+", typed) if word and word.casefold() not in small), typed)
    near = ", ".join(f"`{one}`" for one in resolve("drugs", first).suggestions)
    return refusal(
        f"`{shown(typed)}` names no drug of the vocabulary", f"`{shown(typed)}` ne nomme aucun médicament du vocabulaire",
        (f"did you mean {near}?" if near else "`myofind vocab drugs` lists the names", f"peut-être {near} ?" if near else "`myofind vocab drugs` donne les noms"),
    )  # fmt: skip


def _which(typed: str, doubtful: Resolution) -> InputError:
    """A question where the name of a drug has more than one reading."""
    names = [", ".join(f"`{one}` ({label('drugs', one, lang)})" for one in doubtful.candidates) for lang in LANGUAGES]
    message = (
        f"`{shown(doubtful.typed)}` has more than one reading",
        f"`{shown(doubtful.typed)}` se lit de plusieurs façons",
    )
    hint = (f"which is meant: {names[0]}?", f"lequel est-ce : {names[1]} ?")
    folded = fold(typed)
    if len(doubtful.candidates) < 2 or folded.count(doubtful.typed) != 1:
        return InputError(message, hint)
    readings = tuple(
        (folded.replace(doubtful.typed, label("drugs", one)), f"{label('drugs', one)} ({one})")
        for one in doubtful.candidates
    )
    return Ambiguous(message, hint, field="treatments", typed=typed, readings=readings)


def _dose(text: Text, rest: list[Token], drug: str, typed: str) -> tuple[float | None, list[Token]]:
    """The dose a day, and what is left; kept for steroids, in prednisone."""
    for match in _PER.finditer(text.folded):
        inside = [token for token in rest if match.start() <= token.start < match.end()]
        if not inside or inside[0].start != match.start():
            continue
        amount = float(match["number"].replace(",", ".")) * _UNITS[match["unit"]]
        if not of_class(drug, "glucocorticoid") or drug not in PREDNISONE or not 0 < amount <= 1000:
            raise refusal(
                f"`{shown(typed)}`: only the daily dose of prednisone, prednisolone or methylprednisolone is read, up to 1000 mg",
                f"`{shown(typed)}` : seule la dose quotidienne de prednisone, prednisolone ou méthylprednisolone est lue, jusqu'à 1000 mg",
                ("leave the dose out", "omettre la dose"),
            )  # fmt: skip
        return round(amount * PREDNISONE[drug], 3), [token for token in rest if token not in inside]
    return None, rest


def _timed(text: Text, rest: Sequence[Token], drug: str, dose: float | None, typed: str, day: date) -> Treatment:
    """The status and the times: words say which, what follows a word is its day or how long ago."""
    if any(token.text in NEVER for token in rest):
        rest = [token for token in rest if token.text not in _RECEIVED]
    times: dict[str, list[Token]] = {}
    flags: list[str] = []
    current: list[Token] | None = None
    for token in rest:
        word = token.text
        kind = _WHEN.get(word)
        if (
            word in ("since", "depuis", "seit", "for")
            and current is not None
            and not current
            and current is not times.get("since")
        ):
            continue
        if kind is not None:
            if kind in times:
                raise _puzzled(typed, token)
            current = times[kind] = []
        elif word in NEVER | _NOT_NOW | _NOW:
            flags.append("never" if word in NEVER else "not_now" if word in _NOT_NOW else "now")
        elif current is not None and (current or word not in _HARMLESS - {"il"}):
            current.append(token)
        elif word not in _HARMLESS:
            raise _puzzled(typed, token)
    if len(flags) > 1 or (flags and flags != ["now"] and (times or dose)):
        raise _puzzled(typed, rest[0])
    days = {kind: _day(text, tokens, day) for kind, tokens in times.items()}
    if "until" in days and flags == ["now"]:
        raise _puzzled(typed, rest[0])
    status: Status = "past" if "until" in days else _STATUS[flags[0]] if flags else "now"
    since, until = days.get("since"), days.get("until")
    if since and until and since.first and until.last and since.first > until.last:
        raise refusal(f"`{shown(typed)}` ends before it begins", f"`{shown(typed)}` finit avant de commencer")
    amount = None if dose is None else Amount(dose, dose)
    return Treatment(drug, status, since, days.get("changed"), until, amount)


_STATUS: dict[str, Status] = {"never": "never", "not_now": "not_now", "now": "now"}


def _day(text: Text, tokens: list[Token], day: date) -> When | None:
    """The day after a word; none where `stopped` stands alone."""
    while tokens and tokens[-1].text in _HARMLESS:
        tokens.pop()
    return read_time(text.part(tokens), day, bare=True) if tokens else None


def _puzzled(typed: str, token: Token) -> InputError:
    word = shown(token.text, 20)
    return refusal(
        f"`{shown(typed)}`: `{word}` is not understood", f"`{shown(typed)}` : `{word}` n'est pas compris",
        ("accepted: `rituximab until 2026-05`, `prednisone 15 mg since 2026-01`, `IVIG now`, `never rituximab`, `no other`",
         "acceptés : `rituximab jusqu'en 2026-05`, `prednisone 15 mg depuis 2026-01`, `IVIG actuellement`, `jamais de rituximab`, `pas d'autre`"),
    )  # fmt: skip
