"""The published schemas cannot drift from the readers: what a reader accepts the schema accepts, and names the same keys."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from data_files import SAFE_LOADER

from myofind.asking.profile_file import read_profile
from myofind.asking.profile_keys import FIELDS
from myofind.diagnostics import InputError
from myofind.names.facts import FACTS
from myofind.registry.file_format import FILE
from myofind.registry.forms import Form, ListOf, Mapping, Named
from myofind.registry.location import registry_path
from myofind.registry.read import read_registry
from myofind.registry.scalars import Scalar
from myofind.registry.schema import profile_schema, registry_schema
from tests.run import myofind
from tests.snippets import whole
from tests.together import together

CASES = Path(__file__).parent / "cases"
REGISTRY = jsonschema.Draft7Validator(registry_schema())
PROFILE = jsonschema.Draft7Validator(profile_schema(FIELDS))


class Core(SAFE_LOADER):  # type: ignore[misc]  # which of the two is known when it runs
    """YAML as editors' language servers read it: version 1.2, where `NO` is a word and a day is a text."""


Core.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", "~nN"),
):
    Core.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), [*_first, ""] if _tag == "null" else [*_first]
    )


def load(text: str) -> Any:
    return yaml.load(text, Loader=Core)  # a safe loader


def forms(form: Form, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Form]]:
    yield path, form
    if isinstance(form, Mapping):
        for key, known in form.keys.items():
            yield from forms(known.form, (*path, key))
    elif isinstance(form, ListOf):
        yield from forms(form.item, (*path, "[]"))
    elif isinstance(form, Named):
        yield from forms(form.value, (*path, "*"))


def at(schema: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    for step in path:
        if "anyOf" in schema and step == "[]":
            schema = schema["anyOf"][0]
        if step == "[]":
            schema = schema["items"]
        elif step == "*":
            (schema,) = schema["patternProperties"].values()
        else:
            schema = schema["properties"][step]
    return schema


def test_the_schemas_are_schemas() -> None:
    jsonschema.Draft7Validator.check_schema(registry_schema())
    jsonschema.Draft7Validator.check_schema(profile_schema(FIELDS))


def test_the_command_prints_them() -> None:
    assert json.loads(myofind("schema").out) == registry_schema()
    assert json.loads(myofind("schema", "profile").out) == profile_schema(FIELDS)
    assert myofind("schema", "cohort").code == 2


def test_the_shipped_registry_is_valid() -> None:
    errors = [
        f"{list(e.absolute_path)}: {e.message}" for e in REGISTRY.iter_errors(load(registry_path().read_text("utf-8")))
    ]
    assert errors == []


def test_keys_required_keys_and_closedness_are_those_of_the_reader() -> None:
    schema = registry_schema()
    mappings = 0
    for path, form in forms(FILE):
        if isinstance(form, Mapping):
            mappings += 1
            here = at(schema, path)
            assert list(here["properties"]) == list(form.keys)
            assert here.get("required", []) == [key for key, known in form.keys.items() if known.required]
            assert here["additionalProperties"] is False
            assert all(here["properties"][key]["description"] == known.en for key, known in form.keys.items())
    assert mappings > 15


@together((path,) for path in sorted((CASES / "pass").glob("*.yaml")))
def test_what_passes_is_valid(path: Path) -> None:
    REGISTRY.validate(load(path.read_text(encoding="utf-8")))


UNDERLINED = (
    "empty-value", "missing-key", "unknown-key", "wrong-type", "unknown-value", "unknown-subtype", "unknown-autoantibody",
    "unknown-country", "malformed-date", "malformed-span", "malformed-id", "malformed-address", "malformed-name", "text-too-long",
)  # fmt: skip


@pytest.mark.parametrize("rule", UNDERLINED)
def test_what_is_of_the_wrong_form_is_underlined(rule: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        REGISTRY.validate(load((CASES / "fail" / f"{rule}.yaml").read_text(encoding="utf-8")))


SCALARS = (
    "0", "1", "18", "010", "1.5", "12.55", "-1", "99999999999", "6 months", "1 year", "18.5 months", "none", "true", "false", "yes", "NO", "FR", "dm", "jo1",
    "2025", "2025-05", "2025-05-17", "2025-13", "1", "early_1", "placebo", "recruiting", "required", "female", "NCT00000001", "bigtim", "20190001", "ISRCTN00000001",
    "2021-001277-23", "https://example.org/a", "www.example.org", "summary", "a text", "'5'", "'true'", "'2025-05-17'", "'18'", "~", "null", "''", "[]", "[dm]", "{a: 1}",
    "[FR, DE]", "x" * 700, "interventional", "1e3", ".5", "NO: 1",
)  # fmt: skip


ENOUGH = 150
"""Values refused by the schema as well: it does not accept everything."""


def _is_valid(text: str) -> bool:
    try:
        return REGISTRY.is_valid(load(text))
    except yaml.YAMLError:
        return False


def test_what_the_reader_accepts_the_schema_accepts_value_by_value() -> None:
    base = whole("phase: [2]\n").splitlines()
    accepted = refused = 0
    rng = random.Random(8)
    keys = [
        path[2:] for path, form in forms(FILE) if path[:2] == ("trials", "[]") and isinstance(form, Scalar | ListOf)
    ]
    for path in keys:
        if path[0] in ("id", "sources", "eligibility"):
            continue
        kept = [line for line in base if not line.startswith(f"    {path[0]}:")]
        for scalar in rng.sample(SCALARS, 3 if path[0] == "cohorts" else 18):  # a cohort has most of the keys
            value = scalar
            for step in reversed(path[1:]):
                value = f"[{value}]" if step == "[]" else f"{{{step}: {value}}}"
            text = "\n".join([*kept, f"    {path[0]}: {value}"]) + "\n"
            if not read_registry(text.encode(), "x").findings:
                accepted += 1
                assert REGISTRY.is_valid(load(text)), (path, scalar)
            elif refused < ENOUGH and not _is_valid(text):
                refused += 1
    assert accepted > 80
    assert refused == ENOUGH


def test_the_facts_of_a_profile_are_those_of_the_reader() -> None:
    assert set(profile_schema(FIELDS)["anyOf"][0]["properties"]) == {*FIELDS, *FACTS}


PROFILES = (
    "subtype: dm", "subtypes: [pm, asys]", "diagnosis: myosite à inclusions", "age: 45", "age: 6 months", "age: {years: 17, months: 8}", "birth_date: 1971-03-12",
    "birth_date: 1971", "autoantibodies: {jo1: positive, ro52: negative}", "antibodies: [jo1, srp=negative]", "antibodies: Jo-1 +", "country: FR", "countries: [FR, BE]",
    "country: NO", "sex: female", "onset: 2024-03", "onset: 12 years", "ild: true", "ild: no", "ild: unknown", "refractory: false", "age: ~", "profile: {age: 45}",
    "subtype: dm\nage: 45\nsex: m", "cancer: no", "fvc: 65 %", "mmt8: 120/150", "facts: {cancer: 2019, HBV: negative}",
    "facts: [cancer, fvc 65 %]", "treatments: {rituximab: until 2026-05}", "treatments: [MTX, no other]",
)  # fmt: skip
NOT_PROFILES = (
    "name: X",
    "mrn: 12",
    "agee: 45",
    "[dm]",
    "dm",
    "profile: {name: x}",
    "sex: [f]",
    "age: [45]",
    "countries: {FR: 1}",
    "ild: [true]",
)


@together((text,) for text in PROFILES)
def test_a_profile_that_is_read_is_valid(text: str) -> None:
    read_profile(text.encode(), "p.yaml")
    PROFILE.validate(load(text))


@pytest.mark.parametrize("text", NOT_PROFILES)
def test_a_profile_that_is_refused_is_underlined(text: str) -> None:
    with pytest.raises(InputError):
        read_profile(text.encode(), "p.yaml")
    assert not PROFILE.is_valid(load(text))


def test_random_profiles_agree() -> None:
    rng = random.Random(3)
    for _ in range(200):
        text = "\n".join(rng.sample(PROFILES[:-3] + NOT_PROFILES[:3], 2))
        try:
            read_profile(text.encode(), "p.yaml")
        except InputError:
            continue
        assert PROFILE.is_valid(load(text)), text
