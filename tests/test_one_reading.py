"""What a value in another form means: right where there is one reading, silent elsewhere."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from myofind.domain.recruitment import STATE_OF
from myofind.domain.trial import PHASES, SEXES
from myofind.registry import one_reading
from tests.together import together


@together(
    [
        ("23/07/2025", ["2025-07-23"]),
        ("07/23/2025", ["2025-07-23"]),
        ("03/04/2025", ["2025-03-04", "2025-04-03"]),
        ("05/05/2025", ["2025-05-05"]),
        ("23.7.2025", ["2025-07-23"]),
        ("July 2025", ["2025-07"]),
        ("juillet 2025", ["2025-07"]),
        ("1er août 2025", ["2025-08-01"]),
        ("August 5th, 2025", ["2025-08-05"]),
        ("5 décembre 2025", ["2025-12-05"]),
        ("2025/07/23", ["2025-07-23"]),
        ("2025-7", ["2025-07"]),
        ("07/2025", ["2025-07"]),
        ("20250723", ["2025-07-23"]),
        ("2025-07-23T10:00:00Z", ["2025-07-23"]),
        ("31/02/2025", []),
        ("13/13/2025", []),
        ("23/07/25", []),
        ("spring 2025", []),
        ("Q3 2025", []),
        ("2025-07 or 2025-08", []),
        ("23 July", []),
        ("12345", []),
        ("2025-13-07", []),
    ]
)
def test_dates(text: str, dates: list[str]) -> None:
    assert one_reading.dates(text) == dates


def test_a_day_written_day_first_is_read_when_no_other_day_is_possible() -> None:
    rng = random.Random(4)
    for _ in range(300):
        day = date(2000, 1, 1) + timedelta(days=rng.randrange(12_000))
        readings = one_reading.dates(f"{day.day}/{day.month:02}/{day.year}")
        assert day.isoformat() in readings
        assert (len(readings) == 1) == (day.day > 12 or day.day == day.month)


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("PHASE2", ["2"]),
        ("II", ["2"]),
        ("Phase IIb", ["2"]),
        ("2/3", ["2", "3"]),
        ("PHASE1|PHASE2", ["1", "2"]),
        ("EARLY_PHASE1", ["early_1"]),
        ("Phase 1/2a", ["1", "2"]),
        ("I et II", ["1", "2"]),
        ("3/2", []),
        ("1/3", []),
        ("23", []),
        ("5", []),
        ("N/A", []),
        ("2 or 3", []),
        ("not phase 2", []),
    ],
)
def test_phases(text: str, phases: list[str]) -> None:
    assert one_reading.phases(text) == phases


@pytest.mark.parametrize(
    ("text", "bare", "whole", "written"),
    [
        ("18 Years", True, True, "18"),
        ("18 ans", True, True, "18"),
        ("≥ 18", True, True, "18"),
        ("18+", True, True, "18"),
        ("6 mois", True, True, "6 months"),
        ("12months", False, False, "12 months"),
        ("18,5 months", False, False, "18.5 months"),
        ("1 an", False, False, "1 year"),
        ("18,5 ans", True, True, None),
        ("12", False, False, None),
        ("12-24 months", False, False, None),
        ("< 18 ans", True, True, None),
        ("no minimum", True, True, None),
        ("18 to 75", True, True, None),
        ("018", True, True, None),
        ("eighteen", True, True, None),
    ],
)
def test_spans(text: str, bare: bool, whole: bool, written: str | None) -> None:
    assert one_reading.span(text, unlimited=True, bare=bare, whole=whole) == written


@pytest.mark.parametrize(
    ("text", "words", "word"),
    [
        ("RECRUITING", tuple(STATE_OF), "recruiting"),
        ("Active, not recruiting", tuple(STATE_OF), "active_not_recruiting"),
        ("ACTIVE_NOT_RECRUITING", tuple(STATE_OF), "active_not_recruiting"),
        ("En cours de recrutement", tuple(STATE_OF), "recruiting"),
        ("Terminé", tuple(STATE_OF), "completed"),
        ("recrutement terminé", tuple(STATE_OF), "active_not_recruiting"),
        ("not recruiting", tuple(STATE_OF), None),
        ("ne recrute pas", tuple(STATE_OF), None),
        ("ongoing", tuple(STATE_OF), None),
        ("closed", tuple(STATE_OF), None),
        ("femmes", SEXES, "female"),
        ("not women", SEXES, None),
        ("femmes", tuple(STATE_OF), None),
        ("EARLY_PHASE1", PHASES, "early_1"),
    ],
)
def test_words(text: str, words: tuple[str, ...], word: str | None) -> None:
    assert one_reading.word(text, words) == word


@pytest.mark.parametrize(
    ("text", "number"),
    [("1 200", "1200"), ("1,200", "1200"), ("240 patients", "240"), ("n = 240", "240"), ("240.0", "240"),
     ("010", None), ("2,5", None), ("24O", None), ("240-300", None), ("about 240", None), ("-240", None), ("0", None)],
)  # fmt: skip
def test_numbers(text: str, number: str | None) -> None:
    assert one_reading.number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("https://clinicaltrials.gov/study/NCT05523167", "NCT05523167"),
        ("https://clinicaltrials.gov/study/nct05523167?tab=x", "NCT05523167"),
        ("NCT 05523167", "NCT05523167"),
        ("NCTO5523167", "NCT05523167"),
        ("NCT0552316", None),
        ("NCT055231678", None),
        ("NCT05523167 and NCT05523168", None),
        ("EudraCT 2021–001277–23", "2021-001277-23"),
        ("https://www.isrctn.com/ISRCTN12345678", "ISRCTN12345678"),
        ("bigtim", None),
    ],
)
def test_study_numbers(text: str, number: str | None) -> None:
    assert one_reading.study_number(text) == number


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("18", "{min: 18}"),
        ("18+", "{min: 18}"),
        ("≥ 18", "{min: 18}"),
        ("18 ans et plus", "{min: 18}"),
        ("18 years and over", "{min: 18}"),
        ("18-75", "{min: 18, max: 75}"),
        ("de 18 à 75 ans", "{min: 18, max: 75}"),
        ("18 to 75 years", "{min: 18, max: 75}"),
        ("75-18", None),
        ("under 75", None),
        ("over 18", None),
        ("18 months", None),
        ("adults", None),
        ("18 and 75", None),
        ("18-", None),
    ],
)
def test_ages(text: str, bounds: str | None) -> None:
    assert one_reading.ages(text) == bounds
