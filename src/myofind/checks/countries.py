"""Where a trial runs: countries, those ruled out, and sites agree."""

from __future__ import annotations

from collections.abc import Iterator

from myofind.checks.rule import About, Entry, Found


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
                "keep one of the two",
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
            f"add `{one}` to `countries.listed`, or correct the site",
            also=(("countries",),),
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
            "list them, or write `complete: false`",
            key=True,
            also=(("countries", "listed"),),
        )
