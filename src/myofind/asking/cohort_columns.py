"""The columns of a table of patients, or the keys of its rows: the fact each gives, and the value of a cell."""

from __future__ import annotations

import re
from typing import Any

from myofind.asking.profile_keys import FIELDS, IDENTIFYING, fact_key, fold, stance, yes_no
from myofind.asking.tokens import fold as typed_fold
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError, shown
from myofind.names.facts import FACTS
from myofind.names.vocabulary import resolve

ACCEPTED = "subtype, age, birth_date, autoantibodies, country, sex, onset, treatments, facts of `myofind vocab facts`"
_PSEUDONYM = r"(patient|record|case|study|subject|participant|row|line|cohort)?_?(id|code|no|number|pseudonym)"
"""Names an id column may have although they could hold an identifier: the user chooses what is in it."""

_EMPTY = r"(?i)#?n\s?/\s?a\.?|nan|nat|null|<na>|\."
"""What tables write into a cell that says nothing, whatever its column."""
_UNKNOWN = r"(?i)unknown|not known|inconnue?|non renseign[ée]e?|non connue?|unbekannt|keine angabe"
"""What says of the person, or of the antibodies as a whole, that nothing is known."""
_NO_RESULT = r"(?i)[-–—?]+|none"
"""What says so where it is no result: of the person only."""
_OF_THE_PERSON = frozenset(("subtypes", "age", "birth_date", "sex", "onset", "countries"))
_DECIMAL = r"(\d{1,4})[.,]0"

MOST_TEXT = 10_000
"""Characters of a cell, or of a line of JSON, that are read."""

Raw = tuple[int, str, "Typed | InputError"]


def check_choosable(name: str, where: str) -> None:
    plain = fold(name)
    if re.search(IDENTIFYING, plain) and not re.fullmatch(_PSEUDONYM, plain):
        raise InputError(
            (
                f"{where}: the column `{shown(name, 30)}` identifies a person; it cannot name the rows",
                f"{where} : la colonne `{shown(name, 30)}` identifie une personne ; elle ne peut nommer les lignes",
            ),
            ("use a number or a pseudonym of your own", "utiliser un numéro ou un pseudonyme choisi par vous"),
        )


_ANSWERS = re.compile(r"(?i)\s*[(\[]\s*(?:yes|oui|ja|y|o|0|1)\s*/\s*(?:no|non|nein|n|0|1)\s*[)\]]\s*\Z|[\s?:]+\Z")
"""The answers of a column behind its name, `cancer (oui/non)`, or a sign that it is a question."""
_BEFORE_UNIT = re.compile(r"[\s(\[_/%,]")
_NUMBER = re.compile(r"[<>≤≥=]*\s*[0-9]+(?:[.,][0-9]+)?")


def _with_unit(name: str) -> tuple[str, str]:
    """A column of a number that has its unit, or what it is out of, in its name: `FVC (%)`, `weight kg`, `MMT8 /150`; else no unit."""
    from myofind.asking.typed_numbers import unit_factor

    for place in _BEFORE_UNIT.finditer(name):
        head, unit = name[: place.start()].strip(" ([_,"), name[place.start() :].strip(" ()[]_,")
        row = FACTS.get(fact_key(head) or "") if head and unit else None
        if row is None or row.kind != "number":
            continue
        scale = unit.removeprefix("/")
        if unit_factor(row, typed_fold(unit)) is not None or (scale.isdigit() and int(scale) in row.scale):
            return head, f"/{scale}" if scale.isdigit() else unit
    return name, ""


def field_of(name: str, where: str) -> str:
    """The field that a column or a key gives; a fact of a number with the unit that the name tells in square brackets."""
    field = FIELDS.get(fold(name))
    if field is not None:
        return field
    name = _ANSWERS.sub("", name) or name
    fact, unit = _with_unit(name) if _BEFORE_UNIT.search(name) else (name, "")
    if unit:
        return f"facts.{fact} [{unit}]"
    if fact_key(name) is not None:
        return f"facts.{name}"
    if resolve("antibodies", name, exact=True).id is not None and not re.search(IDENTIFYING, fold(name)):
        return f"antibodies.{name}"
    if re.search(IDENTIFYING, fold(name)):
        hint = f"remove it; if it holds a pseudonym, say --id-column {shown(name, 30)}"
        raise InputError(
            (
                f"{where}: the column `{shown(name, 30)}` identifies a person; cohorts carry no identifiers",
                f"{where} : la colonne `{shown(name, 30)}` identifie une personne ; une cohorte n'en contient pas",
            ),
            hint,
        )
    raise InputError(
        (
            f"{where}: the column `{shown(name, 30)}` is not a fact of a patient",
            f"{where} : la colonne `{shown(name, 30)}` n'est pas une donnée d'un patient",
        ),
        (f"accepted: {ACCEPTED}", f"acceptés : {ACCEPTED}"),
    )


def says_nothing(field: str, text: str) -> bool:
    """Is a cell of a column as good as empty? A sign or `none` may be a result, so that it is so in columns of the person only."""
    if re.fullmatch(_EMPTY, text) or (text == "NA" and field != "countries"):
        return True
    person = field in _OF_THE_PERSON
    return bool((person or field == "antibodies") and re.fullmatch(_UNKNOWN, text)) or bool(
        person and re.fullmatch(_NO_RESULT, text)
    )


def add_fact(facts: dict[str, Any], field: str, value: Any) -> None:
    """A fact of a row among the others; those of the table of facts are together."""
    if field.startswith("facts.") or (field in ("ild", "refractory") and isinstance(value, tuple)):
        facts["facts"] = (*facts.get("facts", ()), *value)
    elif field.startswith("antibodies"):
        facts["antibodies"] = (*facts.get("antibodies", ()), *value)
    else:
        facts[field] = (*facts.get(field, ()), *value) if field == "facts" else value


def cell_value(field: str, text: str) -> Any:
    """What a cell gives as one would have typed it; a whole number may be written with a decimal, as tables do for want of another kind."""
    if len(text) > MOST_TEXT:
        raise InputError(
            (
                f"a cell of {len(text):,} characters; at most {MOST_TEXT:,} are read",
                f"une cellule de {len(text)} caractères ; {MOST_TEXT} au plus sont lus",
            )
        )
    if field in ("onset", "birth_date", "age_days") and (whole := re.fullmatch(_DECIMAL, text)):
        return whole[1]
    if field == "countries" and text.upper() == "NA":
        raise InputError(
            (
                f"`{text}` in the column of countries: Namibia, or not available?",
                f"`{text}` dans la colonne des pays : Namibie, ou non renseigné ?",
            ),
            ("write `Namibia`, or leave the cell empty", "écrire `Namibie`, ou laisser la cellule vide"),
        )
    if field in ("subtypes", "countries"):
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if field == "antibodies":
        if text.casefold() in ("none", "0", "aucun", "aucune", "aucuns", "keine"):
            raise InputError(
                (f"`{text}` in a cell of antibodies: none positive, or none done?", f"`{text}` dans une cellule d'anticorps : aucun positif, ou aucun dosé ?"),
                ("write `panel negative`, or leave the cell empty", "écrire `panel négatif`, ou laisser la cellule vide"),
            )  # fmt: skip
        return (text,)
    if field.startswith("antibodies."):
        told = yes_no(text)
        result = text if told is None else "positive" if told else "negative"
        return (f"{field.removeprefix('antibodies.')}={result}",)
    if field.startswith("facts."):
        fact, _, unit = field.removeprefix("facts.").rstrip("]").partition(" [")
        bare = unit and _NUMBER.fullmatch(text)
        return (f"{fact}={text}{'' if unit[:1] == '/' else ' '}{unit}" if bare else f"{fact}={text}",)
    if field in ("facts", "treatments"):
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if field in ("ild", "refractory"):
        return stance(field, text)
    return text


def check_identifier(name: str, where: str) -> None:
    """Stop at a key that identifies a person; any other unknown key is the row's own problem."""
    if re.search(IDENTIFYING, fold(name)):
        field_of(name, where)
