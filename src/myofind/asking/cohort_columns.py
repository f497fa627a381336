"""The columns of a table of patients, or the keys of its rows: the fact each gives, and the value of a cell."""

from __future__ import annotations

import re
from typing import Any

from myofind.asking.cohort_drugs import PREFIX, drug_cell, drug_field, together
from myofind.asking.profile_keys import FIELDS, IDENTIFYING, fact_key, fold, stance, yes_no
from myofind.asking.tokens import fold as typed_fold
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError, shown
from myofind.language import Pair
from myofind.names.facts import FACTS
from myofind.names.vocabulary import resolve

_COLUMNS = "subtype, age, birth_date, autoantibodies, country, sex, onset, treatments"
ACCEPTED = (
    f"accepted: {_COLUMNS}, facts of `myofind vocab facts`, drugs",
    f"acceptés : {_COLUMNS}, données de `myofind vocab facts`, médicaments",
)
_PSEUDONYM = r"(patient|record|case|study|subject|participant|row|line|cohort)?_?(id|code|no|number|pseudonym)"
"""Names an id column may have although they could hold an identifier: the user chooses what is in it."""

_EMPTY = r"(?i)#?n\s?/\s?a\.?|nan|nat|null|<na>|\."
"""What tables write into a cell that says nothing, whatever its column."""
_UNKNOWN = r"(?i)unknown|not known|inconnue?|non renseign[ée]e?|non connue?|unbekannt|keine angabe"
"""What says of the person, or of the antibodies as a whole, that nothing is known."""
_NO_RESULT = r"(?i)[-–—?]+|none"
"""What says so where it is no result: of the person only."""
_MISSING = r"n\.?d\.?|n\.?r\.?|n\.?c\.?|missing|manquante?s?|not available|(?:non|in) ?dispo(?:nible)?s?|fehlt|fehlend"
"""What hospital exports write where nothing was recorded; of an antibody it is one that was not tested, of a biopsy perhaps one that was not done."""
_NOT_MEASURED = r"n\.?f\.?|non faite?s?|not done|non r[ée]alis[ée]e?s?|non mesur(?:ables?|[ée]e?s?)|not measur(?:ed|able)|impossible"
"""What says of a number that it was not measured."""
_DASHES = r"[-–—]+"
_NOT_THERE = rf"(?i)(?:{_MISSING}|{_NOT_MEASURED}|{_DASHES})"
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


_ANSWERS = re.compile(
    r"(?i)\s*[(\[]\s*(?:(?:yes|oui|ja|y|o|0|1)\s*/\s*(?:no|non|nein|n|0|1)|[hmfw]\s*/\s*[hmfw])\s*[)\]]\s*\Z|[\s?:]+\Z"
)
"""The answers of a column behind its name, `cancer (oui/non)`, or a sign that it is a question."""
_BEFORE_UNIT = re.compile(r"[\s(\[_/%,]")
_NUMBER = re.compile(r"[<>≤≥=]*\s*[0-9]+(?:[.,][0-9]+)?")


def _with_unit(name: str) -> tuple[str, str]:
    """A column of a number that has its unit, or what it is out of, in its name: `FVC (%)`, `weight kg`, `MMT8 /150`; else no unit."""
    from myofind.asking.fact_units import unit_factor

    for place in _BEFORE_UNIT.finditer(name):
        head, unit = name[: place.start()].strip(" ([_,"), name[place.start() :].strip(" ()[]_,")
        unit = re.sub(r"(?i)\A(?:en|in) ", "", unit)
        row = FACTS.get(fact_key(head) or "") if head and unit else None
        if row is None or row.kind != "number":
            continue
        scale = re.sub(r"\A0 ?(?:-|–|à|to) ?(?=[0-9])", "", unit.removeprefix("/"))
        if unit_factor(row, typed_fold(unit)) is not None or (scale.isdigit() and int(scale) in row.scale):
            return head, f"/{scale}" if scale.isdigit() else unit
    return name, ""


_AGE = re.compile(
    r"age[_,]*[(\[]?_*(?:in_|en_)?(?:(?P<years>years?|yrs?|ans?|annees?|y)|(?P<months>months?|mois|mo))_*[)\]]?"
)
_AGE_AT_ONSET = frozenset(
    (
        "age_at_onset",
        "onset_age",
        "age_of_onset",
        "age_au_debut",
        "age_de_debut",
        "age_debut",
        "age_au_debut_des_symptomes",
    )
)


def _aged(plain: str) -> str | None:
    """The field of a column of ages that names its unit, or of the age at onset."""
    if plain in _AGE_AT_ONSET:
        return "onset [at]"
    found = _AGE.fullmatch(plain)
    return None if found is None else "age [months]" if found["months"] else "age"


def _accepted(name: str) -> Pair:
    """What a column may be called, or what is not understood of one that begins with the name of a fact."""
    for place in reversed([*_BEFORE_UNIT.finditer(name)]):
        head, rest = name[: place.start()].strip(" ([_,"), name[place.start() :].strip(" ()[]_,")
        row = FACTS.get(fact_key(head) or "") if head and rest else None
        if row is not None:
            from myofind.asking.fact_refusals import accepted_forms

            en, fr = accepted_forms(row)
            told, quoted = shown(rest, 30), shown(head, 30)
            return (
                f"`{told}` is not understood; a column `{quoted}` is read, its cells as after -F ({en})",
                f"`{told}` n'est pas compris ; une colonne `{quoted}` est lue, ses cellules comme après -F ({fr})",
            )
    if re.match(r"n°|n_|#|num|patient|sujet|subject|cas(?:e)?\b", fold(name)):
        named = shown(name, 30)
        return f'if it names the rows: --id-column "{named}"', f'si elle nomme les lignes : --id-column "{named}"'
    return ACCEPTED


def _of_a_time(name: str) -> bool:
    """Is a heading the name of a yes or no with a word for then or now: `history of cancer`, `cancer actif`?"""
    from myofind.asking.small_words import HARMLESS, HISTORY, NOW
    from myofind.asking.tokens import read_text
    from myofind.asking.typed_facts import fact_name_at

    tokens = read_text(name.replace("_", " ")[:_LONGEST_HEADING]).tokens
    hits = [hit for at in range(len(tokens)) if (hit := fact_name_at(tokens, at))]
    hit = max(hits, key=lambda each: each.words, default=None)
    if hit is None or hit.meaning not in FACTS or FACTS[hit.meaning].kind != "yes_no" or len(name) > _LONGEST_HEADING:
        return False
    beside = {token.text for token in (*tokens[: hit.start], *tokens[hit.end :])} - HARMLESS
    return bool(beside) and (beside <= HISTORY or beside <= NOW)


_LONGEST_HEADING = 60


def field_of(name: str, where: str) -> str:
    """The field that a column or a key gives; a fact of a number with the unit that the name tells in square brackets."""
    field = FIELDS.get(fold(name)) or _aged(fold(name))
    if field is not None:
        return field
    name = _ANSWERS.sub("", name) or name
    fact, unit = _with_unit(name) if _BEFORE_UNIT.search(name) else (name, "")
    if unit:
        return f"facts.{fact} [{unit}]"
    if fact_key(name) is not None or _of_a_time(name):
        return f"facts.{name}"
    if resolve("antibodies", name, exact=True).id is not None and not re.search(IDENTIFYING, fold(name)):
        return f"antibodies.{name}"
    if (field := drug_field(name)) is not None:
        return field
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
        _accepted(name),
    )


_LONGEST_MISSING, _MISSING_BEGINS = 20, "-–—nmif"


def _not_recorded(field: str, text: str) -> bool:
    """Does a sign or word for what is missing say so in a cell of a column? A dash may be a no, so that it does in those of a number or a day."""
    dash = re.fullmatch(_DASHES, text) is not None
    if not field.startswith("facts."):
        if re.fullmatch(_NOT_MEASURED, text, re.IGNORECASE):
            return False
        return field.partition(" [")[0] in _OF_THE_PERSON - (set() if dash else {"countries"}) or (
            not dash and field.startswith(("treatments", "facts"))
        )
    row = FACTS[fact_key(_bare(field)) or "cancer"]
    if row.kind == "number":
        return True
    if re.fullmatch(_NOT_MEASURED, text, re.IGNORECASE):
        return False
    if row.kind in ("day", "span"):
        return True
    return not dash and not any(one.id == "not_done" for one in row.values)


def _bare(field: str) -> str:
    """The name of a column of a fact, without its unit."""
    return field.removeprefix("facts.").partition(" [")[0]


def says_nothing(field: str, text: str) -> bool:
    """Is a cell of a column as good as empty? A sign or `none` may be a result, so that it is so in columns of the person only."""
    if re.fullmatch(_EMPTY, text) or (text == "NA" and field != "countries"):
        return True
    if field.startswith(PREFIX) and re.fullmatch(_UNKNOWN, text):
        return True
    if len(text) < _LONGEST_MISSING and text[0].lower() in _MISSING_BEGINS and re.fullmatch(_NOT_THERE, text):
        return _not_recorded(field, text)
    person = field.partition(" [")[0] in _OF_THE_PERSON
    return bool((person or field == "antibodies") and re.fullmatch(_UNKNOWN, text)) or bool(
        person and re.fullmatch(_NO_RESULT, text)
    )


def add_fact(facts: dict[str, Any], field: str, value: Any) -> None:
    """A fact of a row among the others; those of the table of facts are together."""
    if field.startswith("facts.") or (field in ("ild", "refractory") and isinstance(value, tuple)):
        facts["facts"] = (*facts.get("facts", ()), *value)
    elif field.startswith("antibodies"):
        facts["antibodies"] = (*facts.get("antibodies", ()), *value)
    elif field.startswith("treatments"):
        facts["treatments"] = together(facts.get("treatments", ()), value)
    else:
        facts[field.partition(" [")[0]] = (*facts.get(field, ()), *value) if field == "facts" else value


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
    if field in ("age [months]", "onset [at]"):
        plain = whole[1] if (whole := re.fullmatch(_DECIMAL, text)) else text
        return f"at {plain}" if field == "onset [at]" else f"{plain} months" if plain.isdigit() else plain
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
        if (
            not unit
            and (year := re.fullmatch(r"((?:19|20)[0-9]{2})[.,]0", text))
            and FACTS[fact_key(fact) or ""].kind != "number"
        ):
            text = year[1]
        return (f"{fact}={text}{'' if unit[:1] == '/' else ' '}{unit}" if bare else f"{fact}={text}",)
    if field.startswith(PREFIX):
        return drug_cell(field, text)
    if field in ("facts", "treatments"):
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if field in ("ild", "refractory"):
        return stance(field, text)
    return text


def check_identifier(name: str, where: str) -> None:
    """Stop at a key that identifies a person; any other unknown key is the row's own problem."""
    if re.search(IDENTIFYING, fold(name)):
        field_of(name, where)
