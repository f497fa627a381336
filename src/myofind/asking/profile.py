"""What was typed, or written in a profile file, to a patient: names are read, never guessed where a guess can hurt.

Nothing of it is kept. A profile that carries an identifier is refused; the key is named, never its value.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple, cast

from myofind.asking.typed_diagnosis import read_typed_diagnosis
from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.domain import ages
from myofind.domain.known_facts import contradicted, lung_disease, qualifying
from myofind.domain.patient import Birth, FactValue, Onset, Patient, Result, Treatment, YesNo
from myofind.domain.patient_facts import line_of, onset_months, split
from myofind.domain.typed_times import Unread
from myofind.names import autoantibodies as ab
from myofind.names.facts import FACTS, FactId
from myofind.names.laboratory import read_results
from myofind.names.laboratory_values import Refusal, Remark
from myofind.names.vocabulary import Resolution, ids, label, resolve
from myofind.words.reading_notes import why, worded
from myofind.words.remarks import remarks
from myofind.words.wording import RESULTS, Lang, listing, pick

MAX_PROFILE = 1024 * 1024
EXAMPLE = ("write for example `subtype: dm` and `age: 45`", "écrire par exemple `subtype: dm` et `age: 45`")
ONE_OF_TWO = ("keep one of the two", "n'en garder qu'une")
_KEYS = "subtypes, age, birth_date, autoantibodies, countries, sex, onset, treatments"


class Typed(NamedTuple):
    """The facts as typed, before they are read."""

    subtypes: tuple[str, ...] = ()
    age: str | None = None
    birth_date: str | None = None
    antibodies: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sex: str | None = None
    onset: str | None = None
    ild: bool | None = None
    refractory: bool | None = None
    country_codes: tuple[str, ...] = ()
    """Countries given by their code in a file, where no letters stand for two (SK typed may be South Korea)."""
    facts: tuple[str, ...] = ()
    """Facts of the table, as `asking.typed_facts` reads them."""
    treatments: tuple[str, ...] = ()


class Profile(NamedTuple):
    """A patient and what was noticed; `age` as it is shown (years, months).

    `readings` are the notes about how what was typed was read; the others say what the field knows of such a patient.
    """

    patient: Patient
    age: tuple[int | None, int | None] | None
    notes: tuple[str, ...]
    readings: tuple[str, ...] = ()
    slips: tuple[str, ...] = ()
    """The readings that tell of a name read although it was not typed quite so."""


FIELDS: dict[str, str] = {
    "subtypes": "subtypes", "subtype": "subtypes", "diagnosis": "subtypes",
    "age": "age", "birth_date": "birth_date",
    "autoantibodies": "antibodies", "antibodies": "antibodies",
    "countries": "countries", "country": "countries",
    "sex": "sex", "onset": "onset", "ild": "ild", "refractory": "refractory",
    "sous_types": "subtypes", "sous_type": "subtypes", "diagnostic": "subtypes", "diagnostics": "subtypes",
    "date_de_naissance": "birth_date", "naissance": "birth_date",
    "auto_anticorps": "antibodies", "autoanticorps": "antibodies", "anticorps": "antibodies",
    "pays": "countries", "sexe": "sex", "debut": "onset", "debut_des_symptomes": "onset",
    "pid": "ild", "pneumopathie_interstitielle": "ild", "refractaire": "refractory",
    "facts": "facts", "treatments": "treatments", "treatment": "treatments", "traitements": "treatments", "traitement": "treatments",
}  # fmt: skip
"""The keys of a profile, or the columns of a table of patients, and the fact each gives: in English, then in French, as `fold` leaves them."""

IDENTIFYING = (
    r"name|nom|prenom|surname|mrn|ipp|nip|iep|nir|ssn|nhs|insee|ins$|social|secu|address|adresse|street|rue|zip|postal|postcode|phone|tel|mobile|mail|"
    r"passport|record|dossier|patient.?id|hospital.?(id|number|no)|identi|photo|doctor|medecin|^id$|ville|city"
)


def read_profile(data: bytes, file: str) -> Typed:
    """The facts of a profile file (YAML or JSON); raises InputError for anything else."""
    from myofind.files.yaml_nodes import MappingNode, ScalarNode, position, read_document

    if len(data) > MAX_PROFILE:
        raise InputError(
            (
                f"{file}: the profile has {len(data):,} bytes; at most {MAX_PROFILE:,} are read",
                f"{file} : le profil a {len(data)} octets ; {MAX_PROFILE} au plus sont lus",
            )
        )
    document = read_document(data, file)
    if document.findings:
        first = document.findings[0]
        raise InputError(f"{file}:{first.position.line}:{first.position.column}: {first.message}", first.hint)
    root = document.root
    if root is None:
        raise InputError((f"{file}: the profile is empty", f"{file} : le profil est vide"), EXAMPLE)
    if isinstance(root, MappingNode) and len(root.value) == 1 and root.value[0][0].value == "profile":
        root = root.value[0][1]
    if not isinstance(root, MappingNode):
        raise InputError((f"{file}: a profile is a mapping of facts", f"{file} : un profil nomme des données"), EXAMPLE)
    facts: dict[str, Any] = {}
    for key_node, value_node in root.value:
        place = position(key_node)
        where = f"{file}:{place.line}:{place.column}"
        key = key_node.value.strip() if isinstance(key_node, ScalarNode) else ""
        plain = fold(key)
        field = FIELDS.get(plain)
        if field is None and (fact := fact_key(key)):
            facts["facts"] = (*(facts.get("facts") or ()), *_fact_texts(fact, value_node, where))
            continue
        if field is None:
            if re.search(IDENTIFYING, plain):
                raise InputError(
                    (
                        f"{where}: the key `{shown(key, 30)}` identifies a person; profiles carry no identifiers",
                        f"{where} : la clé `{shown(key, 30)}` identifie une personne ; un profil n'en contient pas",
                    ),
                    ("remove it and its value", "la retirer avec sa valeur"),
                )
            raise InputError(
                (
                    f"{where}: `{shown(key, 30)}` is not a fact of a profile",
                    f"{where} : `{shown(key, 30)}` n'est pas une donnée d'un profil",
                ),
                (
                    f"accepted: {_KEYS} and the names of `myofind vocab facts`",
                    f"acceptés : {_KEYS} et les noms de `myofind vocab facts`",
                ),
            )
        if field == "facts":
            facts["facts"] = (*(facts.get("facts") or ()), *_facts_below(value_node, where))
            continue
        if field in facts:
            raise InputError(
                (
                    f"{where}: `{key}` says again what an earlier key said",
                    f"{where} : `{key}` répète une clé précédente",
                ),
                ONE_OF_TWO,
            )
        facts[field] = _value(field, value_node, where)
    known = ids("countries")
    codes = tuple(one for one in facts.get("countries") or () if one in known)
    if codes:
        facts["countries"] = tuple(one for one in facts["countries"] if one not in known)
    return Typed(**{key: value for key, value in facts.items() if value is not None}, country_codes=codes)


def fold(text: str) -> str:
    """A key without case, accents, spaces and hyphens."""
    import unicodedata

    return (
        "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
        .replace(" ", "_")
        .replace("-", "_")
    )


def _value(field: str, node: Any, where: str) -> Any:
    """The text or texts below a key, as one would have typed them."""
    from myofind.files.yaml_nodes import MappingNode, ScalarNode, SequenceNode

    if isinstance(node, ScalarNode) and not node.style and node.value in ("", "~", "null"):
        return None
    if field == "antibodies" and isinstance(node, MappingNode):
        pairs = []
        for key, value in node.value:
            if not isinstance(key, ScalarNode) or not isinstance(value, ScalarNode):
                raise InputError(
                    (
                        f"{where}: autoantibodies are names with a result",
                        f"{where} : un auto-anticorps est un nom suivi d'un résultat",
                    ),
                    ("write `jo1: positive`", "écrire `jo1: positif`"),
                )
            result = value.value if value.value not in ("", "~", "null") else "not tested"
            pairs.append(f"{key.value}={result}")
        return tuple(pairs)
    if field == "age" and isinstance(node, MappingNode):
        parts = {key.value: value.value for key, value in node.value if isinstance(value, ScalarNode)}
        years, months = parts.get("years", ""), parts.get("months", "null")
        if set(parts) <= {"years", "months"} and years.isdigit() and (months.isdigit() or months == "null"):
            return f"{years}y" + (f" {months}m" if months not in ("null", "0") else "")
        raise InputError(
            (
                f"{where}: an age is a number of years, or years and months",
                f"{where} : un âge est un nombre d'années, ou des années et des mois",
            ),
            ("write `age: 45` or `age: 6 months`", "écrire `age: 45` ou `age: 6 mois`"),
        )
    if field == "treatments" and isinstance(node, MappingNode):
        return tuple(f"{key.value} {value}".strip() for key, value in _pairs(node, where))
    if field in ("subtypes", "antibodies", "countries", "treatments"):
        if isinstance(node, SequenceNode):
            if not all(isinstance(item, ScalarNode) for item in node.value):
                raise InputError(
                    (f"{where}: `{field}` is a list of names", f"{where} : `{field}` est une liste de noms")
                )
            return tuple(item.value for item in node.value)
        if isinstance(node, ScalarNode):
            return (node.value,)
        raise InputError(
            (f"{where}: `{field}` is a name or a list of names", f"{where} : `{field}` est un nom ou une liste de noms")
        )
    if not isinstance(node, ScalarNode):
        raise InputError((f"{where}: `{field}` is a single value", f"{where} : `{field}` est une seule valeur"))
    if field in ("ild", "refractory"):
        return yes_no(node.value, field, where)
    return node.value


def fact_key(key: str) -> FactId | None:
    """The fact of the table that a key or a column names; ids first, so that no name of a fact is taken for a person's."""
    plain = fold(key)
    if plain in FACTS:
        return plain
    return None if re.search(IDENTIFYING, plain) else resolve("facts", key, exact=True).id


def _pairs(node: Any, where: str) -> Iterator[tuple[Any, str]]:
    """The keys of a mapping with their texts; a list is read as one text, an empty value is left out."""
    from myofind.files.yaml_nodes import ScalarNode, SequenceNode

    for key, value in node.value:
        items = value.value if isinstance(value, SequenceNode) else [value]
        if not isinstance(key, ScalarNode) or not all(isinstance(item, ScalarNode) for item in items):
            raise InputError(
                (f"{where}: a fact is a name with a value", f"{where} : une donnée est un nom suivi d'une valeur"),
                ("write `cancer: no` or `fvc: 65 %`", "écrire `cancer: non` ou `cvf: 65 %`"),
            )
        text = ", ".join(item.value for item in items if item.style or item.value not in ("", "~", "null"))
        if text:
            yield key, text


def _fact_texts(name: str, node: Any, where: str) -> tuple[str, ...]:
    from myofind.files.yaml_nodes import MappingNode, ScalarNode

    key = ScalarNode("tag:yaml.org,2002:str", name)
    return _facts_below(MappingNode("tag:yaml.org,2002:map", [(key, node)]), where)


def _facts_below(node: Any, where: str) -> tuple[str, ...]:
    """The facts of a mapping or a list, as one would have typed them."""
    from myofind.files.yaml_nodes import MappingNode, ScalarNode, SequenceNode

    if isinstance(node, MappingNode):
        texts = []
        for key, text in _pairs(node, where):
            if fact_key(key.value) is None:
                raise InputError(
                    (
                        f"{where}: `{shown(key.value, 30)}` is not a fact of the table",
                        f"{where} : `{shown(key.value, 30)}` n'est pas une donnée de la table",
                    ),
                    ("`myofind vocab facts` lists them", "`myofind vocab facts` les énumère"),
                )
            texts.append(f"{key.value}={text}")
        return tuple(texts)
    items = node.value if isinstance(node, SequenceNode) else [node]
    if not all(isinstance(item, ScalarNode) for item in items):
        raise InputError(
            (f"{where}: facts are names with a value", f"{where} : une donnée est un nom suivi d'une valeur"),
            ("write `facts: {cancer: no, fvc: 65 %}`", "écrire `facts: {cancer: non, cvf: 65 %}`"),
        )
    return tuple(item.value for item in items if item.value.strip())


def yes_no(text: str, field: str, where: str) -> bool | None:
    """A yes, a no, or not known, in English or French."""
    word = fold(text)
    if word in ("true", "yes", "oui", "y", "present"):
        return True
    if word in ("false", "no", "non", "n", "absent"):
        return False
    if word in ("unknown", "inconnu", "?"):
        return None
    raise InputError(
        (
            f"{where}: `{shown(text, 30)}` says neither yes nor no about `{field}`",
            f"{where} : `{shown(text, 30)}` ne dit ni oui ni non de `{field}`",
        ),
        ("write true, false or unknown", "écrire oui, non ou inconnu"),
    )


def overlay(base: Typed, over: Typed) -> Typed:
    """Options over a profile file: what was typed on the command line wins."""
    merged = {
        field: getattr(over, field) if getattr(over, field) not in (None, ()) else getattr(base, field)
        for field in Typed._fields
    }
    if over.countries:
        merged["country_codes"] = ()
    if base.facts and over.facts:
        from myofind.asking.typed_facts import fact_texts, named_fact

        newer = {named_fact(text) for typed in over.facts for text in fact_texts(typed)}
        older = (text for typed in base.facts for text in fact_texts(typed))
        merged["facts"] = (*(text for text in older if named_fact(text) not in newer), *over.facts)
    if base.treatments and over.treatments:
        from myofind.asking.typed_treatments import named_drug, treatment_texts

        newer = {named_drug(text) for typed in over.treatments for text in treatment_texts(typed)}
        earlier = (text for typed in base.treatments for text in treatment_texts(typed))
        merged["treatments"] = (*(text for text in earlier if named_drug(text) not in newer), *over.treatments)
    if over.age is not None and over.birth_date is None:
        merged["birth_date"] = None
    if over.birth_date is not None and over.age is None:
        merged["age"] = None
    return Typed(**merged)


_UNREADABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd\ue000-\uf8ff]"


def check_readable(typed: Typed) -> None:
    """Control characters, broken bytes and reversed text are refused rather than dropped from a name."""
    for value in typed:
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and not text.isprintable() and re.search(_UNREADABLE, text):
                raise InputError(
                    (
                        f"`{shown(text)}` holds characters that cannot be read",
                        f"`{shown(text)}` contient des caractères illisibles",
                    ),
                    ("type it again", "le retaper"),
                )


def understand(typed: Typed, day: date, *, exact: bool = False, lang: Lang = "en") -> Profile:
    """The patient that was meant, on a day; raises InputError for what cannot be read, or has several readings."""
    check_readable(typed)
    readings: list[str] = []
    slips: list[str] = []
    results: dict[str, Result] = {}
    subtypes: list[str] = []
    of_one: list[tuple[str, str, Result]] = []
    named: dict[FactId, FactValue] = {}
    for text in typed.subtypes:
        if not text.strip():
            raise InputError(
                ("the subtype is empty", "le sous-type est vide"),
                (
                    "write for example `dm`; `myofind vocab subtypes` lists all",
                    "écrire par exemple `dm` ; `myofind vocab subtypes` les énumère",
                ),
            )
        typed_diagnosis = read_typed_diagnosis(text, day, exact=exact)
        for reading in typed_diagnosis.readings:
            _refuse(text, reading.problems, lang)
            subtypes.append(_accepted(reading.subtype, slips, "subtypes", text, lang))
            readings.extend(in_words(reading.remarks, lang))
            of_one += [(subtypes[-1], result.id, cast("Result", result.result)) for result in reading.results]
            subtypes += [reading.qualifier] if reading.qualifier else []
        readings.extend(in_words(typed_diagnosis.remarks, lang))
        for id, value in typed_diagnosis.facts:
            if named.setdefault(id, value) != value:
                raise _twice(id, lang)
    several = len(split(tuple(dict.fromkeys(subtypes)))[0]) > 1
    for _, antibody, state in of_one:
        if not (several and state == "positive"):
            _add(results, antibody, state, lang)
    for text in typed.antibodies:
        if not text.strip():
            raise InputError(
                ("the antibody is empty", "l'anticorps est vide"),
                (
                    "write for example `-A jo1` or `-A srp=negative`",
                    "écrire par exemple `-A jo1` ou `-A srp=négatif`",
                ),
            )
        found = read_results(text)
        _refuse(text, found.problems, lang)
        readings.extend(in_words(found.notes, lang))
        for result in found.results:
            _add(results, result.id, cast("Result", result.result), lang)
    _contradictions(results, lang)
    beside = _beside(of_one, results) if several else ()
    readings.extend(_of_one_reading(beside, lang))
    countries = list(typed.country_codes)
    for text in typed.countries:
        for name in _countries(text, exact):
            countries.append(_accepted(name, slips, "countries", text, lang))
    age = read_ages(typed, day, lang)
    birth = Birth(age.earliest_birth, age.latest_birth) if age else None
    patient = Patient(
        tuple(dict.fromkeys(subtypes)),
        birth,
        tuple(sorted(results.items())),
        tuple(dict.fromkeys(countries)),
        sex_of(typed, age, lang),
        typed.ild,
        typed.refractory,
        read_onset(typed.onset, day, birth, lang),
        beside=beside,
    )
    patient, told = with_facts(patient, typed, named, day, lang)
    readings.extend(in_words(told, lang))
    known = remarks(
        patient.subtypes, dict(patient.antibodies), lang, typed=typed.subtypes, countries=patient.countries,
        lung=lung_disease(patient, day),
    )  # fmt: skip
    slips = list(dict.fromkeys(slips))
    read = tuple(dict.fromkeys((*slips, *readings)))
    shown_age = (age.years, age.months) if age else None
    return Profile(patient, shown_age, tuple(dict.fromkeys((*read, *known))), read, tuple(slips))


def in_words(remarks: Iterable[Remark], lang: Lang) -> list[str]:
    """Remarks of the readers of names, lines and facts as sentences."""
    return [worded(remark.code, remark.arguments, lang) for remark in remarks]


Beside = tuple[tuple[str, tuple[tuple[str, Result], ...]], ...]


def _beside(of_one: list[tuple[str, str, Result]], results: dict[str, Result]) -> Beside:
    """The positive results said with one of several diagnoses, by diagnosis; what was also typed alone holds anyway."""
    held: dict[str, dict[str, Result]] = {}
    for subtype, antibody, state in of_one:
        if state == "positive" and antibody not in results:
            held.setdefault(subtype, {})[antibody] = state
    return tuple((subtype, tuple(sorted(own.items()))) for subtype, own in held.items())


def _of_one_reading(beside: Beside, lang: Lang) -> list[str]:
    """What was said with one of several diagnoses and holds for that one only, so that it is no fact of the patient."""
    return [
        pick(
            lang,
            f"{label('antibodies', antibody)}: said with one of several diagnoses, not taken for the others; if positive, add -A {antibody}",
            f"{label('antibodies', antibody, lang)} : dit avec un seul des diagnostics, non retenu pour les autres ; si positif, ajouter -A {antibody}",
        )
        for _, own in beside
        for antibody, _ in own
    ]


def _countries(text: str, exact: bool) -> list[Resolution]:
    """The countries a text names, several where signs part them.

    A place before a comma may be in what follows it: `London, Ontario` has two readings and stays one, ambiguous name.
    """
    names: list[Resolution] = []
    for item in filter(None, (" ".join(each.split()) for each in text.split(";"))):
        whole = resolve("countries", item, exact=True)
        parts = [resolve("countries", part, exact=exact) for part in filter(None, _SEVERAL.split(item))]
        joined = len(parts) > 1 and "," not in item
        if (
            len(parts) < 2
            or whole.id is not None
            or (joined and (whole.candidates or not all(each.id for each in parts)))
        ):
            names.append(whole if whole.id is not None or whole.candidates else resolve("countries", item, exact=exact))
        elif not joined and any(part.place for part in parts[:-1]) and len({part.id for part in parts}) > 1:
            names.append(whole)
        else:
            names += parts
    return names


_SEVERAL = re.compile(r"(?i)\s*,\s*|\s*/\s*|\s+(?:and|et|und|or|ou|oder)\s+")
"""What stands between countries: a name that holds it itself is read whole."""


def with_facts(
    patient: Patient, typed: Typed, named: Mapping[FactId, FactValue], day: date, lang: Lang
) -> tuple[Patient, tuple[Remark, ...]]:
    """The patient with the facts and treatments typed, and those `named` with the diagnosis; and what should be told of them.

    Raises InputError for what contradicts what else was typed.
    """
    values = dict(patient.facts)
    remarks: tuple[Remark, ...] = ()
    if typed.facts:
        from myofind.asking.typed_facts import read_facts

        read, remarks = read_facts(typed.facts, day, patient.birth)
        for id, value in read.items():
            if values.get(id, value) != value:
                raise _twice(id, lang)
            values[id] = value
    said = {**qualifying(patient.subtypes), **named}
    for id, value in said.items():
        given = values.setdefault(id, value)
        if isinstance(given, YesNo) and isinstance(value, YesNo):
            if given.yes != value.yes:
                raise _contradicted(id, lang)
        elif given != value:
            raise _twice(id, lang)
    treatments: tuple[Treatment, ...] = ()
    if typed.treatments:
        from myofind.asking.typed_treatments import read_treatments

        treatments = read_treatments(typed.treatments, day)
    patient = patient._replace(facts=values.items(), treatments=treatments)
    _check_onset(patient, lang)
    wrong = contradicted(patient, day) if typed.facts or treatments or said else None
    if wrong is not None:
        raise _contradicted(wrong, lang)
    return patient, remarks


def _twice(id: FactId, lang: Lang) -> InputError:
    name = label("facts", id, lang)
    return InputError(pick(lang, f"{name} is given twice, and not the same", f"{name} : donné deux fois, différemment"))


def _contradicted(id: FactId, lang: Lang) -> InputError:
    name = label("facts", id, lang)
    return InputError(
        pick(
            lang,
            f"{name}: what was typed of it contradicts what else was typed",
            f"{name} : contredit ce qui a été donné par ailleurs",
        ),
        pick(lang, "correct one of the two", "corriger l'un des deux"),
    )


def _check_onset(patient: Patient, lang: Lang) -> None:
    """A juvenile disease begins before 18; raises InputError where the onset typed does not."""
    months = onset_months(patient)
    if months is None or months[0] < 18 * 12:
        return
    for one in patient.subtypes:
        if "jiim" in line_of(one):
            name = label("subtypes", one, lang)
            raise InputError(
                pick(
                    lang,
                    f"{name} begins before 18, and the onset typed is later",
                    f"{name} : début avant 18 ans, or le début donné est plus tardif",
                ),
                pick(lang, "correct one of the two", "corriger l'un des deux"),
            )


Named = Literal["subtypes", "antibodies", "countries"]
"""The fields of `Typed` that hold names."""

_KINDS: dict[Named, tuple[str, str]] = {
    "subtypes": ("subtype", "sous-type"), "antibodies": ("autoantibody", "auto-anticorps"),
    "countries": ("country", "pays"),
}  # fmt: skip
_NOT_DENIED: dict[Named, tuple[str, str]] = {
    "subtypes": ("name the disease the patient has, without those ruled out; ", "nommer la maladie du patient, sans celles écartées ; "),
    "countries": ("name the countries the patient can go to; ", "nommer les pays où le patient peut aller ; "),
}  # fmt: skip
_DOUBT = (
    ("cannot be read", "ne peut être lu"),
    ("must be confirmed", "est à confirmer"),
    ("has more than one reading", "se lit de plusieurs façons"),
)
"""What is said of an ambiguous name with no reading, one, or several."""


def _choice(kind: str, one: str, lang: Lang) -> str:
    """What to type for a reading: the name of a country, since its code may be what was ambiguous; else the id."""
    name = label(kind, one, lang)
    return f"`{name}` ({one})" if kind == "countries" else f"`{one}` ({name})"


def _typed_again(kind: str, one: str) -> str:
    """How a reading is typed beyond doubt: a country by its name, since its code may be what was ambiguous."""
    return label(kind, one) if kind == "countries" else one


def _accepted(found: Resolution, slips: list[str], kind: Named, text: str, lang: Lang) -> str:
    """The id that a name of a text leads to; raises InputError, or Ambiguous with the text of each reading."""
    typed, what = shown(found.typed), pick(lang, *_KINDS[kind])
    if found.id is not None:
        if found.outcome == "accepted" or found.place:
            name = label(found.kind, found.id, lang)
            slips.append(pick(lang, f"read `{typed}` as {name}", f"`{typed}` : lu comme {name}"))
        return found.id
    names = pick(lang, f"`myofind vocab {found.kind}` lists the names", f"`myofind vocab {found.kind}` donne les noms")
    if found.outcome == "ambiguous":
        several = listing((_choice(found.kind, one, lang) for one in found.candidates), lang)
        doubt, reason = _DOUBT[min(2, len(found.candidates))], why(found, lang)
        message = pick(lang, f"`{typed}` as {what} {doubt[0]}: {reason}", f"`{typed}` ({what}) {doubt[1]} : {reason}")
        hint = pick(lang, f"which is meant: {several}?", f"lequel est-ce : {several} ?") if several else names
        if len(found.candidates) < 2 or found.typed not in text:
            raise InputError(message, hint)
        meant_texts = tuple(
            (text.replace(found.typed, _typed_again(found.kind, one), 1), f"{label(found.kind, one, lang)} ({one})")
            for one in found.candidates
        )
        raise Ambiguous(message, hint, field=kind, typed=text, readings=meant_texts)
    if found.why == "denied":
        names = pick(lang, *_NOT_DENIED.get(kind, ("", ""))) + names
    near = listing((f"`{one}` ({label(found.kind, one, lang)})" for one in found.suggestions), lang)
    meant = pick(lang, f"did you mean {near}? ", f"peut-être {near} ? ") if near else ""
    raise InputError(
        pick(lang, f"`{typed}` is not a known {what}", f"`{typed}` n'est pas connu ({what})"), meant + names
    )


def _add(results: dict[str, Result], one: str, result: Result, lang: Lang) -> None:
    earlier = results.get(one)
    if earlier is not None and earlier != result:
        if "not_tested" in (earlier, result):
            result = earlier if result == "not_tested" else result
        else:
            name, first, second = (
                label("antibodies", one, lang),
                *(pick(lang, *RESULTS[each]) for each in (earlier, result)),
            )
            raise InputError(
                pick(lang, f"{name} is given as {first} and as {second}", f"{name} : à la fois {first} et {second}"),
                pick(lang, "give one result an antibody", "donner un seul résultat par anticorps"),
            )
    results[one] = result


def _refuse(text: str, problems: tuple[Refusal, ...], lang: Lang) -> None:
    """Raise InputError for the first thing in a laboratory text that cannot be read."""
    for problem in problems:
        if problem.name is not None:
            _accepted(problem.name, [], "antibodies", text, lang)
        _check_result(text, lang)
        reason = worded(problem.code, problem.arguments, lang)
        raise InputError(
            pick(
                lang,
                f"`{shown(text)}` cannot be read: {shown(reason, 200)}",
                f"`{shown(text)}` ne peut être lu : {shown(reason, 200)}",
            ),
            pick(
                lang,
                "give one result an antibody: positive, negative, borderline, not tested (or +, -, +/-, ?)",
                "donner un résultat par anticorps : positif, négatif, équivoque, non fait (ou +, -, +/-, ?)",
            ),
        )


def _check_result(text: str, lang: Lang) -> None:
    """`jo1=maybe`: the antibody is known and the result is not; raises InputError saying so."""
    name, sign, result = text.partition("=")
    known = resolve("antibodies", name).id
    if sign and known is not None:
        word, of = shown(result.strip(), 30), label("antibodies", known, lang)
        raise InputError(
            pick(lang, f"`{word}` is not a result of {of}", f"`{word}` n'est pas un résultat ({of})"),
            pick(
                lang,
                "accepted: positive, negative, borderline, not tested (or +, -, +/-, ?)",
                "acceptés : positif, négatif, équivoque, non fait (ou +, -, +/-, ?)",
            ),
        )


def _contradictions(results: dict[str, Result], lang: Lang) -> None:
    """A negative class with a positive member says two things at once."""
    for one, result in results.items():
        if result == "positive":
            for group in sorted(ab.groups(one)):
                if results.get(group) == "negative":
                    member, whole = label("antibodies", one, lang), label("antibodies", group, lang)
                    raise InputError(
                        pick(
                            lang,
                            f"{member} is positive and {whole} negative, which includes it",
                            f"{member} positif et {whole} négatif, qui le comprend",
                        ),
                        pick(lang, "correct one of the two", "corriger l'un des deux"),
                    )


def read_ages(typed: Typed, day: date, lang: Lang = "en") -> ages.Age | None:
    """The age, from the age or the birth date typed, or from both where they agree."""
    stated = _time("age", typed.age, ages.read_age, day, lang)
    born = _time("birth_date", typed.birth_date, ages.read_birth_date, day, lang)
    if stated and born:
        if stated.latest_birth < born.earliest_birth or born.latest_birth < stated.earliest_birth:
            raise InputError(
                pick(
                    lang,
                    f"the age and the birth date disagree on {day.isoformat()}",
                    f"l'âge et la date de naissance ne concordent pas au {day.isoformat()}",
                ),
                pick(lang, "give one of the two", "donner l'un des deux"),
            )
        return born._replace(sex=stated.sex)
    return born or stated


def _time(
    field: str, text: str | None, reader: Callable[[str, date], ages.Age], day: date, lang: Lang
) -> ages.Age | None:
    if text is None or text.strip() in ("", "?"):
        return None
    try:
        return reader(text, day)
    except Unread as error:
        raise _unread(error, field, text, lang) from None


def read_sex(text: str | None, lang: Lang = "en") -> Literal["female", "male"] | None:
    """The sex, in English or French."""
    if text is None or text.strip() in ("", "?"):
        return None
    word = fold(text.strip())
    if word in ("f", "female", "femme", "feminin", "woman", "fille", "girl", "w"):
        return "female"
    if word in ("m", "male", "homme", "masculin", "man", "garcon", "boy", "h"):
        return "male"
    typed = shown(text, 30)
    raise InputError(
        pick(
            lang, f"`{typed}` is not a sex that trials use", f"`{typed}` n'est pas un sexe que les essais distinguent"
        ),
        pick(lang, "write female or male", "écrire femme ou homme"),
    )


def sex_of(typed: Typed, age: ages.Age | None, lang: Lang = "en") -> Literal["female", "male"] | None:
    """The sex, as typed or with the age (`45F`); raises InputError where the two differ."""
    alone, with_age = read_sex(typed.sex, lang), age.sex if age else None
    if alone and with_age and alone != with_age:
        raise InputError(
            pick(lang, "the sex and the age typed disagree", "le sexe et l'âge donnés ne concordent pas"),
            pick(lang, "correct one of the two", "corriger l'un des deux"),
        )
    return alone or with_age


def read_onset(text: str | None, day: date, birth: Birth | None, lang: Lang = "en") -> Onset | None:
    """When the disease began: a day, a time ago or an age; raises InputError, or Ambiguous with what it may be."""
    if text is None or text.strip() in ("", "?"):
        return None
    from myofind.domain import onsets

    try:
        return onsets.read_onset(text, day, birth)
    except Unread as error:
        raise _unread(error, "onset", text, lang) from None


def _unread(error: Unread, field: str, text: str, lang: Lang) -> InputError:
    """What cannot be read of a date or an age, in the language asked for; with its readings where it has several."""
    message = pick(lang, *error.said)
    if not error.readings:
        return InputError(message)
    return Ambiguous(
        message, field=field, typed=text, readings=tuple((write, pick(lang, *said)) for write, said in error.readings)
    )


def known_facts(typed: Iterable[object]) -> bool:
    """Whether anything at all was typed."""
    return any(value not in (None, ()) for value in typed)
