"""Where a trial runs: countries, those ruled out, and sites agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from myofind.checks.observations import newest
from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import shown
from myofind.domain.recruitment import STATE_OF


def country_listed_and_excluded(entry: Entry, about: About) -> Iterator[Found]:
    """A country is both listed and ruled out.

    A patient there would be sent to a trial that a source says is not there.

    Fails:
    countries: {listed: [FR, DE], not_in: [FR]}

    Passes:
    countries: {listed: [DE], not_in: [FR]}
    """
    countries = entry.plain.get("countries", {})
    listed = set(countries.get("listed", ()))
    for place, one in enumerate(countries.get("not_in", ())):
        if one in listed:
            yield Found(
                ("countries", "not_in", place),
                f"`{one}` is also listed",
                f"`{one}` est aussi dans `listed`",
                "keep one of the two",
                "garder l'un des deux",
                also=(("countries", "listed"),),
            )


def site_outside_countries(entry: Entry, about: About) -> Iterator[Found]:
    """A site lies in a country that is not listed.

    Answers are by country: patients near that site would not be told of it.

    Fails:
    countries: {listed: [DE]}
    sites:
      - {country: FR, city: Lyon}

    Passes:
    countries: {listed: [DE, FR]}
    sites:
      - {country: FR, city: Lyon}
    """
    countries = entry.plain.get("countries", {})
    listed = countries.get("listed", ())
    told: set[str] = set()
    for place, site in enumerate(entry.plain.get("sites", ())):
        one = site.get("country")
        if one is None or one in listed or one in told:
            continue
        told.add(one)
        yield Found(
            ("sites", place, "country"),
            f"a site in `{one}`, which `countries.listed` does not hold",
            f"un site en `{one}`, que `countries.listed` ne contient pas",
            f"add `{one}` to `countries.listed`, or correct the site",
            f"ajouter `{one}` à `countries.listed`, ou corriger le site",
            also=(("countries",),),
        )


def city_elsewhere(about: About) -> Iterator[Found]:
    """A site's city lies in another country in most of the registry's other sites.

    Patients of the wrong country would be sent there. Where two cities have one name, an entry under `conflicts`
    (about: sites) says so.

    Fails:
    countries: {listed: [FR, ES]}
    sites:
      - {country: ES, city: Lyon}
      - {country: FR, city: Lyon, facility: Hôpital Edouard Herriot}
      - {country: FR, city: Lyon, facility: Hôpital de la Croix-Rousse}

    Passes:
    countries: {listed: [FR, ES]}
    sites:
      - {country: ES, city: Madrid}
      - {country: FR, city: Lyon}
    """
    known: dict[str, Counter[str]] = {}
    for entry in about.entries:
        for site in entry.plain.get("sites", ()):
            if "city" in site and "country" in site:
                known.setdefault(site["city"].casefold(), Counter())[site["country"]] += 1
    doubtful = {city: seen for city, seen in known.items() if len(seen) > 1}
    for entry in about.entries if doubtful else ():
        for place, site in enumerate(entry.plain.get("sites", ())):
            seen = doubtful.get(site.get("city", "").casefold(), Counter())
            country = site.get("country")
            usual, times = seen.most_common(1)[0] if seen else ("", 0)
            if country is None or seen[country] >= times or entry.explained("sites"):
                continue
            city = shown(site["city"])
            yield Found(
                ("sites", place, "country"),
                f"{city} in `{country}`; elsewhere in the registry it is in `{usual}`",
                f"{city} en `{country}` ; ailleurs dans le registre, c'est en `{usual}`",
                f"write `{usual}`, or say under `conflicts` (about: sites) that there are two",
                f"écrire `{usual}`, ou dire sous `conflicts` (about: sites) qu'il y en a deux",
                entry=entry,
            )


def nothing_listed(entry: Entry, about: About) -> Iterator[Found]:
    """`complete: true` without a list of countries.

    It says that the list is whole, and there is none.

    Fails:
    countries: {complete: true}

    Passes:
    countries: {listed: [FR], complete: true}
    """
    countries = entry.plain.get("countries")
    if countries is None or "listed" in countries:
        return
    if countries.get("complete"):
        yield Found(
            ("countries", "complete"),
            "`complete: true`, and no country is listed",
            "`complete: true`, et aucun pays n'est énuméré",
            "list them, or write `complete: false`",
            "les énumérer, ou écrire `complete: false`",
            key=True,
            also=(("countries", "listed"),),
        )


def open_site_of_closed_trial(entry: Entry, about: About) -> Iterator[Found]:
    """A site recruits, and the trial no longer does.

    A patient would be sent to a centre whose trial is closed; one of the two is out of date.

    Fails:
    status:
      - {value: completed, as_of: 2025-05-17, source: afm-2025}
    countries: {listed: [FR]}
    sites:
      - {country: FR, city: Lyon, status: recruiting}

    Passes:
    status:
      - {value: recruiting, as_of: 2025-05-17, source: afm-2025}
    countries: {listed: [FR]}
    sites:
      - {country: FR, city: Lyon, status: recruiting}
    """
    latest = newest(entry, about.day)
    if latest is None or STATE_OF[latest[1]["value"]] != "closed" or entry.explained("sites", "status"):
        return
    for place, site in enumerate(entry.plain.get("sites", ())):
        status = site.get("status")
        if status is not None and STATE_OF[status] in ("open", "upcoming", "by_invitation"):
            yield Found(
                ("sites", place, "status"),
                f"a site is `{status}`, and the trial `{latest[1]['value']}` since {latest[1]['as_of']}",
                f"un site est `{status}`, et l'essai `{latest[1]['value']}` depuis {latest[1]['as_of']}",
                "look the study up again; remove the status of the site, or add the trial's new one",
                "vérifier l'étude ; retirer l'état du site, ou ajouter le nouvel état de l'essai",
                also=(("status",),),
            )
            return
