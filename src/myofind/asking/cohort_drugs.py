"""A column of a table of patients that is about one drug, or about all treatments of a time: what its heading says, and what its cells then tell."""

from __future__ import annotations

import re

from myofind.asking.profile_keys import yes_no
from myofind.asking.small_words import NO
from myofind.asking.tokens import fold, name_words
from myofind.asking.treatment_drugs import named_drug
from myofind.diagnostics import InputError, shown
from myofind.domain.patient import OTHER
from myofind.domain.treatment_facts import of_class
from myofind.names.normal import word_set
from myofind.names.vocabulary import resolve

__all__ = ["PREFIX", "drug_cell", "drug_field", "together"]

PREFIX = "treatments."
"""Before a drug, or nothing for all of them, and behind a bar what the heading says of the cells."""
_SINCE = word_set("since depuis seit start started debut debute begun from introduction introduit beginn")
_UNTIL = word_set(
    "until jusqu stop stopped stopping arret arrete end ended fin last dernier derniere dernieres derniers ende letzte"
)
_NOW = word_set(
    "now current currently present actuel actuelle actuels actuelles actuellement cours ongoing concomitant concomitants today aktuell"
)
_PAST = word_set(
    "ever prior previous previously past before earlier anterieur anterieure anterieurs anterieurement antecedent antecedents atcd history deja recu recus received already former formerly"
)
_KINDS = {"since": _SINCE, "until": _UNTIL, "now": _NOW, "past": _PAST}
_SMALL = word_set(
    "date day month year jour mois annee de du des d l le la les of the a au en in on sous par with avec dose doses cure cures perfusion infusion injection prise taken use used usage exposure exposition"
    " treatment traitement therapy therapie drug medicament is was has been patient ? _ - / ' . : ( ) [ ] ,"
)
_ALL = word_set(
    "treatment treatments traitement traitements therapy therapies therapie medication medications medicaments drugs"
)
_DOSE = re.compile(r"(?<![a-z0-9])\s*[(\[]?\s*(?P<unit>(?:mg|g|ui|iu)(?:\s*(?:/|per|par)\s*[a-z0-9 ]+)*)\s*[)\]]?\s*\Z")
_PIECE = re.compile(r"[a-z]+|[0-9]+|[^\sa-z0-9]")


def drug_field(name: str) -> str | None:
    """The field of a column that is about one drug, or about the treatments of a time; None for any other."""
    plain = fold(name).replace("_", " ")
    dose = _DOSE.search(plain)
    head = plain[: dose.start()] if dose and dose.start() else plain
    words = _PIECE.findall(head)
    for length in range(min(6, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            drug = " ".join(words[at : at + length])
            rest = [*words[:at], *words[at + length :]]
            if length == 1 and drug in _ALL and set(rest) <= _NOW | _PAST | _SMALL and set(rest) & (_NOW | _PAST):
                return _field("", rest, "")
            if drug in _SMALL or any(drug in kind for kind in _KINDS.values()):
                continue
            id = resolve("drugs", drug, exact=True).id
            if id is not None and id not in ("placebo", "standard_of_care"):
                return _field(drug, rest, dose["unit"].strip() if dose and dose.start() else "")
    return None


def _field(drug: str, rest: list[str], unit: str) -> str | None:
    kinds = [kind for kind, words in _KINDS.items() if words.intersection(rest)]
    known = _SMALL.union(*_KINDS.values())
    if len(kinds) > 1 or not set(rest) <= known or (unit and kinds not in ([], ["now"])):
        return None
    return f"{PREFIX}{drug}|{kinds[0] if kinds else ''}|{unit}"


_FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def drug_cell(field: str, text: str) -> tuple[str, ...]:
    """What a cell of such a column says, as one would have typed it as a treatment; raises InputError for a yes that may be of now or of before."""
    drug, kind, unit = field.removeprefix(PREFIX).split("|")
    if not drug and kind == "now":
        return (text,)
    if not drug:
        if fold(text) in NO:
            raise InputError(
                (f"`{shown(text, 30)}` of all earlier treatments is no answer that a trial asks", f"`{shown(text, 30)}` de tous les traitements antérieurs : aucun essai ne le demande ainsi"),
                ("leave the cell empty, or write which were never taken: `never rituximab`", "laisser la cellule vide, ou écrire ceux jamais pris : `jamais rituximab`"),
            )  # fmt: skip
        return tuple(_before(part.strip()) for part in re.split("[;,]", text) if part.strip())
    if unit and _FIGURE.fullmatch(text):
        return (f"{drug} {text} {unit}",) if float(text.replace(",", ".")) else (f"no {drug}",)
    told = yes_no(text)
    if told is not None and kind in ("", "now", "past"):
        return _answered(drug, kind, told)
    if _names(text, drug):
        return (text,)
    if members := _members(text, drug):
        return tuple(_before(each) for each in members) if kind == "past" else members
    if kind and fold(text) in _NEVER:
        return (f"never {drug}",)
    lead = {"since": "since ", "until": "until ", "past": ""}.get(kind, "")
    return (f"{'prior ' if kind == 'past' else ''}{drug} {lead}{text}",)


def _before(text: str) -> str:
    """A treatment of a column of earlier ones, as one would have typed it alone."""
    return text if re.search(r"[0-9]{4}|stop|arr[eê]t|until|jusqu", text) else f"prior {text}"


def _names(text: str, drug: str) -> bool:
    """Does a cell name its drug itself?"""
    words = name_words(text)
    own = name_words(drug)
    return any(words[at : at + len(own)] == own for at in range(len(words)))


_NEVER = frozenset(("never", "jamais", "nie"))


def _members(text: str, drug: str) -> tuple[str, ...]:
    """The treatments of a cell that names drugs of the class its column is about; none for any other cell."""
    parts = tuple(part.strip() for part in re.split("[;,+]", text) if part.strip())
    ids, wide = [named_drug(part) for part in parts], resolve("drugs", drug, exact=True).id or ""
    return parts if parts and all(id and id not in (OTHER, wide) and of_class(id, wide) for id in ids) else ()


def _answered(drug: str, kind: str, told: bool) -> tuple[str, ...]:
    if not told:
        return (f"never {drug}" if kind == "past" else f"no {drug}",)
    if not kind:
        raise InputError(
            (f"`{shown(drug, 30)}`: taken now, or before?", f"`{shown(drug, 30)}` : pris actuellement, ou auparavant ?"),
            (
                f"call the column `current {drug}` or `previous {drug}`, or write `now`, `stopped` or `until 2024-03` in the cell",
                f"nommer la colonne `{drug} actuel` ou `{drug} antérieur`, ou écrire `en cours`, `arrêté` ou `jusqu'en 2024-03` dans la cellule",
            ),
        )  # fmt: skip
    return (f"{drug} now" if kind == "now" else f"received {drug}",)


_TIMED = re.compile(r"(?P<drug>.+?) (?P<said>now|(?:since|until) .+)")


def together(earlier: tuple[str, ...], told: tuple[str, ...]) -> tuple[str, ...]:
    """Treatments of a row with those of another column: one that tells when a drug was begun, and one when it ended or that it goes on, are one treatment."""
    ended = {
        found["drug"]
        for one in (*earlier, *told)
        if (found := _TIMED.fullmatch(one)) and found["said"].startswith("until")
    }
    denied = {f"no {drug}" for drug in ended}  # which an end says already
    texts = [one for one in earlier if one not in denied]
    for text in told:
        if text in denied:
            continue
        new = _TIMED.fullmatch(text)
        for at, each in enumerate(texts):
            old = _TIMED.fullmatch(each)
            if new and old and new["drug"] == old["drug"] and new["said"][:5] != old["said"][:5]:
                said = {new["said"], old["said"]}
                if said - {"now"} == said or not any(one.startswith("until") for one in said):
                    texts[at] = " ".join([new["drug"], *sorted(said - {"now"})])  # since, then until
                    break
        else:
            texts.append(text)
    return tuple(texts)
