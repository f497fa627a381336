"""How much a screen names and what it only counts, whatever there is to name."""

from __future__ import annotations

import itertools
import re
from typing import get_args

import pytest

from myofind.domain.rules import CountryRule, Span
from myofind.domain.trial import Contact, Design, Note, Trial
from myofind.report.trial_page import listing
from myofind.report.values import QUESTIONS, Turns18
from myofind.words import advice
from myofind.words.wording import Lang
from myofind.writers import near_screen
from myofind.writers.advice_screen import _question, _turns_18
from myofind.writers.answer_screen import perhaps_there
from myofind.writers.columns import cell_len
from myofind.writers.formats import writer
from myofind.writers.json_values import _present
from myofind.writers.layout import Layout
from myofind.writers.phrases import read, read_line
from myofind.writers.places import countries, nearest_first
from myofind.writers.styles import facts_read, on_shared_lines, paragraph
from tests.report.small import ADULT, CHILD, CROWDED_DAY, DAY, asked, store
from tests.report.test_golden import CROWDED
from tests.run import text_of
from tests.test_screens import answered
from tests.together import together

LANGUAGES: tuple[Lang, ...] = get_args(Lang)
CODES = ("DE", "ES", "IT", "GB", "US", "CA", "JP", "CN", "AU")


@together((number, complete) for number in range(len(CODES) + 1) for complete in (True, False))
def test_at_most_six_countries_of_a_trial_are_named_and_the_others_counted(number: int, complete: bool) -> None:
    told = countries(Trial("NCT00000001", "interventional", countries=CountryRule(CODES[:number], complete)), "en")
    if not number:
        assert told == "places not recorded"
        return
    more = re.search(r" \+(\d+)", told)
    named = re.findall("[A-Z]{2}", told)
    assert len(named) == min(6, number)
    assert len(named) + (int(more[1]) if more else 0) == number
    assert told.endswith(" and others") != complete


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_near_misses_of_each_kind_are_listed_up_to_fifteen_and_counted_beyond(lang: Lang) -> None:
    typed = CROWDED["crowded"]._replace(countries=("BR",))
    whole = asked(typed, lang=lang, registry=store("crowded"), day=CROWDED_DAY)
    misses = [miss for miss in whole.within_reach if miss.remedy == "country" and miss.id.startswith("NCT")]
    for number in (1, 14, 15, 16, 30):
        reached = whole._replace(within_reach=tuple((misses * number)[:number]))
        for calm in (True, False):
            page = text_of(list(near_screen.page(reached, Layout(lang, calm=calm, near=True))))
            listed = min(number, 15) if calm else number
            assert len(re.findall(r"NCT\d{8}", page)) == listed
            assert [int(each) for each in re.findall(r"(\d+) \D*\(--near --all\)", page)] == [number - listed] * (number > listed)  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_trials_of_an_18th_birthday_are_named_where_it_is_near(lang: Lang) -> None:
    whole = asked(CHILD, lang=lang)
    assert whole.turns_18 is not None
    for years, near in ((0, True), (2, True), (3, False), (9, False)):
        birthday = whole.turns_18._replace(on=DAY.replace(year=DAY.year + years))
        told = " ".join(text_of(list(_turns_18(whole._replace(turns_18=birthday), Layout(lang), 3))).split())
        assert birthday.on.isoformat() in told
        assert birthday.soon(DAY) == near
        for opens in (birthday.to_tell_opens, birthday.to_tell_closes):
            assert str(len(opens)) in told
        assert ("open: " in told or "s'ouvrent : " in told) == bool(near and birthday.to_tell_opens)
        assert ("close: " in told or "se ferment : " in told) == bool(near and birthday.to_tell_closes)
    nothing = Turns18(DAY, (), (), (), ())
    assert ";" not in text_of(list(_turns_18(whole._replace(turns_18=nothing), Layout(lang), 3)))
    assert list(_turns_18(whole._replace(turns_18=None), Layout(lang), 3)) == []


@together(itertools.product(("dm, treated", "asys, worsening", "imnm, HMGCR"), LANGUAGES, (40, 60, 80, 100, 140)))
def test_the_facts_as_read_in_brief_leave_out_no_more_than_there_is_no_room_for(
    name: str, lang: Lang, width: int
) -> None:
    whole = answered(name, lang)._replace(notes=())
    layout = Layout(lang, width)
    told = read(whole.asked, whole.stamp, lang, brief=True)
    day = f"  [{whole.stamp.day.isoformat()}]"

    def lines(left: int) -> list[str]:
        """The facts without so many before the last, which are counted."""
        more = f"{left} more (--limit 0)" if lang == "en" else f"{left} de plus (--limit 0)"
        parts = (*told[: -left - 1], more, told[-1]) if left else told
        return text_of(paragraph(read_line(parts, lang), width)).splitlines()

    for brief in (True, False):
        laid = text_of(list(facts_read(whole, layout, brief))).rstrip("\n").splitlines()
        if cell_len(read_line(told, lang) + day) <= width:
            assert laid == [read_line(told, lang) + day]
            continue
        left = next((left for left in range(len(told) - 1) if len(lines(left)) <= 3 or not brief), len(told) - 2)
        assert laid == lines(left)


@together(itertools.product((None, "2:1"), (None, Span(24, "weeks")), (None, True, False), (None, Span(4, "weeks"))))
def test_of_a_design_everything_recorded_is_given_and_nothing_else(
    ratio: str | None, placebo: Span | None, extension: bool | None, visits: Span | None
) -> None:
    told = _present(Design(ratio, placebo, extension, visits))
    wanted = {"ratio": ratio, "placebo": placebo and "24 weeks", "extension": extension, "visits": visits and "4 weeks"}
    assert told == {key: value for key, value in wanted.items() if value is not None}


def test_of_a_contact_the_label_is_given_in_both_languages() -> None:
    label = Note("study line", "ligne de l'étude")
    assert _present(Contact("FR", "+33 1", label=label)) == {
        "where": "FR", "phone": "+33 1", "label": {"en": "study line", "fr": "ligne de l'étude"},
    }  # fmt: skip
    assert _present(Contact()) == {}
    assert asked(ADULT, questions=QUESTIONS).turns_18 is None


@together(itertools.product(("dm, treated", "ibm"), LANGUAGES, (91, 92)))
def test_the_places_have_a_column_from_92_columns_on(name: str, lang: Lang, width: int) -> None:
    """Below that they stand on a line below the row."""
    laid = writer("table", "answer")(answered(name, lang), Layout(lang, width))
    assert not isinstance(laid, str)
    lines = text_of(list(laid)).splitlines()
    head = next(line for line in lines if line.startswith(("Verdict ", "Avis ")))
    assert head.endswith(("Places", "Lieux")) == (width == 92)
    assert all(cell_len(line) <= width or "http" in line for line in lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_of_one_trial_is_headed_by_its_name(lang: Lang) -> None:
    trials = list(store().trials())
    several = writer("html", "cards")(listing(store(), trials[:2], DAY), Layout(lang))
    one = writer("html", "cards")(listing(store(), trials[:1], DAY), Layout(lang))
    heads = [re.search("<h1[^>]*>([^<]*)<", str(page)) for page in (one, several)]
    assert all(heads)
    general = "Myositis trials" if lang == "en" else "Essais dans les myosites"
    assert [found[1] == general for found in heads if found] == [False, True]


@together(itertools.product(range(6), (14, 20, 30, 44, 60), (1, 2, 3), (None, 45)))
def test_names_on_shared_lines_are_as_many_as_fit_and_the_others_are_counted(
    count: int, width: int, lines: int, most: int | None
) -> None:
    names = ["short", "a longer name", "x", "another one", "last"][:count]
    shared, unnamed = on_shared_lines("also ", names, "--all", Layout(width=width, most=most), lines)

    def laid(named: int) -> list[str]:
        left = count - named
        more = [f"{left} more (--all)" if named else f"{left} (--all)"] if left else []
        return text_of(paragraph("also " + " · ".join([*names[:named], *more]), width)).splitlines()

    fitting = [named for named in range(1, count + 1) if len(laid(named)) <= lines]
    named = count if most is None else max(fitting, default=0)
    assert (text_of(shared).splitlines(), unnamed) == (laid(named), count - named)


@together(itertools.product(("dm, treated", "asys, worsening"), LANGUAGES, range(20, 150, 3)))
def test_a_question_stands_with_its_answers_on_one_line_or_on_as_few_as_hold_it(
    name: str, lang: Lang, width: int
) -> None:
    whole = answered(name, lang)
    for effect in whole.ask_next.first:
        asked = f"  {advice.fact(effect.fact, whole.asked.patient, lang)}{':' if lang == 'en' else ' :'} "
        settles = advice.effect(effect.settles, effect.may_settle, 9, lang)
        options = advice.option(effect.fact, whole.asked.patient, lang)
        first = options.partition(" | ")[0]
        lines = text_of(list(_question(effect, 9, whole, Layout(lang, width)))).splitlines()
        shown = [option for option in (options, first) if cell_len(f"{asked}{settles}  {option}") <= width]
        if shown:
            assert lines == [f"{asked}{settles}  {shown[0]}"]
        elif cell_len(asked + settles) <= width:
            assert lines == [asked + settles, f"    {options}"]
        else:
            tail = [f"    {settles}  {options}"]
            tail = tail if cell_len(tail[0]) <= width else [f"    {settles}", f"    {options}"]
            assert lines == [*text_of(paragraph(asked.rstrip(), width)).splitlines(), *tail]


@together(itertools.product(("dm, treated", "imnm, HMGCR"), LANGUAGES))
def test_of_a_trial_that_perhaps_runs_in_the_country_two_countries_are_named(name: str, lang: Lang) -> None:
    whole = answered(name, lang)
    counts = [len(row.trial.countries.listed) for row in whole.rows if row.trial.countries]
    assert min(counts) <= 2 < max(counts)
    for row in whole.rows:
        listed = list(nearest_first(row.trial, whole.asked.patient.countries))
        text = " ".join(text_of(list(perhaps_there(whole, [row], Layout(lang), 3).lines)).split())
        assert f" {' '.join(listed[:2])}".rstrip() in text
        assert (" +" in text) == (len(listed) > 2)
