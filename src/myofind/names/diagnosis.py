from typing import NamedTuple

from myofind.names.vocabulary import resolve


class DiagnosisReading(NamedTuple):
    subtype: object
    results: tuple
    notes: tuple


def read_diagnosis(text, *, exact=False):
    return DiagnosisReading(resolve("subtypes", text, exact=exact), (), ())
