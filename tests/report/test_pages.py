"""Pages are valid, act on nothing, load nothing, and show hostile text as text; every other format shows it too."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hostile import ID, TEXTS, store

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError
from myofind.matching.trial_sets import Verdicts
from myofind.report.answer import Wanted, answer
from myofind.report.cohort import CohortRows
from myofind.report.trial_page import explanation, listing
from myofind.report.values import Answer, VerdictCounts
from myofind.words.wording import Lang
from myofind.writers import as_html
from myofind.writers.as_html import HtmlRows
from myofind.writers.columns import plain
from myofind.writers.formats import writer
from myofind.writers.html_page import address
from myofind.writers.html_views import source
from myofind.writers.layout import Layout, tamed
from tests.report.small import REGISTRY
from tests.report.test_golden import LANGUAGES, REPORTS, cases
from tests.report.test_golden import cohort as cohort_text
from tests.run import bytes_of, myofind, text_of

DAY = date(2026, 11, 20)
TYPED = Typed(subtypes=("dm",), age="45", countries=("FR",))
NAMESPACE = "{http://www.w3.org/1999/xhtml}"


def parsed(page: str) -> Element:
    """The elements of a page; raises ParseError for one that is not valid."""
    root: Element = html5lib.HTMLParser(strict=True).parse(page)
    return root


def words(root: Element) -> str:
    """The text of a page as it is read, spaces of every kind one space."""
    shown = [part for part in _texts(root) if part]
    return " ".join("".join(shown).split())


def _texts(element: Element) -> Iterator[str]:
    if element.tag != f"{NAMESPACE}style":
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def wrong(root: Element) -> Iterator[str]:
    """What acts or loads in a page, and references that lead nowhere."""
    ids = [one.get("id", "") for one in root.iter() if one.get("id")]
    yield from (f"twice: {id}" for id in ids if ids.count(id) > 1)
    for one in root.iter():
        tag = str(one.tag).rpartition("}")[2]
        if tag == "dl":
            names = ["".join(name.itertext()) for name in one.iter(f"{NAMESPACE}dt")]
            yield from (f"twice in a list: {name}" for name in names if names.count(name) > 1)
        if tag in ("script", "iframe", "img", "object", "embed", "form", "base", "input", "plaintext"):
            yield tag
        for name, value in one.attrib.items():
            if name.startswith("on") or name in ("style", "src", "srcdoc", "action"):
                yield f"{tag} {name}"
            if name.endswith("href") and not re.match(r"(https?://|mailto:|tel:)[!-~]+\Z|data:,\Z|#", value):
                yield f"{tag} {name}={value}"
            targets = (
                [value[1:]]
                if name == "href" and value[:1] == "#"
                else value.split()
                if name == "aria-labelledby"
                else []
            )
            yield from (f"nowhere: {target}" for target in targets if target not in ids)


@cache
def hostile(lang: Lang) -> Answer:
    profile = understand(TYPED, DAY, lang=lang)
    others = profile._replace(readings=(TEXTS["title"], TEXTS["city"], TEXTS["note"]))
    return answer(store(), profile, TYPED, DAY, Wanted(everything=True, sources=True), others=others)


def hostile_pages(lang: Lang) -> dict[str, str]:
    profile, held, layout = understand(TYPED, DAY, lang=lang), store(), Layout(lang)
    rows = HtmlRows(CohortRows(held, DAY).cohort, layout)
    row = CohortRows(held, DAY).row(TEXTS["acronym"], ONE_FITS, (TEXTS["note"],))
    return {
        "answer": as_html.answer(hostile(lang), layout),
        "trial": as_html.explanation(explanation(held, profile, TYPED, held.index.ids, DAY), layout),
        "list": as_html.listing(listing(held, held.trials(), DAY), layout),
        "records": as_html.cards(listing(held, held.trials(), DAY), layout),
        "cohort": rows.head + rows.row(row) + rows.problem(ID, 3, InputError(TEXTS["title"])) + rows.tail,
    }


ONE_FITS = Verdicts(1, 0, 2)
"""The first trial of two fits."""


@pytest.mark.parametrize(("report", "lang"), [(report, lang) for report, form, lang in cases() if form == "html"])
def test_a_page_is_valid_and_loads_and_runs_nothing(report: str, lang: Lang) -> None:
    function, value, layout = REPORTS[report]
    whole = value(lang)
    page = (
        cohort_text("html", lang)
        if function == "cohort"
        else getattr(as_html, function)(whole, layout._replace(lang=lang))
    )
    root = parsed(page)
    assert list(wrong(root)) == []
    assert root.get("lang") == lang
    policy = next(one.get("content", "") for one in root.iter(f"{NAMESPACE}meta") if one.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert [one for one in root.iter(f"{NAMESPACE}link") if one.get("rel") != "icon"] == []
    assert not re.search(r"url\(|@import", next(root.iter(f"{NAMESPACE}style")).text or "")
    if lang == "fr":  # no line begins with punctuation, nor ends with an opening quote
        assert [text for text in _texts(root) if re.search(r"(?<=«) | (?=[:;?!»])", text.strip())] == []


def test_the_style_has_the_hash_its_policy_names() -> None:
    root = parsed(as_html.answer(hostile("en"), Layout()))
    style = next(root.iter(f"{NAMESPACE}style")).text or ""
    known = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert style.isascii(), "a page may be written as ASCII with references, which a style does not know"
    assert any(f"'sha256-{known}'" in one.get("content", "") for one in root.iter(f"{NAMESPACE}meta"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["answer", "trial", "list", "records", "cohort"])
def test_hostile_text_is_text_on_a_page(kind: str, lang: Lang) -> None:
    root = parsed(hostile_pages(lang)[kind])
    assert list(wrong(root)) == []
    shown = words(root)
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x1f]", shown)
    unseen = {
        "answer": {"facility", "drug_class", "source", "why"},
        "trial": {"facility", "drug_class", "source", "why"},
        "list": set(TEXTS) - {"acronym", "title"},
        "records": {"label", "phone", "email", "url"},
        "cohort": set(TEXTS) - {"acronym", "note", "title"},
    }[kind] | {"note" if lang == "fr" and kind != "cohort" else "note_fr"}
    unseen |= {"title"} if lang == "fr" and kind != "cohort" else {"title_fr"}
    for key, text in TEXTS.items():
        if key not in unseen:
            assert " ".join(plain(text).split()) in shown, key


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_hostile_text_is_text_in_every_other_format(form: str, lang: Lang) -> None:
    printed = writer(form, "answer")(hostile(lang), Layout(lang, explain=True, calm=False))
    text = printed if isinstance(printed, str) else text_of(list(tamed(printed)))
    if form == "json":
        trial = json.loads(text)["trials"][0]
        assert (trial["acronym"], trial["title"]) == (TEXTS["acronym"], TEXTS["title"])
        return
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f]", text)
    if form == "csv":
        row = next(one for one in csv.DictReader(io.StringIO(text)) if one["id"] == ID)
        assert row["acronym"] == TEXTS["acronym"]
        assert not any((cell or "").lstrip()[:1] in ("=", "+", "@", "-") for cell in row.values())
    elif form == "markdown":
        assert not re.search(r"(?<!\\)<|(?<!\\)\]\(javascript", text)
        heads = [line for line in text.splitlines() if line.startswith("| --- ")]
        assert heads
        assert all(line.count("---") <= 5 for line in heads)
    else:
        assert all(word in text for word in TEXTS["acronym"].split())


def test_only_addresses_of_four_kinds_are_followed() -> None:
    for good in ("https://x.org/a?b=c", "http://x.org", "mailto:a@b.org", "tel:+33123"):
        assert address(good) == good
    for bad in (
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "//x.org",
        "ftp://x",
        " https://x.org",
        "https://x .org",
        "https://",
        "vbscript:x",
        "",
        None,
    ):
        assert address(bad) is None


def test_the_address_in_a_source_ends_where_its_date_begins() -> None:
    assert source("ctri, https://x.org/a,b?c=d, 2025-01-02") == (
        "ctri, https://x.org/a,b?c=d, 2025-01-02",
        "https://x.org/a,b?c=d",
    )
    assert source("paper, page 3").link is None


def test_a_cohort_page_counts_its_rows() -> None:
    assert "p-1" in words(parsed(cohort_page("p-1")))


def cohort_page(id: str) -> str:
    rows = CohortRows(store(), DAY)
    lines = HtmlRows(rows.cohort, Layout())
    row = rows.row(id, ONE_FITS)
    assert row.counts == VerdictCounts(1, 0, 1)
    return lines.head + lines.row(row) + lines.tail


FACTS = ("match", "-s", "dm", "-a", "45", "-c", "FR", "--on", "2026-06-10", "--registry", str(REGISTRY))


def test_a_page_is_the_same_in_every_encoding_of_a_terminal() -> None:
    code, utf8, _ = bytes_of(*FACTS, "-l", "fr", "-f", "html")
    assert code == 0
    code, ascii_only, _ = bytes_of(*FACTS, "-l", "fr", "-f", "html", env={"PYTHONIOENCODING": "ascii"})
    assert code == 0
    assert words(parsed(ascii_only.decode("ascii"))) == words(parsed(utf8.decode("utf-8")))


def test_the_template_engine_is_loaded_for_a_page_only() -> None:
    program = (
        "import sys; from myofind.cli import run\n"
        "for form in 'table', 'json', 'csv', 'markdown', 'html':\n"
        "    try: run([*sys.argv[1:], '-f', form])\n"
        "    except SystemExit as leave: assert not leave.code\n"
        "    sys.stderr.write(form + (' loaded\\n' if {'jinja2', 'markupsafe'} & set(sys.modules) else ' light\\n'))"
    )
    done = subprocess.run([sys.executable, "-c", program, *FACTS], capture_output=True, text=True, check=True)
    states = [line for line in done.stderr.splitlines() if line.endswith((" light", " loaded"))]
    assert states == ["table light", "json light", "csv light", "markdown light", "html loaded"]


def test_a_page_carries_the_remarks_and_leaves_slips_to_stderr() -> None:
    ran = myofind(*FACTS, "-s", "dermatomyosits", "-A", "mda5", "-f", "html")
    assert "dermatomyosits" in ran.err
    assert "emergency" not in ran.err
    shown = words(parsed(ran.out))
    assert shown.index("emergency") < shown.index("Patient as read")
    assert "dermatomyosits" not in shown


@pytest.mark.parametrize("command", ["vocab", "due"])
def test_a_command_without_pages_says_so(command: str) -> None:
    ran = myofind(command, "-f", "html")
    assert ran.code == 2
    assert "--format takes" in ran.err
