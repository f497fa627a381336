"""Of any registry and any patient every format says the same, whatever else the answer holds: properties of the value."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

from hostile import in_memory
from hypothesis import given, settings
from hypothesis import strategies as st

from myofind.asking.typed import Profile, Typed
from myofind.domain.patient import Patient
from myofind.domain.trial import Trial
from myofind.report.answer import Wanted, answer
from myofind.report.values import Answer
from myofind.writers.as_markdown import md
from myofind.writers.formats import WRITERS, writer
from myofind.writers.layout import Layout
from myofind.writers.phrases import knowledge, read, read_line
from tests.run import text_of
from tests.worlds import DAY, patients, trials


def written(whole: Answer, form: str, layout: Layout) -> str:
    printed = writer(form, "answer")(whole, layout)
    return printed if isinstance(printed, str) else text_of(list(printed))


NARROW = 60
"""A screen on which the cells of a row stand below one another."""
Said = list[tuple[str, str, str]]
"""The trials of an answer in their order: number, verdict in a word (`?` where the criteria were not read), and the day of its status."""


def in_json(text: str) -> Said:
    return [
        (one["id"], one["verdict"] + doubt(one["verdict"], one.get("firm", True)), one["recruitment"]["as_of"] or "")
        for one in json.loads(text)["trials"]
    ]


def in_csv(text: str) -> Said:
    lines = [line for line in csv.DictReader(io.StringIO(text)) if line["section"] == "trials"]
    return [(one["id"], one["verdict"] + doubt(one["verdict"], one["firm"] == "yes"), one["as_of"]) for one in lines]


def doubt(verdict: str, firm: bool) -> str:
    return "?" if verdict == "match" and not firm else ""


def in_markdown(text: str) -> Said:
    said: Said = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE):
        if part.startswith(("Trials\n", "Registries")):
            for line in part.splitlines():
                found = re.match(r"\| (match\??|possible|excluded) \| .*?(NCT\d{8}).*? \| (.*?) \|", line)
                if found:
                    said.append((found[2], found[1], next(iter(re.findall(r"\(([\d-]+)\)$", found[3])), "")))
    return said


def in_html(text: str) -> Said:
    said: Said = []
    for trial in re.findall(r'<details class="trial".*?</details>', text, flags=re.DOTALL):
        verdict = re.search(r'<span class="verdict \w+">(.*?)</span>', trial)
        number = re.search(r"NCT\d{8}", trial)
        seen = re.search(r'\(seen <span class="day">([\d-]+)</span>\)|\(seen (\d{4})\)', trial)
        assert verdict
        assert number
        said.append((number[0], verdict[1], (seen[1] or seen[2]) if seen else ""))
    return said


def in_screen(text: str, whole: Answer) -> Said:
    """The rows of the tables; the age of a status stands for its day, which the screen does not print."""
    rows = {row.trial.id: row for row in whole.every_row}
    said: Said = []
    for line in text.splitlines():
        found = re.match(r"(match\??|possible|excluded) .*?(NCT\d{8}) ", line)
        if found:
            status = rows[found[2]].study.recruitment
            assert re.search(rf"  {re.escape(knowledge(status, 'en'))}(  |$)", line), line
            said.append((found[2], found[1], status.as_of or ""))
    return said


def reads_alike(whole: Answer, texts: dict[str, str]) -> None:
    """The facts as read are the same words in every format that is read by people, and in JSON."""
    facts = read(whole.asked, whole.stamp, "en")
    assert json.loads(texts["json"])["read"] == list(facts)
    line = read_line(read(whole.asked, whole.stamp, "en"), "en")
    assert line in " ".join(texts["table"].split())
    assert f"**{md(line)}**" in texts["markdown"]
    listed = re.findall(r"<li>(.*?)</li>", texts["html"])
    assert [unescape(re.sub("<.*?>", "", one)) for one in listed[: len(facts)]] == list(facts)


def dates_in(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])\d{4}-\d{2}(?:-\d{2})?(?![\w-])", text))


@given(trials(1, 12), patients(unknown=0.3), st.booleans(), st.sampled_from([None, NARROW, 100]))
@settings(max_examples=15, deadline=None)
def test_every_format_lists_the_same_trials_in_the_same_order_with_the_same_verdicts_and_days(
    listed: tuple[Trial, ...], patient: Patient, everything: bool, width: int | None
) -> None:
    store, profile, typed = in_memory(listed), Profile(patient, None, ()), Typed()
    readers = {"json": in_json, "csv": in_csv, "markdown": in_markdown, "html": in_html}
    texts: dict[str, str] = {}
    said: dict[str, Said] = {}
    for form in WRITERS:
        for near in (False, True):
            wanted = Wanted(everything=everything, also_as=("asys",), questions=WRITERS[form].questions)
            whole = answer(store, profile, typed, DAY, wanted)
            text = written(whole, form, Layout(width=width, near=near, calm=not everything))
            rows = [
                (row.trial.id, row.verdict + doubt(row.verdict, row.assessment.firm), row.study.recruitment.as_of or "")
                for row in whole.every_row
            ]
            if form in readers:
                assert readers[form](text) == rows, form
            elif not near and width != NARROW:
                shown, every = set(in_screen(text, whole)), set(rows)
                assert shown == every if everything else shown <= every
            texts[form] = text
            said[form] = rows
            assert whole.shown + sum(whole.left_out) == sum(whole.counts) == len(listed)
            assert whole.closed <= whole.counts.match + whole.counts.possible
            if form == "html":
                ends = {row.trial.end for row in whole.every_row if row.trial.end and len(row.trial.end) > 4}
                starts = {row.trial.start for row in whole.every_row if row.trial.start and len(row.trial.start) > 4}
                assert ends | starts <= dates_in(text)
    assert all(each == said["json"] for each in said.values())
    reads_alike(whole, texts)
