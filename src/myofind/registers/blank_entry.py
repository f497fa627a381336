"""An entry for a study that is known only from a page: every key as a ready line in a comment, in the order of the format."""

from __future__ import annotations

import re

from myofind.domain.register_numbers import SLUG, register_of
from myofind.editing.yaml_text import Value, flow, scalar
from myofind.language import worded
from myofind.records import NamedTuple
from myofind.registers.drafted_criteria import comment

_NO_LIMIT = (
    "max: none, where the page says that there is no limit",
    "max: none, si la page dit qu'il n'y a pas de limite",
)
_OTHERS = ("others:", "autres :")


class Page(NamedTuple):
    """Where a study was read: the declared source, the page's address, and the day."""

    source: str
    address: str
    day: str


def is_entry_id(text: str) -> bool:
    """Whether a text may name an entry: a register's number or a slug."""
    return register_of(text) not in (None, "id_rcb") or (re.fullmatch(SLUG, text) is not None and len(text) <= 60)


def blank_lines(id: str, page: Page, parents: tuple[str, ...] = ()) -> list[str]:
    """The entry as lines, indented as an item of `trials`; `parents` make it an extension of theirs."""
    cited: dict[str, Value] = {"source": page.source, "at": page.address}
    place = ", ".join(f"{key}: {scalar(str(value))}" for key, value in cited.items())
    take = comment(
        "take the `# ` away from a line and put the fact in the place of …; `validate --fix` removes what is left",
        "ôter le `# ` d'une ligne et mettre le fait à la place de … ; `validate --fix` retire ce qui reste",
    )
    extension = [f"extends: {flow(list(parents)) if len(parents) > 1 else parents[0]}"] if parents else []
    criteria = [] if parents else ["  # subtypes: {admits: […]}  # → myofind vocab subtypes"]
    body = [
        f"id: {scalar(id)}",
        take,
        "# ids: {euct: …, sponsor: …}",
        "# acronym: …",
        "# title: …",
        "# title_fr: …",
        f"kind: {'extension' if parents else 'interventional'}",
        *extension,
        "# interventions:",
        "#   - {name: …}",
        "# phase: […]  # → early_1, 1, 2, 3, 4",
        "# comparator: …  # → placebo, active, no_treatment, none",
        "# status:",
        f"#   - {{value: …, as_of: {page.day}, {place}}}  # → recruiting, not_yet_recruiting, completed",
        "eligibility:",
        "  coverage: summary",
        *criteria,
        f"  # age: {{min: …, max: …}}  # → {worded(_NO_LIMIT)}",
        "  # sex: …  # → all, female, male",
        "  # autoantibodies: {required_any: […], excluded: […]}  # → myofind vocab antibodies",
        "  # facts:",
        f"  #   cancer: …  # → required, excluded; {worded(_OTHERS)} myofind vocab facts",
        "  # treatments:",
        "  #   - {any: […], excluded: …}  # → now, ever, {within: 6 months}",
        "  # check_by_hand:",
        "  #   - {en: …, fr: …}",
        "# cohorts:",
        "#   - {name: …, fr: …, eligibility: {…}}",
        "# countries: {listed: […], complete: false}",
        "# sites:",
        "#   - {country: …, city: …, facility: …}",
        "# enrollment: …",
        "# start: …",
        "# end: …",
        "# sponsor: …",
        "# contacts:",
        f"#   - {{where: …, phone: …, email: …, {place}, date: {page.day}}}",
        f"# read: {{on: {page.day}, by: …}}",
        "draft: true",
        "sources:",
        f"  - {{ref: {scalar(page.source)}, at: {scalar(page.address)}, date: {page.day}}}",
        *_unnumbered(id),
    ]
    return [f"  - {body[0]}", *(f"    {line}" for line in body[1:])]


def _unnumbered(id: str) -> list[str]:
    """What an entry without a register's number says of that."""
    if register_of(id) is not None:
        return []
    return [
        "conflicts:",
        '  - {about: id, en: "No number of a public register was found.", fr: "Aucun numéro de registre public n\'a été trouvé."}',
    ]
