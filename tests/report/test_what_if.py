"""What a supposed fact changes, on a screen: every flip under the verdict it leads to, as many as there are."""

from __future__ import annotations

import itertools
import random
import re
from typing import get_args

from myofind.report.values import SupposedFlip, VerdictCounts, WhatIf
from myofind.words.wording import Lang, verdict
from myofind.writers.layout import Layout
from myofind.writers.near_screen import what_if as page
from myofind.writers.phrases import verdicts_of
from tests.report.test_room import crowded, labels
from tests.run import text_of
from tests.together import together

LANGUAGES: tuple[Lang, ...] = get_args(Lang)
VERDICTS = ("match", "possible", "excluded")
CHANGES = [
    (before, after, firm)
    for before, after, firm in itertools.product(VERDICTS, VERDICTS, itertools.product((True, False), repeat=2))
    if before != after or (before == "match" and firm[0] != firm[1])
]


def flips(seed: int) -> list[SupposedFlip]:
    """Every kind of change once, or only some, on trials that are open or closed."""
    chance = random.Random(seed)
    chosen = chance.sample(CHANGES, chance.choice((0, 1, 2, 8, 14)))
    trials = labels(crowded())
    return [
        SupposedFlip(trials[place][0], before, after, chance.choice(("open", "open", "closed")), (), firm)  # type: ignore[arg-type]
        for place, (before, after, firm) in enumerate(chosen)
    ]


@together(itertools.product(range(20), LANGUAGES))
def test_every_flip_of_an_open_trial_stands_once_under_the_verdict_it_leads_to(seed: int, lang: Lang) -> None:
    every, names = flips(seed), dict(labels(crowded(), lang))
    then = WhatIf(("age=20",), crowded().asked, VerdictCounts(1, 2, 3), tuple(every))
    text = text_of(list(page(crowded()._replace(what_if=then), then, Layout(lang, 140))))
    told = [flip for flip in every if flip.recruitment != "closed"]
    lead, *groups = re.split(r"^(?:Then|Alors :) (.+) \((\d+)\)$", text, flags=re.MULTILINE)
    assert re.search(rf"\b{len(told)} verdicts? ", lead)
    assert ("verdicts" in lead) == (len(told) > 1 or (lang == "en" and not told))
    heads = [(groups[at], int(groups[at + 1]), groups[at + 2]) for at in range(0, len(groups), 3)]
    order = [("match", True), ("match", False), ("possible", True), ("excluded", True)]
    wanted = []
    for after, firm in order:
        own = [flip for flip in told if flip.after == after and (after != "match" or flip.firm[1] == firm)]
        wanted += [(verdict(after, lang, firm), own)] if own else []
    assert [(head, count) for head, count, _ in heads] == [(head, len(own)) for head, own in wanted]
    for (_, _, listed), (_, own) in zip(heads, wanted, strict=True):
        for flip in own:
            (line,) = [line for line in listed.splitlines() if flip.id in line]
            assert line.rstrip().endswith(verdicts_of(flip, lang).partition(" → ")[0])
            assert names[flip.id] in line
    closed = len(every) - len(told)
    tail = text[text.rindex("\n\n") :]
    assert bool(re.search(rf"{closed} (?:more|autres?) (?:among|parmi)", tail)) == (closed > 0)
    in_part = any("match" in (flip.before, flip.after) and not all(flip.firm) for flip in told)
    assert ("all criteria" in tail or "tous les critères" in tail) == in_part
    assert len(re.findall(" → ", tail)) == len(VERDICTS)


@together(itertools.product((14, 15, 16), (True, False)))
def test_fifteen_flips_of_a_kind_are_listed_and_the_others_counted(count: int, calm: bool) -> None:
    trials = [id for id, _ in labels(crowded())][:count]
    every = tuple(SupposedFlip(id, "possible", "excluded", "open", ()) for id in trials)
    then = WhatIf(("age=20",), crowded().asked, VerdictCounts(1, 2, 3), every)
    text = text_of(list(page(crowded(), then, Layout(width=140, calm=calm))))
    listed = min(count, 15) if calm else count
    assert sum(id in text for id in trials) == listed
    assert (f"and {count - listed} more (--all)" in text) == (listed < count)
    assert f"({count})" in text
