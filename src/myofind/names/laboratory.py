from typing import NamedTuple

from myofind.names.vocabulary import resolve


class LabResult(NamedTuple):
    typed: str
    id: str
    result: str


class LabReading(NamedTuple):
    results: tuple
    problems: tuple
    notes: tuple


def read_results(text):
    n, _, r = text.partition("=")
    x = resolve("antibodies", n)
    return LabReading((LabResult(n, x.id, r or "positive"),) if x.id else (), () if x.id else (x,), ())
