"""Random trials and patients for the comparison of verdicts: as YAML gives a trial, as one types a patient and what that means."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import random_facts
from naive_patient import ANTIBODIES, ANTIBODY_LINES, IMPLIED_ANTIBODIES, SUBTYPE_LINES, SUBTYPES, Plain
from naive_times import completed, days_before, length

DAYS = (
    date(2026, 11, 25), date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2027, 2, 28),
    date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 1), date(2026, 4, 30), date(2026, 5, 31),
)  # fmt: skip
AGES = ("2", "6 months", "30 months", "12", "16", "18", "19", "40", "65", "75", "79")
LENGTHS = ("3 months", "6 months", "12 months", "18 months", "1 year", "3 years", "5 years", "36 months", "10 years")
RESULTS = ("positive", "positive", "negative", "negative", "borderline", "not_tested")
COUNTRIES = ("FR", "FR", "DE", "US", "JP", "NO")
TELLING = (
    "jo1",
    "pl7",
    "ars_any",
    "non_jo1_ars",
    "msa_any",
    "maa_any",
    "ro_any",
    "ro52",
    "mda5",
    "srp",
    "hmgcr",
    "mi2",
    "mi2a",
    "tif1g",
    "nxp2",
    "dmsa_any",
)
COMMON = ("dm", "dm", "pm", "imnm", "asys", "ibm", "iim", "cadm", "jdm", "dm_mda5", "overlap", "jiim", "cam")
LEAP_BIRTHS = tuple(date(year, 2, 29) for year in (1948, 1960, 1980, 2004, 2008, 2012, 2020, 2024))


class Case(NamedTuple):
    """A patient as typed, and what that means; both have the same parts under names of their own."""

    typed: Plain
    meant: Plain

    def smaller(self) -> Iterator[Case]:
        """The same patient with less known."""
        names = {
            "subtypes": "subtypes",
            "antibodies": "antibodies",
            "countries": "countries",
            "sex": "sex",
            "onset": "onset",
        }
        names |= {"birth_date": "born", "age": "born", "ild": "ild", "refractory": "refractory"}
        for key in self.typed:
            yield Case(without(self.typed, key), without(self.meant, names[key]))
        for key in ("facts", "treatments"):
            if key in self.meant:
                yield Case(self.typed, without(self.meant, key))
            for place, item in enumerate(self.meant.get(key, ())):
                given = self.meant[key]
                fewer = without(given, item) if isinstance(given, dict) else [*given[:place], *given[place + 1 :]]
                yield Case(self.typed, {**self.meant, key: fewer} if fewer else without(self.meant, key))
        for key in ("subtypes", "countries", "antibodies"):
            for place, item in enumerate(self.typed.get(key, ()) if len(self.typed.get(key, ())) > 1 else ()):
                typed = tuple(other for at, other in enumerate(self.typed[key]) if at != place)
                name, given = item.split("=")[0], self.meant[key]
                meant = without(given, name) if isinstance(given, dict) else [other for other in given if other != name]
                yield Case({**self.typed, key: typed}, {**self.meant, key: meant})


def without(values: Plain, key: str) -> Plain:
    return {other: value for other, value in values.items() if other != key}


def random_day(rng: random.Random) -> date:
    """A day to ask on: often the end of a month or about 29 February."""
    return rng.choice(DAYS) if rng.random() < 0.7 else date(2026, 1, 1) + timedelta(days=rng.randrange(1100))


def some(rng: random.Random, values: Any, least: int, most: int) -> list[Any]:
    """A few different ones."""
    chosen: list[Any] = []
    for value in rng.choices(list(values), k=rng.randint(least, most)):
        if value not in chosen:
            chosen.append(value)
    return chosen


def random_trials(rng: random.Random, count: int) -> list[Plain]:
    """Trials that ask about the same few bounds, so that one patient is at the bounds of many."""
    ages, lengths = some(rng, AGES, 1, 3), some(rng, LENGTHS, 1, 2)
    return [random_trial(rng, number, ages, lengths) for number in range(1, count + 1)]


def random_trial(rng: random.Random, number: int, ages: list[str], lengths: list[str]) -> Plain:
    trial: Plain = {
        "id": f"NCT{number:08}",
        "title": "t",
        "kind": "interventional",
        "eligibility": random_rules(rng, ages, lengths),
    }
    if rng.random() < 0.05:
        trial |= {"kind": "extension", "extends": "NCT99999999"}
    if rng.random() < 0.3:
        listed = some(rng, COUNTRIES, 1, 3)
        trial["countries"] = {"listed": listed, "complete": rng.choice(("true", "false"))}
        if barred := [code for code in some(rng, COUNTRIES, 0, 2) if code not in listed]:
            trial["countries"]["not_in"] = barred
    if rng.random() < 0.2:
        names = ("A", "B", "C")[: rng.randint(1, 3)]
        trial["cohorts"] = [{"name": name, "eligibility": random_rules(rng, ages, lengths, 0.3)} for name in names]
    return trial


def random_rules(rng: random.Random, ages: list[str], lengths: list[str], share: float = 0.55) -> Plain:
    """One `eligibility`; each key is there with the chance `share`, or less."""
    rules: Plain = {"coverage": "summary"}
    if rng.random() < share:
        admits = some(
            rng, COMMON if rng.random() < 0.7 else [id for id in SUBTYPES if "not_iim" not in SUBTYPE_LINES[id]], 1, 4
        )
        rules["subtypes"] = {"admits": admits}
        barred = some(rng, SUBTYPES, 0, 2)
        if excludes := [id for id in barred if id not in admits and "not_iim" not in SUBTYPE_LINES[id]]:
            rules["subtypes"]["excludes"] = excludes
    if rng.random() < share + 0.25:
        rules["age"] = random_bounds(rng, ages, "none")
    if rng.random() < share * 0.6:
        keys = rng.sample(("required_any", "required_all", "excluded"), rng.choice((1, 1, 2)))
        rules["autoantibodies"] = {
            key: some(rng, TELLING if rng.random() < 0.7 else antibodies(), 1, 3) for key in keys
        }
    if rng.random() < share * 0.4:
        rules["sex"] = rng.choice(("female", "male", "all"))
    for key in ("ild", "refractory"):
        if rng.random() < share * 0.3:
            rules[key] = rng.choice(("required", "excluded", "allowed"))
    if rng.random() < share * 0.7:
        rules["duration"] = random_bounds(rng, lengths)
    if rng.random() < share * 0.3:
        rules["onset_age"] = random_bounds(rng, ages)
    if random_facts.WHOLE:
        random_facts.add_rules(rng, rules)
    return rules


def antibodies() -> list[str]:
    """Every antibody and class; not the answers "none" and "unknown"."""
    return [id for id in ANTIBODIES if id not in ("seroneg", "ab_unknown")]


def random_bounds(rng: random.Random, values: list[str], no_limit: str | None = None) -> Plain:
    """Bounds of a rule, the least below the most."""
    low, high = sorted(rng.choices(values, k=2), key=lambda text: length(text)[0] * (12 if "month" not in text else 1))
    bounds = rng.choice(({"min": low}, {"max": high}, {"min": low, "max": high}))
    if len(bounds) == 2 and low == high:
        bounds = {"min": low}
    if no_limit and "max" not in bounds and rng.random() < 0.2:
        return {**bounds, "max": no_limit}
    return bounds


def random_case(rng: random.Random, trials: list[Plain], day: date) -> Case:
    """A patient, nearly always at some bound of these trials."""
    while True:
        case = Case({}, {})
        add_subtypes(rng, case)
        add_birth(rng, case, bounds_of(trials, ("age", "onset_age"), AGES), day)
        add_onset(rng, case, bounds_of(trials, ("duration",), LENGTHS), day)
        add_antibodies(rng, case)
        add_rest(rng, case)
        if random_facts.WHOLE:
            random_facts.add_facts(rng, case.meant, trials, day)
        if not contradicts(case.meant, day):
            return case


def bounds_of(trials: list[Plain], names: tuple[str, ...], otherwise: tuple[str, ...]) -> list[str]:
    """Every bound that trials set under a key."""
    rules = [
        rules
        for trial in trials
        for rules in (trial.get("eligibility", {}), *(each["eligibility"] for each in trial.get("cohorts", ())))
    ]
    bounds = [bound for each in rules for name in names for bound in (each.get(name) or {}).values() if bound != "none"]
    return bounds or list(otherwise)


def add_subtypes(rng: random.Random, case: Case) -> None:
    count = rng.choices((0, 1, 2, 3), (1, 14, 4, 1))[0]
    if ids := some(rng, COMMON if rng.random() < 0.7 else SUBTYPES, count, count):
        case.meant["subtypes"], case.typed["subtypes"] = ids, tuple(ids)


def add_birth(rng: random.Random, case: Case, bounds: list[str], day: date) -> None:
    way = rng.choices(("bound", "leap", "age", "year", "none"), (10, 3, 4, 2, 2))[0]
    number, unit = length(rng.choice(bounds))
    if way == "none":
        return
    if way == "age":
        number += rng.choice((-1, 0, 0, 1))
        if number < 1:
            return
        possible = days_before(day, number, unit)
        case.meant["born"], case.typed["age"] = [possible[0], possible[-1]], f"{number} {unit}"
        return
    if way == "year":
        year = day.year - max(1, completed(near_start(rng, day, number, unit), day, "years") + rng.choice((0, 1)))
        case.meant["born"], case.typed["birth_date"] = [date(year, 1, 1), date(year, 12, 31)], str(year)
        return
    birth = near_start(rng, day, number + rng.choice((0, 0, 1)), unit) if way == "bound" else rng.choice(LEAP_BIRTHS)
    if birth < day:
        case.meant["born"], case.typed["birth_date"] = [birth, birth], birth.isoformat()


def near_start(rng: random.Random, day: date, number: int, unit: str) -> date:
    """A day from which so many units end on the day asked about, or one day before or after."""
    possible = days_before(day, number, unit)
    return possible[-1] + timedelta(days=rng.choice((-1, 0, 0, 1)))


def add_onset(rng: random.Random, case: Case, bounds: list[str], day: date) -> None:
    way = rng.choices(("none", "bound", "month", "year", "age", "ago"), (6, 6, 2, 1, 3, 3))[0]
    number, unit = length(rng.choice(bounds))
    start = near_start(rng, day, number + rng.choice((0, 0, 1)), unit)
    if way == "none":
        return
    if way == "age":
        years = rng.choice((5, 11, 12, 16, 17, 17, 18, 18, 39, 40, 64))
        case.meant["onset"], case.typed["onset"] = {"months": [years * 12, years * 12 + 11]}, f"{years} years old"
    elif way == "ago":
        possible = days_before(day, number, unit)
        case.meant["onset"], case.typed["onset"] = {"days": [possible[0], possible[-1]]}, f"{number} {unit} ago"
    elif way == "bound":
        case.meant["onset"], case.typed["onset"] = {"days": [start, start]}, start.isoformat()
    elif way == "month":
        last = next(
            one
            for one in (start.replace(day=28) + timedelta(days=extra) for extra in range(4))
            if (one + timedelta(days=1)).day == 1
        )
        case.meant["onset"], case.typed["onset"] = {"days": [start.replace(day=1), last]}, f"{start:%Y-%m}"
    else:
        case.meant["onset"] = {"days": [start.replace(month=1, day=1), start.replace(month=12, day=31)]}
        case.typed["onset"] = str(start.year)


def add_antibodies(rng: random.Random, case: Case) -> None:
    results = {id: rng.choice(RESULTS) for id in some(rng, TELLING if rng.random() < 0.7 else antibodies(), 0, 4)}
    if results:
        case.meant["antibodies"] = results
        case.typed["antibodies"] = tuple(f"{id}={result.replace('_', ' ')}" for id, result in results.items())


def add_rest(rng: random.Random, case: Case) -> None:
    if countries := some(rng, COUNTRIES, 0, 2):
        case.meant["countries"], case.typed["countries"] = countries, tuple(countries)
    if given := rng.choice((None, "female", "male")):
        case.meant["sex"] = case.typed["sex"] = given
    for name in ("ild", "refractory"):
        if (known := rng.choice((None, None, True, False))) is not None:
            case.meant[name] = case.typed[name] = known


def contradicts(meant: Plain, day: date) -> bool:
    """Whether what is given cannot all be true: such patients are refused or remarked on, and prove nothing."""
    if random_facts.contradictory(meant):
        return True
    results = meant.get("antibodies", {})
    subtypes = meant.get("subtypes", [])
    implied = [IMPLIED_ANTIBODIES[id] for id in subtypes if id in IMPLIED_ANTIBODIES]
    found = {id for id, result in results.items() if result == "positive"} | set(implied)
    absent = {id for id, result in results.items() if result != "positive"}
    if any(ANTIBODY_LINES[id] & absent for id in found) or (
        "seroneg" in " ".join(subtypes) and found & {"srp", "hmgcr", "imnm_ab_any"}
    ):
        return True
    if meant.get("ild") is False and {"asys_ild", "mda5_ild"} & set(subtypes):
        return True
    onset, born = meant.get("onset"), meant.get("born")
    if onset and any("jiim" in SUBTYPE_LINES[id] for id in subtypes):
        return True
    if onset and "days" in onset and (onset["days"][0] > day or (born and onset["days"][0] < born[1])):
        return True
    return bool(onset and born and "months" in onset and onset["months"][0] > completed(born[1], day, "months"))
