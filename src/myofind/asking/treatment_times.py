"""When a typed treatment was begun, changed and stopped, and whether it is taken: every word beside the drug and its dose is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from myofind.asking.as_typed import typed_between
from myofind.asking.fact_times import read_span, read_time
from myofind.asking.tokens import Text, Token, refusal
from myofind.asking.treatment_refusals import how_long, paused, puzzled, which_time
from myofind.asking.treatment_tokens import (
    AND_THEN,
    course_start,
    lately,
    of_beginning,
    of_period,
    trim,
    year_before,
)
from myofind.asking.treatment_words import (
    AGAIN,
    BEFORE,
    CHANGES,
    FAILED,
    HARMLESS,
    LAST,
    NEVER,
    NOT_GIVEN,
    NOT_NOW,
    NOW,
    PAUSE,
    PLANNED,
    RECEIVED,
    TAKEN,
    THEN,
    WHEN,
)
from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.domain.patient import Amount, Status, Treatment, When
from myofind.domain.treatment_facts import STANDS_FOR, of_class
from myofind.names.normal import word_set
from myofind.records import NamedTuple

__all__ = ["DrugName", "TreatmentWords"]


class DrugName(NamedTuple):
    """Where a drug is named, how, and its id."""

    start: int
    end: int
    drug: str
    words: str


_REASON = FAILED | NOT_GIVEN | word_set(
    "toxicity toxicite nausea nausees vomiting vomissements cytolyse cytolysis side effect effects effet effets secondaire secondaires indesirable indesirables adverse"
    " event events pregnancy grossesse liver hepatic hepatique hepatitis hepatite digestive renal remission infection infections cytopenia cytopenie nebenwirkung nebenwirkungen because due of car"
    " to raison cause wegen indicated indique indiquee lack manque d efficacite efficacy - and et tolere toleree tolerated supporte supportee vertragen faute"
    " zoster zona herpes retinopathy retinopathie maculopathy maculopathie pancreatitis pancreatite thrombosis thrombose surgery chirurgie diarrhea diarrhoea diarrhee diarrhees alopecia alopecie headache"
    " cephalees meningitis meningite aseptic aseptique pneumonitis leukopenia leucopenie neutropenia neutropenie lymphopenia lymphopenie thrombopenia thrombopenie hypogammaglobulinemia hypogammaglobulinemie"
    " desir cancer neoplasie"
)  # fmt: skip
"""Why a drug was stopped: passed over aloud."""
_LONGER_AGO = re.compile(
    r"(?:il y a |vor )?(?:plus (?:de |d')|more than |over |mehr als |> ?)(?P<time>[0-9]+ ?[a-z]+)(?: ago)?"
)
"""`more than a year ago`: the day is not known, but it is not later than that."""
_BEFORE_END = _REASON - word_set(
    "refuse refusee refused declined contre contraindicated contraindication kontraindiziert indicated indique indiquee"
)
"""Of these words those that may stand before the end they gave the reason for: `mal toléré, arrêté en 2022`."""
_UNTIL_NOW = frozenset(("depuis", "since", "seit", "for", "ago", "vor", "il"))
_LENGTH = re.compile(r"(?:for |pendant |x )?[0-9]+ ?[a-z]+")
_STATUS: dict[str, Status] = {"never": "never", "not_now": "not_now", "now": "now", "past": "past"}


def _reason_before(rest: Sequence[Token], stopped: int) -> int:
    """The place before the reason that stands right before the end of a treatment; that of the end where none does."""
    first = stopped
    while first and rest[first - 1].text in _BEFORE_END | {",", "(", ")"}:
        first -= 1
    return first - 1 if any(len(token.text) > 2 for token in rest[first:stopped]) else stopped


class TreatmentWords:
    """What the words beside a drug say: when it was begun, changed and stopped, whether it is taken."""

    def __init__(self, text: Text, name: DrugName, day: date, rest: Sequence[Token]) -> None:
        self.text, self.name, self.day, self.rest = text, name, day, rest
        self.times: dict[str, list[Token]] = {}
        self.flags: list[str] = []
        self.loose: list[Token] = []
        """Words of a time before which nothing says which time it is."""
        self.reason = ""
        self.earlier = ""
        self.ended_on: When | None = None
        """The words of a course that had ended before the drug was taken again."""
        self.ended = False
        """Does a word say that it ended, and not only when it was last given?"""
        self.name_at = text.tokens[name.start].start
        self.began = 0
        """Where the words of the course that counts begin in the text, behind those of the courses before it."""
        self._sort(rest)

    def read(self, dose: Amount | None) -> Treatment:
        """The treatment; raises InputError for a word that is not understood, and Ambiguous where a time may be two."""
        self._settle()
        flags, rest = self.flags, self.rest
        if len(flags) > 1 or (flags and flags != ["now"] and (self.times or dose)):
            signed = NEVER | NOT_NOW | NOW | BEFORE | TAKEN
            raise self._puzzled(next((token for token in rest if token.text in signed), rest[0]))
        days = {kind: self._day(tokens) for kind, tokens in self.times.items()}
        if self.times.get("until") == [] and not self.ended:
            raise self._puzzled(next(token for token in rest if token.text in LAST))  # the last time, and no day of it
        if self._paused():
            raise paused(self.text.typed, self.name.words, self.text.part(self.times["until"]))
        if (tapered := [token for token in rest if token.text == "tapered"]) and not (dose or days.get("changed")):
            raise self._puzzled(tapered[0])  # to less, or off
        if "until" in days and flags == ["now"]:
            raise self._puzzled(rest[0])
        status: Status = "past" if "until" in days else _STATUS[flags[0]] if flags else "now"
        since, until = days.get("since"), days.get("until")
        self._check_order(since)
        if since and until and since.first and until.last and since.first > until.last:
            raise self._ends_first(since)
        return Treatment(self.name.drug, status, since, days.get("changed"), until, dose)

    def _paused(self) -> bool:
        """Is a length of time that of a pause, which may be over: `interrompu 2 semaines`?"""
        words = {token.text for token in self.rest}
        if PAUSE.isdisjoint(words) or not words.isdisjoint(_UNTIL_NOW):
            return False
        return _LENGTH.fullmatch(self.text.part(self.times.get("until", ()))) is not None

    def _sort(self, rest: Sequence[Token]) -> None:
        """Every token to the time it belongs to, or to the flags."""
        if any(token.text in NEVER for token in rest):
            rest = [token for token in rest if token.text not in RECEIVED | {"to", "zu", "-", "any", "aucun", "aucune"}]
        rest = self._without_reason(rest)
        current: list[Token] | None = None
        for at, token in enumerate(rest):
            word = token.text
            apart = lately(rest, at, self.name_at) or of_period(self.text.folded, rest, at, current)
            kind = None if apart else WHEN.get(word)
            if word in LAST and any(each.text in CHANGES for each in rest[at + 1 : at + 3]):
                continue
            if word in ("since", "depuis", "seit", "for") and current == [] and current is not self.times.get("since"):
                continue
            if word == "to" and current == []:
                continue
            if kind == "since" and word == "from" and current:
                kind = None
            ended = "until" in self.times or (word in AGAIN and self.loose and not self.times)
            if kind == "since" and ended and (word in AGAIN or self.times.get("since")):
                self._end_course(rest[:at])
                self.began = course_start(rest, at)
            self.ended = self.ended or (kind == "until" and word not in LAST)
            if kind is not None:
                if kind in self.times:
                    if self.times[kind] or any(each.text == word for each in rest[:at]):
                        raise self._puzzled(token)
                    continue
                current = self.times[kind] = []
            elif word in NEVER | NOT_NOW | NOW:
                self.flags.append("never" if word in NEVER else "not_now" if word in NOT_NOW else "now")
            elif current is not None and (
                current or word not in (HARMLESS | RECEIVED) - {"il"} or year_before(rest, at)
            ):
                current.append(token)
            elif current is not None and word in RECEIVED:
                continue
            elif word == "before" and token.start < self.text.tokens[self.name.start].start:
                raise self._puzzled(token)  # what was taken before the drug, not the drug
            elif word in BEFORE | TAKEN and not self.loose:
                self.flags.append("past")
            elif word not in HARMLESS or self.loose or word in ("il", "for"):
                self.loose.append(token)

    def _end_course(self, told: Sequence[Token]) -> None:
        """Everything up to here is of a course that had ended: what follows is another one, and only its times count."""
        if "never" in self.flags or "not_now" in self.flags:
            raise self._puzzled(told[-1])
        trim(self.loose)
        if self.loose:
            self._loose_time()
        for tokens in self.times.values():
            while tokens and tokens[-1].text in THEN | AND_THEN:
                tokens.pop()
        days = {kind: self._day(tokens) for kind, tokens in self.times.items()}
        self._check_order(days.get("since"))
        self.ended_on = days.get("until")
        words = [token for token in told if token.text not in THEN | AND_THEN]
        self.earlier = self.text.part(words).strip(" ,;:()")
        self.times.clear()
        self.flags.clear()
        self.loose.clear()

    def _check_order(self, since: When | None) -> None:
        """Raise InputError where a course begins before the one before it had ended."""
        if since and since.last and self.ended_on and self.ended_on.first and self.ended_on.first > since.last:
            raise self._ends_first(since)

    def _ends_first(self, since: When) -> InputError:
        """That the end of a course lies before its beginning, and how to type the one that goes on."""
        name, began = self.name.words, typed_between(since)
        again = (f"{name} since {began}", f"{name} depuis {began}")
        return refusal(
            f"`{shown(self.text.typed)}` ends before it begins",
            f"`{shown(self.text.typed)}` finit avant de commencer",
            (f"if it was taken again, write `{again[0]}`", f"s'il a été repris, écrire `{again[1]}`"),
        )

    def _without_reason(self, rest: Sequence[Token]) -> list[Token]:
        """The tokens without the reason for which a drug was stopped."""
        stopped = next((at for at, token in enumerate(rest) if WHEN.get(token.text) == "until"), None)
        if stopped is None:
            return list(rest)
        stopped = _reason_before(rest, stopped)
        told = [at for at, token in enumerate(rest) if at > stopped and token.text in _REASON]
        telling = [at for at in told if rest[at].text.isalpha() and len(rest[at].text) > 3]
        if not telling or any(of_beginning(rest, at) for at in telling):
            return list(rest)
        first, last = telling[0], telling[-1]
        while first - 1 > stopped and rest[first - 1].text in _REASON | {
            "for",
            "due",
            "to",
            "because",
            "of",
            "wegen",
            "pour",
            "par",
            "(",
            "en",
            "a",
            "l",
            "'",
            "de",
        }:
            first -= 1
        while last + 1 < len(rest) and rest[last + 1].text == ")":
            last += 1
        if not all(rest[at].text in _REASON | HARMLESS for at in range(first, last + 1)):
            return list(rest)
        self.reason = self.text.part(rest[first : last + 1]).strip("() ")
        return [*rest[:first], *rest[last + 1 :]]

    def _settle(self) -> None:
        """Flags that go together, and a time without a word before it, given to the one word that lacks it or asked about."""
        flags = self.flags
        if set(flags) == {"now"}:
            flags[:] = ["now"]
        if "past" in flags and ("not_now" in flags or "never" in flags):
            flags[:] = ["never"] if flags.count("never") + flags.count("not_now") == 1 else flags
        if flags[:1] == ["past"] and len(set(flags)) == 1:
            flags[:] = [] if "until" in self.times else ["past"]
        if flags == ["not_now"] and (self.loose or self.times.keys() == {"since"}):
            raise self._not_since()
        trim(self.loose)
        if not self.loose:
            return
        when = self._loose_time()
        empty = [kind for kind, tokens in self.times.items() if not tokens]
        words = self.text.part(self.loose)
        lasting = re.search(r"\b(?:19|20)[0-9]{2}\b|\bago\b|\bil y a\b|\bvor\b", words) is None
        if lasting and (empty or (not self.times and not flags)):
            raise how_long(self.text.typed, self.name.words, words)
        if len(empty) == 1 and not flags:
            self.times[empty[0]] = self.loose
        elif flags == ["now"] and not self.times:
            self.times["since"] = self.loose
        elif not self.times and flags in ([], ["past"]) and any(of_class(self.name.drug, once) for once in STANDS_FOR):
            flags.clear()
            self.times["until"] = self.loose
        elif not self.times and flags in ([], ["past"]):
            days = typed_between(when)
            words = self.text.part(self.loose) if days.startswith("between") else days
            raise which_time(self.text.typed, self.name.words, words, past=bool(flags), ago=words is not days)
        else:
            raise self._puzzled(self.loose[0])

    def _loose_time(self) -> When:
        """The days that the words without a place mean, the last of several; raises InputError where they are no time."""
        if not any(token.text[0].isdigit() for token in self.loose):
            raise self._puzzled(self.loose[0])
        joints = [at for at, token in enumerate(self.loose) if token.text in THEN | AND_THEN - {"-"}]
        if joints and len(self.loose) > joints[-1] + 1:
            ends = [-1, *joints, len(self.loose)]
            times = [self.loose[first + 1 : last] for first, last in pairwise(ends)]
            whens = [self._time(tokens) for tokens in times if tokens]
            if all(before.last and after.first and before.last < after.first for before, after in pairwise(whens)):
                self.loose = times[-1]
                return whens[-1]
        return self._time(self.loose)

    def _time(self, tokens: Sequence[Token]) -> When:
        """The days that some words mean; raises InputError where they are no time."""
        words = self.text.part(tokens)
        try:
            if (longer := _LONGER_AGO.fullmatch(words)) is not None:
                return When(date.min, read_time(f"for {longer['time']}", self.day).last)
            return read_span(words, self.day)
        except Ambiguous:
            raise
        except InputError:
            raise self._puzzled(tokens[0]) from None

    def _not_since(self) -> InputError:
        """`no rituximab for two years`: whether it was taken before is not said."""
        tokens = self.loose or [token for tokens in self.times.values() for token in tokens]
        if not tokens:
            return self._puzzled(self.text.tokens[0])
        when = read_span(self.text.part(tokens), self.day)
        assert when.last is not None
        days = typed_between(when)
        days = when.last.isoformat() if days.startswith("between") else days
        return which_time(self.text.typed, self.name.words, days, past=True, never=True)

    def _day(self, tokens: list[Token]) -> When | None:
        """The day after a word; none where `stopped` stands alone."""
        trim(tokens)
        if not tokens:
            return None
        if (
            doubtful := next((token for token in tokens if token.text in FAILED | NOT_GIVEN | PLANNED), None)
        ) is not None:
            raise self._puzzled(doubtful)
        words = self.text.part(tokens)
        if (longer := _LONGER_AGO.fullmatch(words)) is not None:
            return When(date.min, read_time(f"for {longer['time']}", self.day).last)
        return read_time(words, self.day, bare=True)

    def _puzzled(self, token: Token) -> InputError:
        others = [token.text for token in self.text.tokens[: self.name.start] + self.text.tokens[self.name.end :]]
        return puzzled(self.text, token, self.name.words, others)
