"""A profile file becomes facts as typed. One that carries an identifier is refused; the key is named, never its value."""

import re
from collections.abc import Iterator
from typing import Any

from myofind.asking.profile_keys import FIELDS, IDENTIFYING, fact_key, fold, stance, unsigned_first
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError, shown
from myofind.names.vocabulary import ids

MAX_PROFILE = 1024 * 1024
EXAMPLE = ("write for example `subtype: dm` and `age: 45`", "écrire par exemple `subtype: dm` et `age: 45`")
ONE_OF_TWO = ("keep one of the two", "n'en garder qu'une")
_KEYS = "subtypes, age, birth_date, autoantibodies, countries, sex, onset, treatments"


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
    root = _profile_of(root)
    if not isinstance(root, MappingNode):
        raise InputError((f"{file}: a profile is a mapping of facts", f"{file} : un profil nomme des données"), EXAMPLE)
    facts: dict[str, Any] = {}
    for key_node, value_node in root.value:
        place = position(key_node)
        key = key_node.value.strip() if isinstance(key_node, ScalarNode) else ""
        _take(facts, key, value_node, f"{file}:{place.line}:{place.column}")
    known = ids("countries")
    codes = tuple(one for one in facts.get("countries") or () if one in known)
    if codes:
        facts["countries"] = tuple(one for one in facts["countries"] if one not in known)
    return Typed(**{key: value for key, value in facts.items() if value is not None}, country_codes=codes)


def _profile_of(root: Any) -> Any:
    """The profile in a document: all of it, what stands alone below `profile`, or the patient of an answer in JSON."""
    from myofind.files.yaml_nodes import MappingNode, ScalarNode

    if not isinstance(root, MappingNode):
        return root
    keys = {key.value: value for key, value in root.value if isinstance(key, ScalarNode)}
    return keys["profile"] if "profile" in keys and (len(root.value) == 1 or "myofind" in keys) else root


def _take(facts: dict[str, Any], key: str, node: Any, where: str) -> None:
    """Add what stands below one key to the facts so far; raises InputError for a key that gives none."""
    field, fact = FIELDS.get(fold(key)), fact_key(key)
    if field == "facts":
        facts["facts"] = (*(facts.get("facts") or ()), *_facts_below(node, where))
    elif field is None and fact:
        facts["facts"] = (*(facts.get("facts") or ()), *_fact_texts(fact, node, where))
    elif field is None:
        raise _no_key(key, where)
    elif field in facts:
        raise InputError(
            (f"{where}: `{key}` says again what an earlier key said", f"{where} : `{key}` répète une clé précédente"),
            ONE_OF_TWO,
        )
    else:
        value = _value(field, node, where)
        as_fact = field in ("ild", "refractory") and isinstance(value, tuple)
        facts[field] = None if as_fact else value
        if as_fact:
            facts["facts"] = (*(facts.get("facts") or ()), *value)


def _no_key(key: str, where: str) -> InputError:
    """A key that identifies a person, or is no fact."""
    if re.search(IDENTIFYING, fold(key)):
        return InputError(
            (
                f"{where}: the key `{shown(key, 30)}` identifies a person; profiles carry no identifiers",
                f"{where} : la clé `{shown(key, 30)}` identifie une personne ; un profil n'en contient pas",
            ),
            ("remove it and its value", "la retirer avec sa valeur"),
        )
    return InputError(
        (
            f"{where}: `{shown(key, 30)}` is not a fact of a profile",
            f"{where} : `{shown(key, 30)}` n'est pas une donnée d'un profil",
        ),
        (
            f"accepted: {_KEYS} and the names of `myofind vocab facts`",
            f"acceptés : {_KEYS} et les noms de `myofind vocab facts`",
        ),
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
        if set(parts) <= {"years", "months"} and years == "null":
            return None if months == "null" else f"{months} months"
        if set(parts) <= {"years", "months"} and years.isdigit() and (months.isdigit() or months == "null"):
            return f"{years}y" + (f" {months}m" if months not in ("null", "0") else "")
        raise InputError(
            (
                f"{where}: an age is a number of years, or years and months",
                f"{where} : un âge est un nombre d'années, ou des années et des mois",
            ),
            ("write `age: 45` or `age: 6 months`", "écrire `age: 45` ou `age: 6 mois`"),
        )
    if field == "age_days" and isinstance(node, SequenceNode):
        return "-".join(each.value for each in node.value if isinstance(each, ScalarNode))
    if field == "treatments" and isinstance(node, MappingNode):
        plain = {"true": "yes", "false": "no"}
        return tuple(f"{key.value} {plain.get(value, value)}".strip() for key, value in _pairs(node, where))
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
        return stance(field, node.value)
    return node.value


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
        texts = [item.value for item in items if item.style or item.value not in ("", "~", "null")]
        text = ", ".join(unsigned_first(texts) if len(texts) > 1 else texts)
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
