"""The answer on a screen: reference patients of the shipped registry, at several widths, in both languages."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from html import unescape

import pytest

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.names.regions import distance
from myofind.registry.compiled import Store, open_store
from myofind.registry.location import registry_path
from myofind.registry.search import Finder
from myofind.report.answer import Wanted, answer
from myofind.report.beside import later, nearest_elsewhere, worth_a_call, worth_asking
from myofind.report.trial_page import explanation
from myofind.report.values import QUESTIONS, Answer, TrialRow
from myofind.words.advice import opening
from myofind.words.summary import totals
from myofind.words.wording import STATUSES, VERDICTS, Lang, pick, verdict
from myofind.writers.answer_screen import perhaps_there, studies
from myofind.writers.columns import cell_len
from myofind.writers.formats import WRITERS, writer
from myofind.writers.layout import Layout
from myofind.writers.phrases import note, row_label, what
from myofind.writers.places import contacts
from myofind.writers.row_words import RowWords
from tests.reference_patients import REFERENCE
from tests.run import text_of

DAY = date(2026, 11, 25)
LINES = 45
"""The most an answer may take at 100 columns."""
WIDTHS = (80, 100, 140)
LANGUAGES: tuple[Lang, ...] = ("en", "fr")
EVERY = pytest.mark.parametrize(("name", "lang"), [(name, lang) for name in REFERENCE for lang in LANGUAGES])


@cache
def shipped() -> Store:
    return open_store(registry_path())


@cache
def answered(name: str, lang: Lang) -> Answer:
    typed = REFERENCE[name]
    return answer(shipped(), understand(typed, DAY, lang=lang), typed, DAY, Wanted(limit=60, questions=QUESTIONS))


def laid(name: str, lang: Lang, width: int | None, *, styled: bool = False, most: int | None = LINES) -> list[str]:
    """The lines of an answer, laid out once for all that is asked of them."""
    return list(_laid(name, lang, width, styled, most))


@cache
def _laid(name: str, lang: Lang, width: int | None, styled: bool, most: int | None) -> tuple[str, ...]:
    layout = Layout(lang=lang, width=width, styled=styled, most=most)
    lines = writer("table", "answer")(answered(name, lang), layout)
    assert not isinstance(lines, str)
    return tuple(text_of(list(lines)).splitlines())


def here(whole: Answer) -> list[TrialRow]:
    return [row for row in whole.rows if row.runs_here]


@EVERY
def test_an_answer_takes_at_most_45_lines_at_100_columns(name: str, lang: Lang) -> None:
    assert len(laid(name, lang, 100, styled=True)) <= LINES
    assert len(laid(name, lang, None)) <= LINES


@EVERY
def test_the_first_row_certainly_runs_in_the_country_where_any_such_trial_fits_or_may_fit(
    name: str, lang: Lang
) -> None:
    whole = answered(name, lang)
    lines = laid(name, lang, 100)
    head = next((at for at, line in enumerate(lines) if line.startswith("Verdict ")), None)
    if not whole.rows:
        assert head is None
        return
    assert head is not None
    certain = here(whole)
    first = (certain or list(whole.rows))[0]
    assert row_label(first.study, lang).split()[0] in lines[head + 1]
    assert any(row.runs_here for row in whole.rows) == bool(certain)


@EVERY
def test_the_last_screenful_names_the_trials_worth_a_call_and_whom_to_call(name: str, lang: Lang) -> None:
    whole = answered(name, lang)
    last = "\n".join(laid(name, lang, 100)[-24:])
    taking = [row for row in here(whole) if row.study.recruitment.state in ("open", "upcoming")][:3]
    for row in taking:
        assert row.trial.id in last, row.trial.id
    assert not taking or ("Worth a call" if lang == "en" else "À appeler") in last


@EVERY
def test_the_trials_worth_a_call_have_rows_and_the_others_a_row_or_a_verdict(name: str, lang: Lang) -> None:
    whole = answered(name, lang)
    for width in WIDTHS:
        lines = laid(name, lang, width)
        rows = [line for line in lines if re.match(r"(match\??|possible|convient( \?)?) ", line)]
        for row in worth_a_call(whole):
            assert any(f"  {row_label(row.study, lang).split()[0]}" in line for line in rows), (row.trial.id, width)
        also = " ".join(lines[at] for at, line in enumerate(lines) if line.startswith(("also ", "aussi ")))
        assert not also or re.match(r"(also|aussi) (match\??|possible|convient( \?)?) ?: ", also), width
        assert len(rows) >= min(3, len(here(whole))), width


@EVERY
def test_a_row_says_what_is_tested_and_a_fact_by_name_or_how_much_was_read(name: str, lang: Lang) -> None:
    whole = answered(name, lang)
    words, text = RowWords(whole, lang), " ".join(" ".join(laid(name, lang, 100)).split())
    for row in worth_a_call(whole):
        about, short = what(row.study, lang), words.in_short(row)
        assert about.partition(",")[0] in text
        named = short.settle[-2] if len(short.settle) > 1 else ""
        assert re.split(r" ?; | \(", named)[0] in text
        assert not short.unread or any(unread in text for unread in short.unread)


@pytest.mark.parametrize(
    ("name", "width", "lang"),
    [(name, *((80, "fr"), (100, "en"), (140, "fr"))[place % 3]) for place, name in enumerate(REFERENCE)],
)
def test_rich_lays_out_what_the_pipe_says_and_crops_nothing(name: str, lang: Lang, width: int) -> None:
    plain = laid(name, lang, width, most=None)
    styled = laid(name, lang, width, styled=True, most=None)
    assert [line for line in styled if not re.fullmatch("─+", line)] == plain
    assert "…" not in "".join(plain).replace("-F", "").replace(" …", "")


@EVERY
def test_lines_fit_and_numbers_and_addresses_are_whole(name: str, lang: Lang) -> None:
    for width in WIDTHS:
        lines = laid(name, lang, width)
        for line in lines:
            wide = cell_len(line) > width
            assert not wide or re.search(r"https?://\S{30}|^ +(-[AFT] |myofind )", line), (line, width)
        text = "\n".join(lines)
        assert not re.search(r"NCT\d{0,7}$", text, re.MULTILINE), width
        assert not re.search(r"NCT\d{1,7}(?!\d)", text), width


@EVERY
def test_every_trial_is_shown_or_counted_as_left_out(name: str, lang: Lang) -> None:
    whole = answered(name, lang)
    text = " ".join(" ".join(laid(name, lang, 100)).split())
    shown = int(re.search(r"(?:Shown|Affichés) : ?(\d+)|Shown: (\d+)", text).expand(r"\1\2"))  # type: ignore[union-attr]
    more = re.search(r"(?:Left out|Non affichés) ?: (\d+) (?:more|autres)", text)
    assert shown + (int(more[1]) if more else 0) == whole.shown + whole.left_out.held_back
    named = {row.trial.id for row in whole.every_row if _is_named(row, lang, text)}
    assert shown <= len(named)


def _is_named(row: TrialRow, lang: Lang, text: str) -> bool:
    return row_label(row.study, lang) in text or row.trial.id in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_name_of_a_row_leads_back_to_that_trial_alone(lang: Lang) -> None:
    finder = Finder(shipped().trials())
    seen = set()
    for name in REFERENCE:
        for row in answered(name, lang).every_row:
            if row.trial.id not in seen:
                seen.add(row.trial.id)
                assert [one.id for one in finder.find(row_label(row.study, lang))] == [row.trial.id]
    assert len(seen) > 60


@EVERY
def test_the_facts_as_read_come_first_after_an_emergency(name: str, lang: Lang) -> None:
    whole = answered(name, lang)
    lines = laid(name, lang, 100)
    at = next(at for at, line in enumerate(lines) if line.startswith("Read: " if lang == "en" else "Lu : "))
    assert any(note.safety for note in whole.notes) == lines[0].startswith("! ")
    assert at == 0 or any(note.safety for note in whole.notes)


def test_more_is_shown_where_all_is_asked_for() -> None:
    whole = answered("dm", "en")
    fitted, everything = laid("dm", "en", 100), laid("dm", "en", 100, most=None)
    assert len(everything) > len(fitted)
    text = " ".join(everything)
    for row in here(whole):
        if row.trial.eligibility.check_by_hand:
            assert row.trial.id in text
    assert "in part" not in text
    assert "more (--limit 0)" not in text


def test_an_emergency_sends_to_the_french_board_in_france_only() -> None:
    french = laid("dm, MDA5, lungs", "en", 140)
    german = laid("asys, worsening", "en", 140)
    assert french[0].startswith("! EMERGENCY: anti-MDA5 with lung disease")
    assert any(line.startswith("! in France: RCP Urgence PID") for line in french[:4])
    assert german[0].startswith("! EMERGENCY: anti-PL-7 with lung disease")
    assert not any("RCP" in line for line in german)
    assert not any("EMERGENCY" in line for line in laid("asys, lungs", "en", 100))


@pytest.mark.parametrize("width", [60, 80])
def test_a_long_question_is_broken_between_words(width: int) -> None:
    typed = Typed(subtypes=("mda5_ild", "overlap"), age="45", countries=("SE",))
    whole = answer(shipped(), understand(typed, DAY, lang="fr"), typed, DAY, Wanted(questions=QUESTIONS))
    printed = writer("table", "answer")(whole, Layout(lang="fr", width=width, most=LINES))
    assert not isinstance(printed, str)
    lines = text_of(list(printed)).splitlines()
    assert any("peut trancher" in line for line in lines)
    assert all(cell_len(line) <= width or re.match(" +-", line) for line in lines if not line.startswith("possible"))


CLINIC = {
    "an adult in Belgium": Typed(subtypes=("dm",), age="58", antibodies=("tif1g",), countries=("BE",)),
    "inclusion bodies in Germany": Typed(subtypes=("ibm",), age="66", countries=("DE",)),
}


def asked_of(name: str, lang: Lang = "en") -> Answer:
    typed = CLINIC[name]
    return answer(shipped(), understand(typed, DAY, lang=lang), typed, DAY, Wanted(questions=QUESTIONS))


def test_a_trial_of_childhood_disease_stands_last_for_who_fell_ill_as_an_adult() -> None:
    """Onset in adulthood is presumed: such a trial asks nothing of the kind of disease, and is not one to ask first."""
    whole = asked_of("an adult in Belgium")
    words = RowWords(whole, "en")
    about = [" ".join(words.about(row)) for row in whole.rows]
    childhood = [place for place, text in enumerate(about) if "only if begun in childhood" in text]
    assert childhood
    fitting = [place for place, row in enumerate(whole.rows) if not row.assessment.firm]
    assert childhood == fitting[-len(childhood) :]
    assert not any("juvenile or adult" in text for text in about)
    assert {row.trial.id for row in worth_asking(whole)}.isdisjoint(whole.rows[place].trial.id for place in childhood)


def test_trials_worth_asking_head_those_that_perhaps_run_in_the_country() -> None:
    whole = asked_of("an adult in Belgium")
    assert not worth_a_call(whole)
    may_fit = [row for row in whole.rows if not row.assessment.firm and row.verdict != "excluded"]
    taking = [row for row in may_fit if row.study.recruitment.state in ("open", "upcoming")]
    assert taking[:3] == list(worth_asking(whole))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_trial_does_not_say_of_the_disease_is_asked_first(lang: Lang) -> None:
    """However short a row is: what decides for the whole diagnosis is never among the facts that are only counted."""
    whole = asked_of("inclusion bodies in Germany", lang)
    words = RowWords(whole, lang)
    doubtful = [row for row in whole.rows if any(one.code == "not_said" for one in row.criteria)]
    assert doubtful
    for row in doubtful:
        settle, _, _ = words.in_short(row)
        for text in settle:
            assert (
                text.partition(":")[2]
                .strip()
                .startswith(
                    {"en": "inclusion body myositis admitted or not", "fr": "myosite à inclusions admise ou non"}[lang]
                )
            )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CLINIC)
def test_whom_to_call_is_somebody_known_wherever_that_is_or_the_page_of_the_register(name: str, lang: Lang) -> None:
    whole = asked_of(name, lang)
    for row in worth_asking(whole):
        (first, *_) = contacts(row.study, whole.asked.patient.countries, lang)
        known = [way for one in row.trial.contacts for way in (one.phone, one.email, one.url) if way]
        assert any(way in first for way in known or [row.study.url or "-"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_question_mark_says_not_certain_and_nothing_else(lang: Lang) -> None:
    """One stands after a verdict or a status, is explained below, and never after what is to settle or to ask."""
    end, colon = pick(lang, "?", " ?"), pick(lang, ":", " :")
    bearers = set()
    for name in REFERENCE:
        text = " ".join(" ".join(laid(name, lang, 100)).split())
        remarks = " ".join(note(one, lang) for one in answered(name, lang).notes)
        for found in re.finditer(r"\?(?!\w)", text):
            before = text[: found.start()].rstrip()
            bearer = next((one for one in marked(lang) if before.endswith(one)), "")
            bearers.add(bearer)
            assert bearer or text[found.start() - 20 : found.end()] in remarks, before[-60:]
            assert not bearer or f"{marked(lang)[bearer]}{end}{colon}" in text
    assert len(bearers - {""}) > 2


def marked(lang: Lang) -> dict[str, str]:
    """The words that may bear a question mark, each with the word whose mark is explained."""
    match, status = pick(lang, *VERDICTS["match"]), pick(lang, *STATUSES["recruiting"])
    may = ("not_yet_recruiting", "enrolling_by_invitation", "recruiting")
    return {match: match} | {pick(lang, *STATUSES[one]): status for one in may}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["table", "json", "markdown", "html"])
def test_where_nothing_certainly_runs_here_the_nearest_country_is_named_with_its_trials(form: str, lang: Lang) -> None:
    """Unless what perhaps runs here is known to run as near."""
    typed = Typed(subtypes=("ibm",), age="60", countries=("BE",))
    wanted = Wanted(questions=WRITERS[form].questions)
    whole = answer(shipped(), understand(typed, DAY, lang=lang), typed, DAY, wanted)
    nearest = nearest_elsewhere(whole)
    assert nearest is not None
    country, ids = nearest
    assert distance(("BE",), (country,)) < min(distance(("BE",), countries_of(row)) for row in worth_asking(whole))
    lines = writer(form, "answer")(whole, Layout(lang=lang, width=100, most=LINES))
    text = unescape(lines) if isinstance(lines, str) else text_of(list(lines))
    assert isinstance(lines, str) or len(text.splitlines()) <= LINES
    assert (f'"country": "{country}"' if form == "json" else f"-c {country}") in text
    assert all(id in text for id in ids)
    assert nearest_elsewhere(asked_of("an adult in Belgium")) is None
    assert nearest_elsewhere(answered("dm", lang)) is None


def countries_of(row: TrialRow) -> tuple[str, ...]:
    return row.trial.countries.listed if row.trial.countries else ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_totals_say_which_matches_are_no_trial_to_join(lang: Lang) -> None:
    """A match that has no row as a trial is a study or closed, and counted as such."""
    whole = asked_of("an adult in Belgium", lang)
    rows = sum(row.verdict == "match" for row in whole.rows)
    studies, closed = whole.matches_beside
    assert (studies, closed) == (
        sum(row.verdict == "match" for row in whole.study_rows),
        whole.counts.match - rows - studies,
    )
    assert min(studies, closed) > 1
    text = totals(*whole.counts, *whole.matches_beside, whole.shown, lang)
    assert {"en": f"({studies} studies, {closed} closed)", "fr": f"({studies} études, {closed} fermés)"}[lang] in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_limit_every_trial_has_a_row(lang: Lang) -> None:
    typed = Typed(subtypes=("dm",), age="58", countries=("FR",))
    whole = answer(shipped(), understand(typed, DAY, lang=lang), typed, DAY, Wanted(questions=QUESTIONS))
    lines = writer("table", "answer")(whole, Layout(lang=lang, width=100, most=None))
    assert not isinstance(lines, str)
    text = text_of(list(lines))
    assert any(not row.runs_here for row in whole.rows)
    verdicts = [one for one in text.splitlines() if one.startswith(("match", "possible", "convient"))]
    assert len(verdicts) == len(whole.rows)


@pytest.mark.parametrize(
    ("country", "where"),
    [
        ("NL", "In the Netherlands"),
        ("US", "In the United States"),
        ("GB", "In the United Kingdom"),
        ("FR", "In France"),
    ],
)
def test_countries_bear_their_article(country: str, where: str) -> None:
    typed = Typed(subtypes=("dm",), age="58", countries=(country,))
    whole = answer(shipped(), understand(typed, DAY), typed, DAY, Wanted(questions=QUESTIONS))
    lines = writer("table", "answer")(whole, Layout(width=100, most=LINES))
    assert not isinstance(lines, str)
    assert where in text_of(list(lines))


@pytest.mark.parametrize(
    ("lang", "said", "wrong"),
    [
        ("en", "walking: other than wheelchair", "no walking"),
        ("fr", "marche : autre que fauteuil roulant", "pas de marche"),
    ],
)
def test_what_is_presumed_of_walking_is_never_that_nobody_walks(lang: Lang, said: str, wrong: str) -> None:
    """Of a fact whose usual answer is not simply "no", what the trial excludes is named."""
    typed = Typed(subtypes=("scleromyo",), age="78", sex="male", countries=("BR",), ild=False, refractory=False)
    whole = answer(shipped(), understand(typed, DAY, lang=lang), typed, DAY, Wanted(questions=QUESTIONS))
    told = RowWords(whole, lang).presumed(whole.rows)
    assert said in told
    assert wrong not in told


@pytest.mark.parametrize(("share", "width"), list(enumerate([60, 80, 100])))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_trial_in_full_is_no_wider_than_the_screen(share: int, width: int, lang: Lang) -> None:
    """Whatever the trial and its cohorts are called; a third of the registry at each width."""
    typed = Typed(subtypes=("dm",), age="45", countries=("FR",))
    ids = shipped().index.ids[share::3]
    whole = explanation(shipped(), understand(typed, DAY, lang=lang), typed, ids, DAY)
    lines = writer("table", "explanation")(whole, Layout(lang=lang, width=width))
    assert not isinstance(lines, str)
    rows = text_of(list(lines)).splitlines()
    assert [row for row in rows if cell_len(row) > width and "://" not in row and not re.search(r"\S{45}", row)] == []
    assert all(any(id in row for row in rows) for id in ids)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_several_trials_wait_for_alike_is_said_once(lang: Lang) -> None:
    typed = Typed(subtypes=("dm",), age="33", sex="female", countries=("GB",), antibodies=("mi2",), facts=("pregnant",))
    whole = answer(shipped(), understand(typed, DAY, lang=lang), typed, DAY, Wanted(questions=QUESTIONS))
    openings = [opening(miss.criterion, miss.opens, lang) for miss in later(whole)]
    assert len(openings) > len(set(openings))
    lines = writer("table", "answer")(whole, Layout(lang=lang, width=100, most=None))
    assert not isinstance(lines, str)
    text = " ".join(text_of(list(lines)).split())
    assert all(text.count(one) == 1 for one in openings[:3])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_on_a_shared_line_hides_neither_a_match_nor_an_unknown_status(lang: Lang) -> None:
    typed = Typed(subtypes=("jdm",), age="17", countries=("FR",))
    whole = answer(shipped(), understand(typed, DAY, lang=lang), typed, DAY, Wanted(questions=QUESTIONS))
    perhaps = [row for row in whole.rows if not row.runs_here]
    layout = Layout(lang=lang, width=200, most=LINES)
    for rows, part in ((perhaps, perhaps_there(whole, perhaps, layout, 9)), (whole.study_rows, studies(whole, layout))):
        names = " ".join("".join(cell.text for cell in line) for line in part.lines).partition(": ")[2].split(" · ")
        for row in rows:
            (name,) = (one for one in names if one.startswith(row_label(row.study, lang)))
            judged = verdict(row.verdict, lang, row.assessment.firm)
            assert rows is not perhaps or (f", {judged}" in name) == (row.verdict == "match")
            assert name.endswith(("status unknown", "statut inconnu")) == (row.study.recruitment.state == "unknown")
    assert {row.verdict for row in perhaps} == {"match", "possible"}
    assert {row.study.recruitment.state == "unknown" for row in (*perhaps, *whole.study_rows)} == {True, False}
