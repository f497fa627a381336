"""Age, birth date, sex and onset as typed; what cannot be read is refused, what has several readings is asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from myofind.asking.profile_keys import not_known, read_sex
from myofind.asking.typed import Typed
from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.domain import ages
from myofind.domain.dates import Unread
from myofind.domain.patient import Birth, Onset
from myofind.language import worded


def read_ages(typed: Typed, day: date) -> ages.Age | None:
    """The age, from the age or the birth date typed, or from both where they agree."""
    stated = _time("age", typed.age, ages.read_age, day)
    born = _time("birth_date", typed.birth_date, ages.read_birth_date, day)
    lived = _time("age_days", typed.age_days, ages.read_days_lived, day)
    return _agreeing(_agreeing(stated, born, day), lived, day)


def _agreeing(stated: ages.Age | None, born: ages.Age | None, day: date) -> ages.Age | None:
    """What two ways of giving an age say together; raises InputError where they disagree."""
    if stated and born:
        if stated.latest_birth < born.earliest_birth or born.latest_birth < stated.earliest_birth:
            raise InputError(
                (
                    f"the age and the birth date disagree on {day.isoformat()}",
                    f"l'âge et la date de naissance ne concordent pas au {day.isoformat()}",
                ),
                ("give one of the two", "donner l'un des deux"),
            )
        return ages.both(stated, born, day)
    return born or stated


def beside_profile(typed: Typed, age: ages.Age | None, day: date) -> tuple[ages.Age | None, tuple[str, str] | None]:
    """The age with what a profile file says of it where the two agree, else a note that the file's is not used."""
    text = typed.replaced_age
    if text is None or age is None:
        return age, None
    field, reader = ("age", ages.read_age) if typed.birth_date is not None else ("birth_date", ages.read_birth_date)
    held = _time(field, text, reader, day)
    if held is None:
        return age, None
    if held.latest_birth >= age.earliest_birth and age.latest_birth >= held.earliest_birth:
        stated, born = (held, age) if field == "age" else (age, held)
        return ages.both(stated, born, day), None
    name, (en, fr) = shown(text.strip(), 30), _WHOSE[field]
    return age, (
        f"not used: the {en} `{name}` of the profile, which does not agree with what was typed over it",
        f"non utilisé : {fr} `{name}` du profil, qui ne concorde pas avec ce qui a été donné à sa place",
    )


_WHOSE = {"age": ("age", "l'âge"), "birth_date": ("birth date", "la date de naissance")}


def _time(field: str, text: str | None, reader: Callable[[str, date], ages.Age], day: date) -> ages.Age | None:
    if text is None or not_known(text):
        return None
    try:
        return reader(text, day)
    except Unread as error:
        raise _unread(error, field, text, day) from None


def sex_of(typed: Typed, age: ages.Age | None) -> Literal["female", "male"] | None:
    """The sex, as typed or with the age (`45F`); raises InputError where the two differ."""
    alone, with_age = read_sex(typed.sex), age.sex if age else None
    if alone and with_age and alone != with_age:
        raise InputError(
            ("the sex and the age typed disagree", "le sexe et l'âge donnés ne concordent pas"),
            ("correct one of the two", "corriger l'un des deux"),
        )
    return alone or with_age


def read_onset(text: str | None, day: date, birth: Birth | None) -> Onset | None:
    """When the disease began: a day, a time ago or an age; raises InputError, or Ambiguous with what it may be."""
    if text is None or not_known(text):
        return None
    from myofind.domain import onsets

    try:
        return onsets.read_onset(text, day, birth)
    except Unread as error:
        if birth is not None and not error.readings and _is_onset(text, day):
            raise InputError(error.said, ("correct the onset or the age", "corriger le début ou l'âge")) from None
        raise _unread(error, "onset", text, day) from None


def _is_onset(text: str, day: date) -> bool:
    """Can a text be an onset, whoever the patient is?"""
    from myofind.domain import onsets

    try:
        onsets.read_onset(text, day, None)
    except Unread:
        return False
    return True


_WHAT = {
    "age": ("an age", "un âge", "-a"),
    "birth_date": ("a birth date", "une date de naissance", "-b"),
    "age_days": ("an age in days", "un âge en jours", ""),
    "onset": ("an onset", "un début", "--onset"),
}
"""What a field holds, in English and French, and its option."""


def _unread(error: Unread, field: str, text: str, day: date) -> InputError:
    """What cannot be read of a date or an age; with its readings where it has several, or the option that reads it."""
    from myofind.asking.tokens import quoted_as_typed

    message = quoted_as_typed(text, error.said)
    if not error.readings:
        from myofind.asking.other_fields import elsewhere, what_to_type

        en, fr, option = _WHAT[field]
        other = elsewhere(text, day, leaving=(option,))
        if other is None:
            return InputError(message)
        name = shown(text.strip(), 30)
        return InputError((f"`{name}` is not {en}", f"`{name}` n'est pas {fr}"), what_to_type(other))
    return Ambiguous(
        message, field=field, typed=text, readings=tuple((write, worded(said)) for write, said in error.readings)
    )
