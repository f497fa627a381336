"""The command that asks with a patient's facts, as one may type or print it."""

from __future__ import annotations

from myofind.asking.typed import Profile, Typed


def command(typed: Typed, *more: str) -> str:
    """The command that asks with these facts, quoted for a shell; `as_age` gives an age for a birth date."""
    import shlex

    words = ["myofind", "match"]
    for flag, values in (
        ("-s", typed.subtypes),
        ("-A", typed.antibodies),
        ("-c", typed.countries),
        ("-F", typed.facts),
        ("-T", typed.treatments),
    ):
        for value in values:
            words += [flag, value]
    for flag, one in (("-a", typed.age), ("-b", typed.birth_date), ("--sex", typed.sex), ("--onset", typed.onset)):
        if one:
            words += [flag, one]
    for flag, fact in (("ild", typed.ild), ("refractory", typed.refractory)):
        if fact is not None:
            words.append(f"--{flag}" if fact else f"--no-{flag}")
    return shlex.join([*words, *more])


def as_age(asked: Profile, typed: Typed) -> Typed:
    """The facts with the birth date, where it is one day, given as an age, for printing."""
    birth = asked.patient.birth
    if typed.birth_date is None or (birth is not None and birth.earliest != birth.latest):
        return typed
    years, months = asked.age or (None, None)
    age = None if years is None else f"{years}y" + (f" {months}m" if months and years < 18 else "")
    return typed._replace(birth_date=None, age=age)
