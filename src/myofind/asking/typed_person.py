"""Age, birth date, sex and onset as typed; what cannot be read is refused, what has several readings is asked about."""

from collections.abc import Callable
from datetime import date
from typing import Literal

from myofind.asking.profile_keys import fold
from myofind.asking.typed import Typed
from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.domain import ages
from myofind.domain.patient import Birth, Onset, Patient
from myofind.domain.patient_facts import line_of, onset_months
from myofind.domain.typed_times import Unread
from myofind.language import worded
from myofind.names.vocabulary import label


def read_ages(typed: Typed, day: date) -> ages.Age | None:
    """The age, from the age or the birth date typed, or from both where they agree."""
    stated = _time("age", typed.age, ages.read_age, day)
    born = _time("birth_date", typed.birth_date, ages.read_birth_date, day)
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


def _time(field: str, text: str | None, reader: Callable[[str, date], ages.Age], day: date) -> ages.Age | None:
    if text is None or text.strip() in ("", "?"):
        return None
    try:
        return reader(text, day)
    except Unread as error:
        raise _unread(error, field, text) from None


def read_sex(text: str | None) -> Literal["female", "male"] | None:
    """The sex, in English or French."""
    if text is None or text.strip() in ("", "?"):
        return None
    word = fold(text.strip())
    if word in ("f", "female", "femme", "feminin", "woman", "fille", "girl", "w"):
        return "female"
    if word in ("m", "male", "homme", "masculin", "man", "garcon", "boy", "h"):
        return "male"
    typed = shown(text, 30)
    raise InputError(
        (f"`{typed}` is not a sex that trials use", f"`{typed}` n'est pas un sexe que les essais distinguent"),
        ("write female or male", "écrire femme ou homme"),
    )


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
    if text is None or text.strip() in ("", "?"):
        return None
    from myofind.domain import onsets

    try:
        return onsets.read_onset(text, day, birth)
    except Unread as error:
        raise _unread(error, "onset", text) from None


def _unread(error: Unread, field: str, text: str) -> InputError:
    """What cannot be read of a date or an age, in the language asked for; with its readings where it has several."""
    message = error.said
    if not error.readings:
        return InputError(message)
    return Ambiguous(
        message, field=field, typed=text, readings=tuple((write, worded(said)) for write, said in error.readings)
    )


def check_onset(patient: Patient) -> None:
    """A juvenile disease begins before 18; raises InputError where the onset typed does not."""
    months = onset_months(patient)
    if months is None or months[0] < 18 * 12:
        return
    for one in patient.subtypes:
        if "jiim" in line_of(one):
            en, fr = label("subtypes", one, "en"), label("subtypes", one, "fr")
            raise InputError(
                (
                    f"{en} begins before 18, and the onset typed is later",
                    f"{fr} : début avant 18 ans, or le début donné est plus tardif",
                ),
                ("correct one of the two", "corriger l'un des deux"),
            )
