"""The height of an answer whoever the patient is, and what a short answer never leaves out: patients drawn from a seed."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.report.answer import Wanted, answer
from myofind.report.beside import worth_a_call
from myofind.report.values import QUESTIONS, Answer
from myofind.words.wording import Lang
from myofind.writers.columns import cell_len
from myofind.writers.formats import writer
from myofind.writers.layout import GIVES_WAY, Layout, Part, PartLines, left_out, shortened
from myofind.writers.phrases import note, read
from myofind.writers.styles import line
from tests.random_patients import random_patients
from tests.run import text_of
from tests.test_screens import LANGUAGES, LINES, shipped

DAY = date(2026, 11, 25)
COUNT = 7
TALLEST = [
    Typed(
        subtypes=("ici_myositis", "imnm_hmgcr", "ibm"), age="36", antibodies=("antisynthetase", "ro60"), countries=("JP",), onset="2019", ild=False,
        facts=("haq-di 1.25", "drugs failed 2", "fvc 85 %", "ecog 1", "no muscle weakness", "lvef 60 %", "no dysphagia", "weight 130 kg"),
        treatments=("IVIG", "mycophenolate until 2024", "tofacitinib until 2026-09", "methotrexate until 2025-06", "prednisone 40 mg"),
    ),
    Typed(
        subtypes=("overlap",), age="37", antibodies=("ej", "mda5", "ha", "la"), countries=("BE",), sex="female", onset="2025-03", ild=True,
        facts=("no dysphagia", "no rapidly progressive lung disease", "cancer", "phga 4", "ecog 1", "no oxygen", "active rash", "hepatitis b"),
        treatments=("tofacitinib until 2026-09",),
    ),
]  # fmt: skip
"""The patients of many drawn whose answers were the tallest: diagnoses in doubt and emergencies where no trial certainly runs."""
PATIENTS = [*random_patients(41, COUNT, DAY), *random_patients(42, COUNT, DAY, 1.0), *TALLEST]
"""Half of them like any other, half with all that a long letter says."""
EVERY = pytest.mark.parametrize(
    ("place", "lang"), [(place, lang) for place in range(len(PATIENTS)) for lang in LANGUAGES]
)


@cache
def answered(place: int, lang: Lang) -> Answer:
    typed = PATIENTS[place]
    return answer(shipped(), understand(typed, DAY, lang=lang), typed, DAY, Wanted(limit=60, questions=QUESTIONS))


@cache
def on_a_screen(place: int, lang: Lang) -> list[str]:
    """An answer at 100 columns."""
    return laid(answered(place, lang), Layout(lang=lang, width=100, styled=True, most=LINES))


def laid(whole: Answer, layout: Layout) -> list[str]:
    lines = writer("table", "answer")(whole, layout)
    assert not isinstance(lines, str)
    return text_of(list(lines)).splitlines()


@EVERY
def test_an_answer_takes_at_most_45_lines_and_keeps_what_matters(place: int, lang: Lang) -> None:
    whole = answered(place, lang)
    lines = on_a_screen(place, lang)
    text = " ".join(" ".join(lines).split())
    assert len(lines) <= LINES
    for one in whole.notes:
        assert note(one, lang) in text or not (one.safety or (one.doubt and not one.slip)), one
    last = "\n".join(lines[-24:])
    for row in worth_a_call(whole):
        assert row.trial.id in last
    assert not re.search(r"NCT\d{0,7}(?!\d)", text)
    assert all(cell_len(one) <= 100 or re.search(r"https?://\S{30}|^ +(-[AFT] |myofind )", one) for one in lines)


@EVERY
def test_what_is_left_out_is_counted(place: int, lang: Lang) -> None:
    whole = answered(place, lang)
    lines = on_a_screen(place, lang)
    text = " ".join(" ".join(lines).split())

    def counted(words: str) -> int:
        found = re.search(rf"(?:Left out|Non affichés) ?: [^;.]*?(\d+) (?:{words})", text)
        return int(found[1]) if found else 0

    remarks = [one for one in whole.notes if not (one.safety or one.doubt or one.slip)]
    assert sum(note(one, lang) in text for one in remarks) + counted("remark|remarque") == len(remarks)
    asked = sum(bool(re.search(r"(settles?|tranche|trancher) \d+ (of|sur) \d+", one)) for one in lines)
    assert asked + counted("question") == len(whole.ask_next.first)
    shown = re.search(r"(?:Shown|Affichés) ?: (\d+)", text)
    assert shown
    assert int(shown[1]) + counted("more|autre") == whole.shown + whole.left_out.held_back
    told = read(whole.asked, whole.stamp, lang, brief=True)
    unsaid = re.search(r" · (\d+) (?:more|de plus) \(--limit 0\) · " + re.escape(told[-1]), text)
    assert sum(one in text for one in told) + (int(unsaid[1]) if unsaid else 0) >= len(told)


@pytest.mark.parametrize("width", [60, 80])
def test_on_a_narrower_screen_the_same_words_take_more_lines(width: int) -> None:
    heights = [len(laid(answered(place, "en"), Layout(width=width, most=LINES))) for place in range(2 * COUNT)]
    assert LINES < max(heights) <= LINES * 100 // width


def test_nothing_is_folded_where_all_is_asked_for() -> None:
    typed = Typed(
        subtypes=("scleromyo",), age="78", antibodies=("mi2", "pl7", "ro52"), countries=("BR",), refractory=False
    )
    whole = answer(shipped(), understand(typed, DAY), typed, DAY, Wanted(questions=QUESTIONS))
    text = "\n".join(laid(whole, Layout(width=100)))
    assert text.count("myofind match ") == len(whole.relaxed) > 0
    assert "Left out: " not in text or "(--limit 0)" not in text
    for one in read(whole.asked, whole.stamp, "en", brief=True):
        assert one in " ".join(text.split())


def test_parts_give_way_in_order_and_count_what_they_leave_out() -> None:
    long, short = (lambda: PartLines([line("a"), line("b")])), (lambda: PartLines([line("a")], {"remarks": 2}))
    parts = [Part("near", long, short, short), Part("remarks", long, short), Part("calls", long)]
    assert left_out(parts, "remarks") == 0
    heights = [sum(len(part.form.lines) for part in parts) for _ in shortened(parts)]
    assert heights == [5, 4, 4]
    assert left_out(parts, "remarks") == 4
    assert left_out(parts, "questions") == 0
    assert GIVES_WAY.index("remarks") < GIVES_WAY.index("near")
