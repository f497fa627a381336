"""The registry file and the patient profile as JSON Schema: what an editor needs to complete and underline.

Made from the tables that the readers use. A schema is a net with wider meshes than `validate`: what the reader accepts
the schema accepts; calendar days, references and consistency are left to the rules. Draft 7, which editors know best.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from myofind.names.facts import FACTS
from myofind.names.vocabulary import terms
from myofind.registry.file_format import FILE

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"


def registry_schema() -> Schema:
    """The registry file."""
    return {
        "$schema": DRAFT,
        "title": "myofind registry",
        "description": "A registry of myositis trials; `myofind validate` checks what a schema cannot say.",
        **FILE.schema(),
        "definitions": {kind: _terms(kind) for kind in ("subtypes", "antibodies", "countries", "drugs")},
    }


def _terms(kind: str) -> Schema:
    found = sorted(terms(kind), key=lambda term: term.id)
    return {
        "enum": [term.id for term in found],
        "enumDescriptions": [f"{term.en} ({term.fr})" if term.fr != term.en else term.en for term in found],
    }


def profile_schema(keys: Mapping[str, str]) -> Schema:
    """A patient profile: every fact may be missing, names are read as when typed, and nobody is identified.

    `keys` are the words for a fact in a profile, in both languages, each with the fact it gives; every id of the table of facts is a key too.
    """
    known = _facts()
    facts = {key: known[fact] for key, fact in keys.items()} | {fact: known[fact] for fact in FACTS}
    return {
        "$schema": DRAFT,
        "title": "myofind patient profile",
        "description": "Facts about a patient for `myofind match --profile`; no identifiers.",
        "type": "object",
        "anyOf": [
            {"additionalProperties": False, "minProperties": 1, "properties": facts},
            {
                "additionalProperties": False,
                "required": ["profile"],
                "properties": {"profile": {"type": "object", "additionalProperties": False, "properties": facts}},
            },
        ],
        "definitions": {kind: _terms(kind) for kind in ("subtypes", "antibodies", "countries")},
    }


def _facts() -> Schema:
    def names(kind: str) -> list[Schema]:
        one: Schema = {"anyOf": [{"$ref": f"#/definitions/{kind}"}, {"type": "string"}]}
        return [one, {"type": "array", "items": one}, {"type": "null"}]

    text: Schema = {"type": ["string", "number", "null"]}
    yes_no: Schema = {"type": ["boolean", "string", "null"]}
    results: Schema = {
        "type": "object",
        "additionalProperties": {"enum": ["positive", "negative", "borderline", "not_tested"]},
    }
    age: Schema = {
        "anyOf": [
            text,
            {
                "type": "object",
                "required": ["years"],
                "additionalProperties": False,
                "properties": {"years": {"type": ["integer", "null"]}, "months": {"type": ["integer", "null"]}},
            },
        ]
    }
    answer: Schema = {"type": ["boolean", "string", "number", "array", "null"]}
    listed: list[Schema] = [{"type": "array", "items": {"type": "string"}}, {"type": ["string", "null"]}]
    subtypes = {"description": "subtype, or several under discussion", "anyOf": names("subtypes")}
    antibodies = {"description": "autoantibodies with their results", "anyOf": [*names("antibodies"), results]}
    countries = {"description": "country or countries", "anyOf": names("countries")}
    return {
        "subtypes": subtypes,
        "age": {"description": "completed years, `6 months`, or years and months", **age},
        "age_days": {
            "description": "completed days of age, or the least and the most, beside an age that says too little",
            "type": ["integer", "string", "array", "null"],
        },
        "birth_date": {"description": "1971-03-12, 1971-03 or 1971", **text},
        "antibodies": antibodies,
        "countries": countries,
        "sex": {"description": "female or male", **text},
        "onset": {"description": "a date (2024-03) or an age (12 years)", **text},
        "ild": {"description": "interstitial lung disease: true, false or unknown", **yes_no},
        "refractory": {"description": "failure, intolerance or contra-indication of usual treatment", **yes_no},
        **{
            id: {"description": row.en, **answer}
            for id, row in FACTS.items()
            if id not in ("sex", "onset", "ild", "refractory")
        },
        "facts": {"description": "facts of the table, by their names", "anyOf": [_each(answer), *listed]},
        **{
            key: {"description": "drugs and when they were taken", "anyOf": [_each(answer), *listed]}
            for key in ("treatments", "treatment", "traitements", "traitement")
        },
    }


def _each(answer: Schema) -> Schema:
    return {"type": "object", "additionalProperties": answer}
