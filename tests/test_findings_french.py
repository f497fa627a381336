"""In French no finding, hint or page of a rule is left in English, and every rule has both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from myofind.checks import report_cache
from myofind.checks.rule import documentation
from myofind.checks.run import check
from myofind.checks.table import BY_NAME, RULES
from myofind.diagnostics import Diagnostic
from myofind.language import Lang, both, speak
from myofind.registry.fact_forms import OneOf
from myofind.registry.file_format import FILE
from myofind.registry.forms import Form, ListOf, Mapping, Named
from myofind.registry.read import read_registry
from myofind.writers import findings as screen
from tests.registers.world import REGISTRY, study
from tests.run import myofind
from tests.test_cases import CASES, DAY, findings
from tests.test_french import english
from tests.together import together

FAILING = sorted((CASES / "fail").glob("*.yaml"))


@contextmanager
def french() -> Iterator[None]:
    speak("fr")
    try:
        yield
    finally:
        speak("en")


def sentence(words: str) -> str:
    """A sentence without what is quoted in it: between backticks, brackets of YAML, or a fact's own signs."""
    return re.sub(r"\{[^{}]*(\{[^{}]*\})*\}|\((about: \w+)\)|https?://\S*|\S+@\S+", " ", words)


def in_both_languages(finding: Diagnostic) -> list[str]:
    wrong = []
    for name, words in (("words", finding.words), ("hint", finding.hint_words)):
        en, fr = both(words)
        if not en.strip() or not fr.strip():
            wrong.append(f"{finding.rule}: no {name}")
        elif en == fr:
            wrong.append(f"{finding.rule}: {name} in one language: {en}")
        wrong += [f"{finding.rule}: {one}" for one in english(sentence(fr))]
    return wrong


@together((path,) for path in FAILING)
def test_a_finding_and_its_hint_are_in_both_languages(path: Path) -> None:
    found = findings(path)
    assert found
    assert [wrong for finding in found for wrong in in_both_languages(finding)] == []


@together((path,) for path in FAILING)
def test_a_report_in_french_holds_no_english(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    with french():
        printed = screen.text(findings(path), text)
    kept = [line for line in printed.splitlines() if not re.match(r"\s*\d+ \| | {6} \| |  dans ", line)]
    assert english(sentence(re.sub(r"^\S+|\[[\w-]+\]$", "", "\n".join(kept), flags=re.MULTILINE))) == []
    assert "aide : " in printed


def test_every_rule_is_explained_in_french() -> None:
    for rule in RULES:
        told = documentation(rule, "fr")[:2]
        assert english(sentence("\n".join(told).replace("Efgartigimod", ""))) == [], rule.name
        assert all(one.strip() == one and one.endswith(".") for one in told), rule.name


def test_a_rule_is_listed_and_explained_in_the_language_of_the_run() -> None:
    listed = myofind("validate", "--rules", "--lang", "fr").out
    told = documentation(BY_NAME["nobody-fits"], "fr")
    assert told.what in listed
    assert "avertissement" in listed
    page = myofind("validate", "--explain", "nobody-fits", env={"MYOFIND_LANG": "fr"}).out
    assert told.what in page
    assert told.why in page
    assert "échoue :" in page


def forms(form: Form, seen: set[int]) -> Iterator[Form]:
    """Every form of the file, once."""
    if id(form) in seen:
        return
    seen.add(id(form))
    yield form
    below: list[Form] = []
    if isinstance(form, Mapping):
        below = [key.form for key in form.keys.values()]
    elif isinstance(form, ListOf):
        below = [form.item]
    elif isinstance(form, Named):
        below = [form.value]
    elif isinstance(form, OneOf):
        below = [form.word, form.other]
    for one in below:
        yield from forms(one, seen)


def test_every_key_and_form_is_named_in_both_languages() -> None:
    wrong = []
    for form in forms(FILE, set()):
        pairs = [form.what]
        if isinstance(form, Mapping):
            pairs += [form.name, *((key.en, key.fr) for key in form.keys.values())]
        for words in pairs:
            en, fr = both(words)
            if isinstance(words, str) or (en == fr and len(en.split()) > 2) or english(sentence(fr)):
                wrong.append(words)
    assert wrong == []


SLIPS = {
    "numéro": "registry:\n\tname: x\n",
    "guillemet": 'registry: "a\ntrials: []\n',
    "crochet": "registry: {name: [a\ntrials: []\n",
    "tag": "registry: !x {}\n",
    "alias": "registry: *x\n",
    "two documents": "registry: {}\n---\ntrials: []\n",
    "escape": 'registry: {name: "\\q"}\n',
    "sign": "registry: @x\n",
    "directive": "%x\nregistry: {}\n",
    "empty": "",
    "list": "- a\n- b\n",
    "colon": "registry: a: b\n",
    "deep": "registry: " + "[" * 40 + "]" * 40,
    "UTF-16": "\ufeff",
}


@pytest.mark.parametrize("text", SLIPS.values(), ids=SLIPS)
def test_what_is_no_registry_is_said_in_both_languages(text: str) -> None:
    data = text.encode("utf-16") if text == "\ufeff" else text.encode()
    found = check(read_registry(data, "slip"), DAY).findings
    assert found
    assert [wrong for finding in found for wrong in in_both_languages(finding)] == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_totals_and_corrections_are_said_in_the_language_of_the_run(lang: Lang, tmp_path: Path) -> None:
    path = tmp_path / "trials.yaml"
    path.write_bytes((CASES / "fail" / "unknown-drug.yaml").read_bytes())
    day = ("--on", DAY.isoformat(), "--lang", lang)
    totals = myofind("validate", str(path), *day).err
    refused = myofind("validate", str(path), "--fix", *day).err
    written = myofind("validate", str(path), "--fix", "--yes", *day).err
    told = {"en": ("1 error,", "nothing was written", "corrected (")}
    told["fr"] = ("1 erreur,", "rien n'a été écrit", "corrigé (")
    for text, part in zip((totals, refused, written), told[lang], strict=True):
        assert part in text
        assert lang == "en" or english(text.replace(str(path), "")) == []


def test_a_report_that_was_kept_speaks_the_language_of_the_run(tmp_path: Path) -> None:
    path = CASES / "fail" / "unknown-drug.yaml"
    env = {"XDG_CACHE_HOME": str(tmp_path)}
    said = [myofind("validate", str(path), "--lang", lang, env=env).out for lang in ("en", "fr", "en")]
    assert said[0] == said[2] != said[1]
    assert "n'est pas un médicament" in said[1]


def test_findings_for_programs_keep_their_keys_and_speak_the_language_asked() -> None:
    path = str(CASES / "fail" / "unknown-drug.yaml")
    plain = {
        lang: json.loads(myofind("validate", path, "--format", "json", "--lang", lang).out) for lang in ("en", "fr")
    }
    first, other = plain["en"]["diagnostics"][0], plain["fr"]["diagnostics"][0]
    assert list(first) == list(other)
    assert {key for key in first if first[key] != other[key]} == {"message", "hint"}
    assert other["severity"] == "error"


def test_every_rule_can_be_named() -> None:
    assert list(BY_NAME) == [rule.name for rule in RULES]


def test_a_report_that_was_kept_is_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for path in FAILING[::7]:
        report = report_cache.Kept(findings(path), 3)
        key = report_cache.key_of(path.read_bytes(), path.name)
        assert report_cache.recall(key) is None
        report_cache.keep(key, report)
        assert report_cache.recall(key) == report


# The other commands of an editor ---------------------------------------------------------------------------------------

RECORD = study(
    {
        "statusModule.overallStatus": "RECRUITING",
        "designModule.phases": ["PHASE9"],
        "armsInterventionsModule.interventions": 3,
    },
    nctId="NCT09999999",
)
EDITORS = [
    ("due",),
    ("due", "--format", "markdown"),
    ("discover", "--from", "FILE"),
    ("discover", "--from", "FILE", "--draft"),
    ("discover", "--from", "/nowhere"),
    ("discover", "--decline", "NCT09999999"),
    ("discover", "--since", "someday"),
    ("draft", "--from", "FILE"),
    ("draft", "--from", "FILE", "NCT09999998"),
    ("draft", "--from", "FOLDER"),
    ("draft", "--from", "FILE", "--as-of", "2099-01-01"),
    ("draft", "--from", "FILE", "--source", "other"),
    ("draft", "NCT1"),
    ("draft",),
    ("draft", "ibmr-yale", "--page", "https://example.org/x"),
    ("draft", "ibmr yale", "--page", "https://example.org/x"),
    ("draft", "NCT09999999", "--base-url", "http://127.0.0.1:9", "--delay", "0"),
    ("draft", "NCT09999999", "--base-url", "ftp://x"),
    ("refresh", "--from", "FILE"),
    ("refresh", "--from", "FILE", "NCT01234567"),
    ("refresh", "NCT09999999"),
    ("refresh", "--from", "PAGE"),
    ("refresh", "--from", "CUT"),
]
ASIDE = re.compile(
    r"(?:title|name|sponsor|label|→|# +[IEC]\d+|en entier :|ses maladies :|ses mots-clés :|titre :|maladie :|résumé :|critères).*|Somedrug in \w+|A Study of .*"
    r"|\S*/\S*|\{[^{}]*\}|[\w-]+: \w+|`.*`|\b[A-Z]{2}\b|\w+:(?= )"
)
"""Values of the registry and words of the register, which are as they are."""


@pytest.mark.parametrize("asked", EDITORS, ids=" ".join)
def test_an_editors_command_speaks_french(asked: tuple[str, ...], tmp_path: Path) -> None:
    names = {"FILE": "record.json", "FOLDER": "folder", "PAGE": "page.html", "CUT": "cut.json"}
    (tmp_path / "record.json").write_text(json.dumps({**RECORD, "dataTimestamp": "2026-05-01"}), encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "bad.json").write_text("[1, 2", encoding="utf-8")
    (tmp_path / "page.html").write_text("<html>", encoding="utf-8")
    (tmp_path / "cut.json").write_text(json.dumps(RECORD)[:-9], encoding="utf-8")
    (tmp_path / "trials.yaml").write_text(REGISTRY, encoding="utf-8")
    arguments = [str(tmp_path / names[one]) if one in names else one for one in asked]
    ran = myofind(
        *arguments,
        "--registry",
        str(tmp_path / "trials.yaml"),
        env={"LANG": "fr_FR.UTF-8", "SOURCE_DATE_EPOCH": "1780272000"},
    )
    assert ran.out or ran.err
    assert english(ASIDE.sub(" ", (ran.out + ran.err).replace(str(tmp_path), ""))) == []
