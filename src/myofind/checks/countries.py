"""Where a trial runs and whom to call there: countries, those ruled out, sites and contacts agree, and no person is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from myofind.checks.chronology import newest
from myofind.checks.rule import About, Entry, Found, in_languages
from myofind.diagnostics import shown
from myofind.domain.persons import person_at, person_in
from myofind.domain.recruitment import STATE_OF


def country_listed_and_excluded(entry: Entry, about: About) -> Iterator[Found]:
    """A country is both listed and ruled out."""
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
    """A site lies in a country that is not listed."""
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
    """A site's city lies in another country in most of the registry's other sites."""
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
    """`complete: true` without a list of countries."""
    countries = entry.plain.get("countries", {})
    if countries.get("complete") and "listed" not in countries:
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
    """A site recruits, and the trial no longer does."""
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


def person_named(entry: Entry, about: About) -> Iterator[Found]:
    """A person seems to be named: in a contact, or as the reader of the criteria."""
    for place, contact in enumerate(entry.plain.get("contacts", ())):
        address = contact.get("email")
        if address is not None and person_at(address):
            yield Found(
                ("contacts", place, "email"),
                f"`{shown(address)}` looks like a person's address",
                f"`{shown(address)}` semble être l'adresse d'une personne",
                "write the address of the study or the department",
                "écrire l'adresse de l'étude ou du service",
            )
        label = contact.get("label")
        for path, text in in_languages(("contacts", place, "label"), label) if label is not None else ():
            if person_in(text):
                message = (f"`{shown(text)}` names a person", f"`{shown(text)}` nomme une personne")
                hint = (
                    "say what answers: a department, an office, a line of the sponsor",
                    "dire ce qui répond : un service, un bureau, une ligne du promoteur",
                )
                yield Found(path, *message, *hint)
                break
    reader = entry.plain.get("read", {}).get("by")
    if reader is not None and (" " in reader.strip() or len(reader) > _INITIALS):
        message = (f"`{shown(reader)}` is more than initials", f"`{shown(reader)}` est plus que des initiales")
        yield Found(("read", "by"), *message, "write two or three initials", "écrire deux ou trois initiales")


_INITIALS = 4


def empty_contact(entry: Entry, about: About) -> Iterator[Found]:
    """A contact has neither a telephone, an electronic address nor a page."""
    for place, contact in enumerate(entry.plain.get("contacts", ())):
        if not {"phone", "email", "url"} & set(contact):
            broken = tuple(("contacts", place, key) for key in ("phone", "email", "url"))
            yield Found(
                ("contacts", place),
                "the contact has no `phone`, `email` or `url`",
                "le contact n'a ni `phone`, ni `email`, ni `url`",
                "add the one that is printed, or remove the contact",
                "ajouter celui qui est imprimé, ou retirer le contact",
                also=broken,
            )


def contact_elsewhere(entry: Entry, about: About) -> Iterator[Found]:
    """A contact answers for a country in which the study has no site, and the list of countries is complete."""
    countries = entry.plain.get("countries", {})
    if countries.get("complete") is not True or "listed" not in countries:
        return
    for place, contact in enumerate(entry.plain.get("contacts", ())):
        where = contact.get("where")
        if where is not None and where not in countries["listed"]:
            yield Found(
                ("contacts", place, "where"),
                f"a contact for `{where}`, which is not among the countries of the study",
                f"un contact pour `{where}`, qui n'est pas parmi les pays de l'étude",
                "correct the country, or remove the contact",
                "corriger le pays, ou retirer le contact",
                also=(("countries",),),
            )
