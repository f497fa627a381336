"""Where trials run, and whom to call there: in the patient's country, in the nearest other one, elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.domain.trial import Contact, Trial
from myofind.names.regions import distance
from myofind.names.vocabulary import label
from myofind.report.beside import elsewhere, nearest_elsewhere
from myofind.report.values import Answer, PatientFacts, Study
from myofind.words import summary
from myofind.words.trial_facts import contact, no_contact
from myofind.words.wording import Lang, headed, joined, listing, pick
from myofind.writers.phrases import and_more, brief, several

MOST_CITIES = 4
MOST_COUNTRIES = 6
MOST_COUNTED = 3


def nearest(trial: Trial, asked: PatientFacts, lang: Lang, most: int = MOST_CITIES, *, in_column: bool = False) -> str:
    """The patient's countries with their cities, those that recruit first; otherwise the countries.

    In a column of places a single country is not named, but that none of its cities is known is said.
    """
    rule, here = trial.countries, asked.patient.countries
    unknown = pick(lang, "city not recorded", "ville inconnue") if in_column else ""
    told = []
    for country in here:
        if rule and country in rule.listed:
            cities = few(cities_of(trial, country), most) or unknown
            told.append(cities if in_column and len(here) == 1 else f"{country} {cities}".strip())
    return joined(told, lang) if told else countries(trial, lang, here)


def by_name(trial: Trial, here: Sequence[str], lang: Lang, most: int | None = None, *, counted: bool = False) -> str:
    """Some countries with their towns, then the others by name, or counted beside those; that there may be more.

    Where countries beside those asked for are only counted, that there may be more of them does not matter either.
    """
    rule = trial.countries
    if rule is None or not rule.listed:
        return pick(lang, "places not recorded", "lieux non renseignés")
    own = [country for country in here if country in rule.listed]
    unknown = pick(lang, "towns not recorded", "villes non renseignées")
    told = [
        f"{label('countries', country, lang)} ({few(cities_of(trial, country), most) or unknown})" for country in own
    ]
    others = [label("countries", country, lang) for country in rule.listed if country not in own]
    count = len(others)
    if own and others and counted:
        countries = "country" if count == 1 else "countries"
        told.append(pick(lang, f"{count} other {countries}", f"{count} autre{'s' * (count > 1)} pays"))
    elif others:
        told.append(listing(others, lang, ("and", "et")))
    if not rule.complete and not (own and counted):
        told.append(pick(lang, "perhaps others", "peut-être d'autres"))
    return joined(told, lang)


def few(cities: Sequence[str], most: int | None) -> str:
    """At most so many cities by name, and how many more there are."""
    more = len(cities) - most if most is not None else 0
    return ", ".join(cities[:most]) + f" +{more}" * (more > 0)


_SITE_ORDER = ("recruiting", "enrolling_by_invitation", "not_yet_recruiting", None)
"""Places by their own status, those that take patients first; every other status comes last."""


def cities_of(trial: Trial, country: str) -> list[str]:
    """The cities of a trial in a country, those that recruit first."""

    def rank(status: str | None) -> int:
        return _SITE_ORDER.index(status) if status in _SITE_ORDER else len(_SITE_ORDER)

    sites = sorted((site for site in trial.sites if site.country == country), key=lambda site: rank(site.status))
    return list(dict.fromkeys(site.city for site in sites if site.city))


def countries(trial: Trial, lang: Lang, here: Sequence[str] = ()) -> str:
    """The countries of a trial, those near the patient's first, and whether there may be others."""
    rule = trial.countries
    if rule is None or not rule.listed:
        return pick(lang, "places not recorded", "lieux non renseignés")
    rest = "" if rule.complete else pick(lang, " and others", " et autres")
    return few(nearest_first(trial, here), MOST_COUNTRIES) + rest


def nearest_first(trial: Trial, here: Sequence[str]) -> Sequence[str]:
    """The countries that a trial lists, those near the patient's first."""
    listed = trial.countries.listed if trial.countries else ()
    return sorted(listed, key=lambda code: distance(here, (code,))) if here else listed


# Elsewhere -------------------------------------------------------------------------------------------------------------


ELSEWHERE = ("Elsewhere, nothing else against", "Ailleurs, rien d'autre ne s'y oppose")
"""What trials are that fail on the country alone; that every other criterion is met is not known of all of them."""


def by_country(whole: Answer, named: int, lang: Lang) -> str:
    """How many trials there are in other countries, the nearest first; in the first of them so many by name."""
    counted = elsewhere(whole)
    told = [f"{label('countries', code, lang)} {len(misses)}" for code, misses in counted.items()][:MOST_COUNTED]
    if named and told:
        code, misses = next(iter(counted.items()))
        names = several(whole, [miss.id for miss in misses], named, lang)
        told[0] += f" ({headed(f'-c {code}', names, lang)})"
    more = len(counted) - len(told)
    return ", ".join(told) + (and_more(more, lang) if more > 0 else "")


def nearest_line(whole: Answer, lang: Lang) -> str:
    """The nearest country with trials where none certainly runs in the patient's, and the first of them; else empty."""
    nearest = nearest_elsewhere(whole)
    if nearest is None:
        return ""
    country, ids = nearest
    studies = [whole.studies[id] for id in ids]
    names = ", ".join(" ".join(dict.fromkeys(filter(None, (brief(one, lang), one.number)))) for one in studies)
    return headed(summary.nearest_elsewhere(country, lang), names, lang)


# Whom to call ----------------------------------------------------------------------------------------------------------


def contacts(study: Study, here: Sequence[str], lang: Lang, *, short: bool = False) -> list[str]:
    """Whom to call about a trial in some countries; else whom elsewhere, and where that is; else where to look.

    In short, whoever is elsewhere is named without what more there is to say of them.
    """
    ordered = contacts_near(study.trial, here)
    if not ordered:
        return [no_contact(study.url, lang)]
    reaching = not here or ordered[0].where is None or ordered[0].where in here
    elsewhere = "" if reaching else pick(lang, "(elsewhere) ", "(ailleurs) ")
    told = [elsewhere + contact(one, lang, country=not (here and reaching)) for one in ordered]
    return [_named_only(one) for one in told] if short and elsewhere else told


def contacts_near(trial: Trial, here: Sequence[str]) -> list[Contact]:
    """Whom to call from some countries, those that answer a telephone or a letter first; all where none is near."""
    near = [one for one in trial.contacts if not here or one.where is None or one.where in here]
    return sorted(near or trial.contacts, key=lambda one: not (one.phone or one.email))


def _named_only(told: str) -> str:
    """A contact elsewhere with its country and name alone."""
    ways, dash, about = told.partition(" – ")
    return ways + dash + ", ".join(about.partition(" (")[0].split(", ")[:2])
