"""Compile the vocabulary: data/*.yaml (for people) to compiled/ (for start-up in milliseconds), and check it on the way.

python tools/compile_names.py            write the compiled files
python tools/compile_names.py --check    exit 1 with the list of findings if anything is wrong or the files have drifted
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data_files import yaml_of

from myofind.names import rewriting
from myofind.names.codes import code_key
from myofind.names.diagnosis_words import diagnosis_lexicon
from myofind.names.facts import Row, Value
from myofind.names.mentions import diagnosis_bag, mentions
from myofind.names.normal import compact, normal_form, words
from myofind.names.result_words import drop_positive

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "myofind" / "names"
KINDS = ("antibodies", "subtypes", "countries", "drugs", "facts")
ALWAYS = (
    "facts", "groups", *(f"labels_{kind}" for kind in KINDS), "mentioning_subtypes", "regions_countries", "unless_drugs",
)  # fmt: skip
"""What every answer needs: a module, which the interpreter keeps compiled."""
STRENGTHS = ("defining", "strong", "possible")
FIELDS = {
    "id",
    "en",
    "fr",
    "aliases",
    "class",
    "parents",
    "suggests",
    "codes",
    "note",
    "source",
    "antigen",
    "ild",
    "cancer",
    "enzyme",
    "unless",
    "places",
}
FACT_KINDS = ("yes_no", "choice", "number", "span", "day")
FACT_FIELDS = frozenset(
    [
        "kind",
        "en",
        "fr",
        "question",
        "denied",
        "aliases",
        "values",
        "several",
        "dated",
        "never",
        "unit",
        "fr_unit",
        "units",
        "unit_needed",
        "unit_below",
        "range",
        "scale",
        "whole",
        "usual",
        "unless",
        "because",
        "implied_by",
        "fixable",
        "parts",
        "wider",
        "narrowed",
        "last",
        "denials",
        "at_least",
        "graded",
        "ever",
        "began",
        "tests",
        "zero",
        "so_far",
        "lasts",
    ]
)
CONDITIONS = frozenset(["subtypes", "antibodies", "sex", "age", "facts", "without", "qualifies", "value"])


def enzyme_names(adjective: str = "", amino: str = "", short: str = "") -> list[str]:
    """The usual writings of an aminoacyl-tRNA synthetase: what English, French, gene banks and laboratories make of it."""
    if not adjective:
        return []
    names = [adjective, f"{short}RS", f"{adjective}RS", f"{adjective} synthetase", f"{adjective} tRNA"]
    for word in (adjective, amino, short):
        names += [
            f"{word} tRNA synthetase",
            f"tRNA {word} synthetase",
            f"cytoplasmic {word} tRNA synthetase",
            f"cytosolic {word} tRNA synthetase",
        ]
        names += [
            f"synthetase {word} tRNA",
            f"{word} tRNA synthetase 1",
            f"synthetase tRNA {word}",
            f"{word} tRNA synthetase cytoplasmic",
        ]
    if amino == "tryptophan":
        names += ["tryptophane tRNA synthetase", "tRNA tryptophane synthetase"]
    return names


def only_marked(term: dict[str, Any], kind: str) -> bool:
    """Is every short name of an antibody read only with a word such as "anti" (anti-Fer, never fer)? Then its id is no name either."""
    return kind == "antibodies" and any(str(alias).lower() == f"anti-{term['id']}" for alias in term.get("aliases", []))


class Compiler:
    """One kind of names: its keys, their owners, and what is wrong."""

    def __init__(self, kind: str, data: dict[str, Any], spans: dict[str, Any]) -> None:
        self.kind, self.data, self.spans = kind, data, spans
        self.keys: dict[str, str] = {}
        self.bags: dict[str, str] = {}
        self.near: dict[str, str] = {}
        self.findings: list[str] = []
        self.ambiguous: list[dict[str, Any]] = []
        self.shared: dict[str, set[str]] = {}
        self.spelt: dict[str, str] = {}
        self.names: list[str] = []
        self.order = [term["id"] for term in data["terms"]]
        self.labels = {term["id"]: (term["en"], term["fr"]) for term in data["terms"]}

    def say(self, message: str) -> None:
        self.findings.append(f"{self.kind}: {message}")

    def own(self, table: dict[str, str], key: str, id: str, alias: str, *, strict: bool = True) -> None:
        """Give a key to a concept; two owners is a finding unless the name is declared ambiguous."""
        if not key:
            return
        if key not in table:
            table[key] = id
            return
        if table[key].startswith("?"):
            if not id.startswith("@") and normal_form(alias) in (
                normal_form(id.replace("_", " ")),
                normal_form(self.labels[id][0]),
                normal_form(self.labels[id][1]),
            ):
                return
            entry = self.ambiguous[int(table[key][1:])]
            self.say(f"`{alias}` ({key}), a name of {id}, is declared ambiguous: {entry['why'][0]}")
            return
        if table[key].lstrip("@") != id.lstrip("@"):
            if strict:
                self.say(f"`{alias}` ({key}) has two owners: {table[key]} and {id}")
            elif table is self.bags:
                self.shared.setdefault(key, {table[key]}).add(id)

    def declare_ambiguous(self) -> None:
        for number, entry in enumerate(self.data.get("ambiguous", [])):
            for id in entry["candidates"]:
                if id not in self.order:
                    self.say(f"ambiguous {entry['typed']}: unknown id {id}")
            self.ambiguous.append(
                {"candidates": entry["candidates"], "typed": entry["typed"], "why": [entry["why"], entry["fr"]]}
                | ({"together": True} if entry.get("together") else {})
            )
            for typed in entry["typed"]:
                for table, key in self.keys_of(typed, ambiguous=True)[
                    : 1 if entry.get("as_typed") or self.kind == "countries" else None
                ]:
                    if table.get(key, f"?{number}") != f"?{number}" and table is self.keys:
                        self.say(f"ambiguous `{typed}` is declared twice")
                    if key:
                        table.setdefault(key, f"?{number}")
                self.near.setdefault(compact(typed), f"?{number}")

    def keys_of(self, alias: str, ambiguous: bool = False) -> list[tuple[dict[str, str], str]]:
        """Every key an alias is found by."""
        typed = words(alias)
        if self.kind == "antibodies":
            if alias.startswith("="):
                return [(self.keys, "=" + compact(alias[1:]))]
            rest, positive = drop_positive(typed)
            key = rewriting.antibody_key(rest)
            base = key.base + ("+" if positive else "")
            if ambiguous:
                return [(self.keys, ("!" if key.marked else "") + base)]
            return [(self.keys, ("!" if key.marked else "") + base)]
        if self.kind == "subtypes":
            bag = diagnosis_bag(typed, self.spans)
            if "dm" in typed and "diabetes" in bag:
                return [
                    (self.keys, compact(alias))
                ]  # `DM` is the diabetes: of other words it would be a dermatomyositis
            return [(self.keys, compact(alias)), (self.bags, bag)]
        if self.kind == "countries":
            return [
                (self.keys, rewriting.country_key(typed)),
                (self.keys, compact(alias)),
                (self.bags, rewriting.country_bag(typed)),
            ]
        return [(self.keys, compact(alias))]

    def compile(self) -> None:
        self.declare_ambiguous()
        ids = set(self.order)
        for term in self.data["terms"]:
            self.check_term(term, ids)
        for term in self.data["terms"]:
            names = [term["en"], term["fr"], *term.get("aliases", []), *enzyme_names(*term.get("enzyme", ()))]
            for value in term.get("values", {}).values():
                names += [value["en"], value["fr"], *value.get("aliases", [])] if value.get("alone") else []
                names += value.get("names", [])
            own_id = term["id"].replace("_", " ")
            spelt_id = any(
                part.lower() == own_id and not part.isupper()
                for name in names
                for part in re.findall(r"\w+", str(name))
            )
            if self.kind != "countries" and not only_marked(term, self.kind):
                names.append(own_id)
            for alias in names:
                alias = str(alias)
                self.names.append(alias)
                if self.kind == "antibodies" and term["class"] == "status" and not alias.startswith("="):
                    alias = "=" + alias
                for table, key in self.keys_of(alias):
                    strict = table is self.keys
                    self.own(table, key, term["id"], alias, strict=strict)
                plain = compact(alias)
                if (
                    plain
                    and not alias.startswith("=")
                    and not (self.kind == "antibodies" and term["class"] == "status")
                ):
                    self.near.setdefault(plain, term["id"])
                    if self.is_spelt(alias) and (alias != own_id or spelt_id):
                        self.spelt[plain] = normal_form(alias)
        for term in self.data["terms"]:
            for place in term.get("places", []):
                self.own_place(term["id"], place)
        for key, owners in self.shared.items():
            self.say(f"the words {key!r} are shared by {sorted(owners)}")

    def own_place(self, id: str, place: str) -> None:
        """Give the keys of a place to its country, marked, so that reading it is said; a slip in a place is a slip in its country."""
        self.names.append(place)
        for table, key in self.keys_of(place):
            if table.get(key, "").startswith("?") and table is self.keys:
                self.say(f"`{place}` ({key}), a place in {id}, is declared ambiguous")
            self.own(table, key, f"@{id}", place, strict=table is self.keys)
        self.near.setdefault(compact(place), id)
        if self.is_spelt(place):
            self.spelt[compact(place)] = normal_form(place)

    @staticmethod
    def is_spelt(alias: str) -> bool:
        """Is it written in words, so that a slip in it can be seen as one? An acronym is not."""
        return (
            any(len(word) >= 5 and not word.isupper() and word.isalpha() for word in alias.replace("-", " ").split())
            and len(compact(alias)) >= 5
        )

    def check_term(self, term: dict[str, Any], ids: set[str]) -> None:
        id = term["id"]
        if self.order.count(id) > 1:
            self.say(f"{id} is there twice")
        for field in term:
            if field not in (FACT_FIELDS if self.kind == "facts" else FIELDS) and field != "id":
                self.say(f"{id}: unknown field `{field}`")
        aliases = [str(alias) for alias in term.get("aliases", [])]
        places = [str(place) for place in term.get("places", [])]
        for field, listed in (("aliases", aliases), ("places", places)):
            if listed != sorted(listed, key=lambda name: (compact(name), name)):
                self.say(f"{id}: {field} are not sorted")
        if len({*aliases, *places}) != len(aliases) + len(places):
            self.say(f"{id}: an alias or a place is there twice")
        for alias in aliases:
            if self.kind != "countries" and normal_form(alias).replace(" ", "_") in ids - {id}:
                self.say(f"{id}: alias `{alias}` is the id of another term")
        for parent in parents_of(term, self.data):
            if parent not in ids:
                self.say(f"{id}: unknown parent {parent}")
        for strength in term.get("suggests", {}).values():
            if strength not in STRENGTHS:
                self.say(f"{id}: unknown strength {strength}")

    def files(self) -> dict[str, Any]:
        """The compiled files of this kind, each only what one question needs."""
        near: dict[str, Any] = {"near": self.near, "spelt": self.spelt}
        if self.kind in ("subtypes", "countries"):
            near["lexicon"] = sorted(self.lexicon())
            near["decoys"] = sorted({compact(name) for name in self.data.get("unrelated", [])} - set(self.near))
        found: dict[str, Any] = {
            "keys": self.keys,
            "near": near,
            "ambiguous": self.ambiguous,
            "terms": terms_of(self.data),
        }
        found["labels"] = {term["id"]: [term["en"], term["fr"]] for term in self.data["terms"]}
        if self.bags:
            found["bags"] = self.bags
        if "regions" in self.data:
            found["regions"] = self.regions()
        if self.kind in ("subtypes", "antibodies"):
            found["codes"] = self.codes()
        if self.kind == "subtypes":
            found["mentioning"] = sorted({compact(name) for name in self.names if mentions(words(name), self.spans)})
        if self.kind == "antibodies":
            classes = [term["id"] for term in self.data["terms"] if term["class"] in ("group", "status")]
            found["spans"] = {"starts": sorted(self.starts()), "classes": classes}
        return {f"{name}_{self.kind}": content for name, content in found.items()}

    def regions(self) -> dict[str, list[str]]:
        """The continent and the part of it where each country lies."""
        found = {
            country: [continent, part]
            for continent, parts in self.data["regions"].items()
            for part, countries in parts.items()
            for country in countries
        }
        for id in set(self.order).symmetric_difference(found):
            self.say(f"{id}: no country with a region")
        return dict(sorted(found.items()))

    def codes(self) -> dict[str, str]:
        """Every code of a public nomenclature and the concept it stands for; one that covers several must be declared ambiguous."""
        owners: dict[str, str] = {}
        held = [(f"?{at}", entry.get("codes", {})) for at, entry in enumerate(self.data.get("ambiguous", []))]
        for owner, codes in [*held, *((term["id"], term.get("codes", {})) for term in self.data["terms"])]:
            for system, values in codes.items():
                for code in (
                    values if system != "hgnc_symbol" else ()
                ):  # a gene is a name, and several antibodies may share it
                    if owners.setdefault(code_key(system, str(code)), owner) != owner:
                        self.say(f"{system} {code} has two owners: {owners[code_key(system, str(code))]} and {owner}")
        return owners

    def starts(self) -> set[str]:
        """How an antibody's name may begin, word by word: where a reader of longer text needs to look."""
        found = set()
        for term in self.data["terms"]:
            if term["class"] == "status":
                continue
            for alias in [term["en"], term["fr"], *term.get("aliases", []), *enzyme_names(*term.get("enzyme", ()))]:
                if str(alias).startswith("="):
                    continue
                kept, _ = rewriting.antibody_words(words(str(alias)))
                for end in range(1, len(kept) + 1):
                    found.add("".join(kept[:end]))
        return found

    def lexicon(self) -> set[str]:
        """Every word of the names written in words: what a slip in a longer name is corrected to."""
        found: set[str] = set()
        for term in self.data["terms"]:
            for alias in [term["en"], term["fr"], *term.get("aliases", []), *term.get("places", [])]:
                found.update(word for word in words(str(alias)) if len(word) >= 5 and word.isalpha())
        if self.kind == "subtypes":
            found.update(diagnosis_lexicon())
        for entry in self.data.get("ambiguous", []):
            for typed in entry["typed"]:
                found.update(word for word in words(typed) if len(word) >= 5 and word.isalpha())
        for name in self.data.get("unrelated", []):
            found.update(word for word in words(name) if len(word) >= 5 and word.isalpha())
        return found


def parents_of(term: dict[str, Any], data: dict[str, Any]) -> list[str]:
    """The classes right above a term: those it names, and those of its `class`."""
    return [*term.get("parents", []), *data.get("classes", {}).get(str(term.get("class", "")), [])]


def fact_rows(data: dict[str, Any], ids: dict[str, set[str]], say: Callable[[str], None]) -> dict[str, Any]:
    """The rows of the facts as the program reads them, each checked against the other vocabularies."""
    rows = {}
    for term in data["terms"]:
        id, kind = term["id"], term.get("kind")
        if kind not in FACT_KINDS:
            say(f"{id}: unknown kind `{kind}`")
        if (kind == "choice") != ("values" in term) or (kind == "number") != ("range" in term):
            say(f"{id}: a choice has values, a number a range")
        for condition in [*term.get("unless", ()), *term.get("implied_by", ())]:
            if unknown := set(condition) - CONDITIONS:
                say(f"{id}: unknown condition {sorted(unknown)}")
            for key in ("subtypes", "antibodies"):
                if missing := set(condition.get(key, ())) - ids[key]:
                    say(f"{id}: unknown {key} {sorted(missing)}")
            if missing := {*condition.get("facts", ()), *condition.get("without", ())} - ids["facts"]:
                say(f"{id}: unknown facts {sorted(missing)}")
        for key in ("parts", "wider"):
            if missing := set(map(str, term.get(key, ()))) - set(map(str, term.get("aliases", ()))):
                say(f"{id}: {key} that are no aliases {sorted(missing)}")
        if ("usual" in term) != ("because" in term):
            say(f"{id}: a usual answer says why it is usual")
        rows[id] = {key: value for key, value in term.items() if key not in ("id", "aliases")}
    return rows


def row_of(id: str, plain: dict[str, Any]) -> Row:
    """The row of a fact as the data have it."""
    name = (plain["en"], plain["fr"])
    asked = plain.get("question")
    unit = plain.get("unit", "")
    because, denied = plain.get("because"), plain.get("denied")
    return Row(
        id,
        plain["kind"],
        *name,
        question=(asked["en"], asked["fr"]) if asked else (capital(name[0]), capital(name[1])),
        denied=(denied["en"], denied["fr"]) if denied else None,
        values=tuple(
            Value(
                key,
                one["en"],
                one["fr"],
                tuple(map(str, one.get("aliases", ()))),
                "alone" in one,
                "bare" in one,
                tuple(one.get("names", ())),
                tuple(one.get("findings", ())),
                tuple(one.get("holds", ())),
                "ends" in one,
            )
            for key, one in plain.get("values", {}).items()
        ),
        several=plain.get("several", False),
        dated=plain.get("dated", False),
        never=plain.get("never", False),
        unit=(unit, plain.get("fr_unit", unit)),
        other_units=tuple(plain.get("units", {}).items()),
        unit_needed=plain.get("unit_needed", False),
        range=tuple(plain.get("range", (0, 0))),
        scale=tuple(plain.get("scale", ())),
        whole=plain.get("whole", False),
        usual=plain.get("usual"),
        because=(because["en"], because["fr"]) if because else ("", ""),
        unless=tuple(plain.get("unless", ())),
        implied_by=tuple(plain.get("implied_by", ())),
        fixable=plain.get("fixable"),
        parts=tuple(plain.get("parts", ())),
        tests=tuple(plain.get("tests", ())),
        wider=tuple(plain.get("wider", ())),
        narrowed=tuple(plain.get("narrowed", ())),
        graded=plain.get("graded", False),
        ever=plain.get("ever", False),
        began=plain.get("began"),
        zero=plain.get("zero", False),
        at_least=plain.get("at_least"),
        last=plain.get("last", False),
        denials=tuple(plain.get("denials", ())),
        unit_below=plain.get("unit_below", 0),
        so_far=plain.get("so_far", False),
        lasts=plain.get("lasts", False),
    )


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def terms_of(data: dict[str, Any]) -> list[Any]:
    found = []
    for term in data["terms"]:
        aliases = [str(alias) for alias in term.get("aliases", [])]
        found.append(
            [
                term["id"], term["en"], term["fr"], aliases, str(term.get("class", term.get("kind", ""))), parents_of(term, data),
                [[id, strength] for id, strength in term.get("suggests", {}).items()],
                {key: [str(code) for code in codes] for key, codes in term.get("codes", {}).items()},
                term.get("note", ""), term.get("source", data.get("source", "")),
            ]
        )  # fmt: skip
    return found


def compile_all() -> tuple[dict[str, str], list[str]]:
    """The texts of the compiled files by name, and what is wrong."""
    files: dict[str, Any] = {}
    findings: list[str] = []
    groups: dict[str, Any] = {}
    spans: dict[str, Any] = {}
    ids: dict[str, set[str]] = {}
    loaded = {}
    for kind in KINDS:
        path = PACKAGE / "data" / f"{kind}.yaml"
        if not path.exists():
            findings.append(f"{kind}: no data")
            continue
        loaded[kind] = data = yaml_of(path)
        compiler = Compiler(kind, data, spans)
        compiler.compile()
        findings += compiler.findings
        ids[kind] = set(compiler.order)
        files.update(compiler.files())
        if kind in ("antibodies", "subtypes", "drugs"):
            groups[kind] = {term["id"]: parents_of(term, data) for term in data["terms"]}
        if kind == "antibodies":
            known = files["spans_antibodies"]
            spans.update(keys=compiler.keys, starts=set(known["starts"]), classes=set(known["classes"]))
    for term in loaded["antibodies"]["terms"]:
        for subtype in term.get("suggests", {}):
            if subtype not in ids["subtypes"]:
                findings.append(f"antibodies: {term['id']} suggests the unknown subtype {subtype}")
    rows = fact_rows(loaded["facts"], ids, lambda message: findings.append(f"facts: {message}"))
    files["facts"] = bare([row_of(id, in_order(rows[id])) for id in sorted(rows)])
    files["elsewhere"] = [[list(map(str, one["typed"])), one.get("hint", {})] for one in loaded["facts"]["elsewhere"]]
    files["searches"] = [
        [one["fact"], list(map(str, one["by"])), list(map(str, one["clear"]))] for one in loaded["facts"]["searches"]
    ]
    files["unless_drugs"] = {term["id"]: term["unless"] for term in loaded["drugs"]["terms"] if "unless" in term}
    files["groups"] = groups
    found = {
        f"compiled/{name}.{ending(name)}": compiled(name, one) for name, one in files.items() if name not in ALWAYS
    }
    found["compiled_always.py"] = module({name: files[name] for name in ALWAYS})
    return found, findings


def module(content: dict[str, Any]) -> str:
    """The text of the module that holds what every answer needs."""
    lines = "".join(
        f"    {name!r}: {one if isinstance(one, tuple) else bare(in_order(one))!r},\n" for name, one in content.items()
    )
    head = '"""What every answer needs of the vocabulary; made by `tools/compile_names.py` from `data/*.yaml`."""'
    return f"{head}\n\nfrom typing import Any\n\nCONTENT: dict[str, Any] = {{\n{lines}}}\n"


def bare(value: Any) -> Any:
    """A value with its lists and records as tuples, of which the interpreter keeps whole ones ready."""
    if isinstance(value, (tuple, list)):
        return tuple(map(bare, value))
    return {key: bare(one) for key, one in value.items()} if isinstance(value, dict) else value


def in_order(content: Any) -> Any:
    """Mappings by their keys, as JSON has them: without records, and in one order whatever the data say."""
    return json.loads(json.dumps(content, sort_keys=isinstance(content, dict)))


def ending(name: str) -> str:
    """The ending of a compiled file: text where single lines are looked up, JSON where the whole is read."""
    return "txt" if name.startswith("keys_") else "json"


def compiled(name: str, content: Any) -> str:
    """The text of a compiled file."""
    if ending(name) == "txt":
        return "".join(f"{key}\t{owner}\n" for key, owner in sorted(content.items()))
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=isinstance(content, dict)) + "\n"


def main(arguments: list[str]) -> int:
    files, findings = compile_all()
    folder = PACKAGE / "compiled"
    if "--check" in arguments:
        for name, content in files.items():
            path = PACKAGE / name
            if not path.exists() or path.read_text(encoding="utf-8") != content:
                findings.append(f"{path.name} has drifted: run tools/compile_names.py")
        for path in folder.iterdir():
            if f"compiled/{path.name}" not in files:
                findings.append(f"{path.name} is compiled from nothing")
    else:
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (PACKAGE / name).write_text(content, encoding="utf-8")
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
