"""Facts as an editor writes them in the registry file."""

from __future__ import annotations

from myofind.domain.trial import Site, Span
from myofind.editing.yaml_text import Value


def span_value(span: Span) -> Value:
    """A length of time as an editor writes it: `18`, `6 months`, `1 month`."""
    if span.unit == "years":
        return int(span.number)
    return f"{span.number:g} {span.unit if span.number != 1 else span.unit[:-1]}"


def site_value(site: Site) -> dict[str, Value]:
    """A site as an editor writes it."""
    given = {"country": site.country, "city": site.city, "facility": site.facility, "status": site.status}
    return {key: value for key, value in given.items() if value}


def phase_value(phase: tuple[str, ...]) -> list[Value]:
    """Phases as an editor writes them: `[1, 2]`, `[early_1]`."""
    return [int(one) if one.isdigit() else one for one in phase]
