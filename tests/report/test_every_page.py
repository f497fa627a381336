"""Of one trial, of trials side by side and of a cohort every format says the same verdicts, outcomes and days."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from html import unescape

from hostile import in_memory
from hypothesis import given, settings

from myofind.asking.typed import Profile, Typed
from myofind.domain.patient import Patient
from myofind.domain.trial import Trial
from myofind.matching.many_patients import Judge
from myofind.report.cohort import CohortRows
from myofind.report.trial_page import Explanation, explanation, side_by_side
from myofind.words.wording import NAMES, OUTCOMES, verdict
from myofind.writers.formats import WRITERS, writer
from myofind.writers.layout import Layout
from myofind.writers.phrases import knowledge
from myofind.writers.styles import OUTCOME_MARK
from tests.run import text_of
from tests.worlds import DAY, patients, trials

Outcomes = tuple[tuple[str, str], ...]
Page = tuple[str, str, str, Outcomes]
"""A trial judged: number, verdict (`?` where the criteria were not read), the day of its status, and outcomes by criterion."""

CRITERIA = {words[0]: name for name, words in NAMES.items()}
WORDS = {words[0]: outcome for outcome, words in OUTCOMES.items()}
MARKS = {mark: outcome for outcome, mark in OUTCOME_MARK.items()}


def of_value(whole: Explanation) -> list[Page]:
    return [
        (
            page.row.trial.id,
            verdict(page.row.verdict, "en", page.row.assessment.firm),
            page.row.study.recruitment.as_of or "",
            tuple((one.name, one.outcome) for one in page.row.criteria),
        )
        for page in whole.pages
    ]


def doubt(word: str, firm: object) -> str:
    return word + "?" * (word == "match" and firm in (False, "no"))


def in_json(text: str, _: Explanation) -> list[Page]:
    return [
        (
            one["id"],
            doubt(one["verdict"], one.get("firm", True)),
            one["recruitment"]["as_of"] or "",
            tuple((each["name"], each["outcome"]) for each in one["criteria"]),
        )
        for one in json.loads(text)["trials"]
    ]


def in_csv(text: str, _: Explanation) -> list[Page]:
    pages: dict[str, Page] = {}
    for line in csv.DictReader(io.StringIO(text)):
        before = pages.get(line["id"], ("", "", "", ()))[3]
        outcomes = (*before, (line["criterion"], line["outcome"]))
        pages[line["id"]] = (line["id"], doubt(line["verdict"], line["firm"]), line["as_of"], outcomes)
    return list(pages.values())


def in_markdown(text: str, _: Explanation) -> list[Page]:
    pages = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        number, judged = re.search(r"NCT\d{8}", part), re.search(r"^\*\*(.*?)\*\*: ", part, re.MULTILINE)
        assert number
        assert judged
        own = part.partition("\n**cohort")[0]
        seen = re.search(r"ago \(([\d-]+)\)|today \(([\d-]+)\)", part)
        rows = re.findall(r"^\| (?!Criterion|---)(.*?) \| .* \| (.*?) \| .*? ?\|$", own, re.MULTILINE)
        outcomes = tuple((CRITERIA[name], WORDS[word]) for name, word in rows)
        pages.append((number[0], judged[1], (seen[1] or seen[2]) if seen else "", outcomes))
    return pages


def in_html(text: str, _: Explanation) -> list[Page]:
    pages = []
    for trial in re.findall(r'<details class="trial".*?</details>', text, flags=re.DOTALL):
        number, judged = re.search(r"NCT\d{8}", trial), re.search(r'<span class="verdict \w+">(.*?)</span>', trial)
        assert number
        assert judged
        seen = re.search(r'\(seen <span class="day">([\d-]+)</span>\)', trial)
        rows = re.findall(r'<tr class="(\w+)"><th scope="row">(.*?)</th>', trial.partition("<p><b>Cohort")[0])
        outcomes = tuple((CRITERIA[unescape(name)], outcome) for outcome, name in rows)
        pages.append((number[0], judged[1], seen[1] if seen else "", outcomes))
    return pages


def in_screen(text: str, whole: Explanation) -> list[Page]:
    """The age of a status stands for its day, which the screen does not print."""
    pages = []
    parts = re.split(r"^(?=\S.*  NCT\d{8}  )", text, flags=re.MULTILINE)[1:]
    for part, page in zip(parts, whole.pages, strict=True):
        status = page.row.study.recruitment
        head, about, *_ = part.splitlines()
        number = re.search(r"NCT\d{8}", head)
        assert number
        assert head.endswith(knowledge(status, "en")), head
        judged = re.search(r"^(match\??|possible|excluded)  ", part, re.MULTILINE)
        assert judged, about
        own = part.partition("\ncohort ")[0]
        rows = re.findall(r"^([✓✗?≈·])  (\S+(?: \S+)*)", own, re.MULTILINE)
        outcomes = tuple((CRITERIA[name], MARKS[mark]) for mark, name in rows)
        pages.append((number[0], judged[1], status.as_of or "", outcomes))
    return pages


@given(trials(1, 3), patients(unknown=0.3))
@settings(max_examples=25, deadline=None)
def test_every_format_judges_a_trial_alike(listed: tuple[Trial, ...], patient: Patient) -> None:
    store = in_memory(listed)
    whole = explanation(store, Profile(patient, None, ()), Typed(), [one.id for one in listed], DAY)
    readers = {"json": in_json, "csv": in_csv, "markdown": in_markdown, "html": in_html, "table": in_screen}
    assert readers.keys() == WRITERS.keys()
    for form, reader in readers.items():
        printed = writer(form, "explanation")(whole, Layout(width=200 if form == "table" else None))
        text = printed if isinstance(printed, str) else text_of(list(printed))
        assert reader(text, whole) == of_value(whole), form


# Side by side ----------------------------------------------------------------------------------------------------------

Beside = list[tuple[str, str, str]]
"""Number, verdict and the day of its status."""


def beside_json(text: str) -> Beside:
    return [
        (one["id"], doubt(one["verdict"], one.get("firm", True)), one["recruitment"]["as_of"] or "")
        for one in json.loads(text)["trials"]
    ]


def rows_of(lines: Sequence[Sequence[str]]) -> Beside:
    """From a table with a column a trial, of which the first is what a line is about."""
    said = {line[0]: line[1:] for line in lines if line}
    days = [(re.findall(r"\((\d{4}-\d\d-\d\d)\)", one) or [""])[0] for one in said["recruitment"]]
    return list(zip(said["number"], said["verdict"], days, strict=True))


def beside_csv(text: str) -> Beside:
    count = next(csv.reader(io.StringIO(text))).index("read")
    return rows_of([line[:count] for line in csv.reader(io.StringIO(text))])


def beside_markdown(text: str) -> Beside:
    return rows_of([line[2:-2].split(" | ") for line in text.splitlines() if line.startswith("| ")])


def beside_html(text: str) -> Beside:
    numbers = re.findall(r'<th scope="col">.*?(NCT\d{8})</a></th>', text)
    lines = [["number", *numbers]]
    for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", text, flags=re.DOTALL):
        lines.append([re.sub("<.*?>", "", cell).strip() for cell in re.split(r"</th>|</td>", row)[:-1]])
    return rows_of(lines)


def beside_screen(text: str) -> Beside:
    """Columns that are wide enough for every cell to be one line."""
    return rows_of([re.split(r" {2,}", line.strip()) for line in text.splitlines() if line.strip()])


@given(trials(2, 3), patients(unknown=0.3))
@settings(max_examples=25, deadline=None)
def test_every_format_compares_trials_alike(listed: tuple[Trial, ...], patient: Patient) -> None:
    store, known = in_memory(listed), Typed(sex="female")
    whole = side_by_side(store, Profile(patient, None, ()), known, [one.id for one in listed], DAY)
    readers = {
        "json": beside_json, "csv": beside_csv, "markdown": beside_markdown, "html": beside_html, "table": beside_screen,
    }  # fmt: skip
    assert readers.keys() == WRITERS.keys()
    for form, reader in readers.items():
        printed = writer(form, "side_by_side")(whole, Layout(width=2000 if form == "table" else None))
        text = printed if isinstance(printed, str) else text_of(list(printed))
        assert reader(text) == [
            (row.trial.id, verdict(row.verdict, "en", row.assessment.firm), row.study.recruitment.as_of or "")
            for row in whole.rows
        ], form


# Cohorts ---------------------------------------------------------------------------------------------------------------


@given(trials(1, 8), patients(unknown=0.3), patients(unknown=0.3))
@settings(max_examples=25, deadline=None)
def test_every_format_counts_a_cohort_alike(listed: tuple[Trial, ...], one: Patient, other: Patient) -> None:
    store = in_memory(listed)
    made, judge = CohortRows(store, DAY), Judge(store.index, DAY)
    rows = [made.row(id, judge.verdicts(patient)) for id, patient in (("a", one), ("b", other))]
    counts = [[row.id, *row.counts] for row in rows]
    text = {}
    for form in WRITERS:
        lines = writer(form, "cohort")(made.cohort, Layout())
        text[form] = lines.head + "".join(map(lines.row, rows)) + lines.tail
    values = [json.loads(line) for line in text["json"].splitlines()]
    assert [[one["id"], len(one["match"]), len(one["possible"]), one["excluded"]] for one in values] == counts
    matrix = list(csv.DictReader(io.StringIO(text["csv"])))
    for line, row in zip(matrix, rows, strict=True):
        verdicts = list(line.values())[1:]
        assert [verdicts.count(word) for word in ("match", "possible", "excluded")] == list(row.counts)
        assert {id for id, word in line.items() if word == "match"} == set(row.match)
    for form, pattern in (
        ("markdown", r"^\| (\w) \| (\d+) \| (\d+) \| (\d+) \|"),
        ("table", r"^(\w) +(\d+) +(\d+) +(\d+)(?: |$)"),
        ("html", r"<bdi>(\w)</bdi></th>\s*<td[^>]*>(\d+)</td><td[^>]*>(\d+)</td><td[^>]*>(\d+)</td>"),
    ):
        found = re.findall(pattern, text[form], re.MULTILINE)
        assert [[id, *map(int, several)] for id, *several in found] == counts, form
        for row in rows:
            assert all(id in text[form] for id in row.open_first[:3]), form
