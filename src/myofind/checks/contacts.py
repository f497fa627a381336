"""Whom to call: a line that answers, for a country of the study, and no person's name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from myofind.checks.criteria import english
from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import shown
from myofind.domain.persons import person_at, person_in


def person_named(entry: Entry, about: About) -> Iterator[Found]:
    """A person seems to be named: in a contact, or as the reader of the criteria.

    People move, and nobody asked them; a study's own line or a department stays. Who read the criteria is two initials.

    Fails:
    contacts:
      - {where: FR, email: jane.doe@example.org, source: afm-2025}

    Passes:
    contacts:
      - {where: FR, email: trials@example.org, source: afm-2025}
    """
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
        for path, text in _labels(contact.get("label")):
            if person_in(text):
                message = (f"`{shown(text)}` names a person", f"`{shown(text)}` nomme une personne")
                hint = (
                    "say what answers: a department, an office, a line of the sponsor",
                    "dire ce qui répond : un service, un bureau, une ligne du promoteur",
                )
                yield Found(("contacts", place, "label", *path), *message, *hint)
                break
    reader = entry.plain.get("read", {}).get("by")
    if reader is not None and (" " in reader.strip() or len(reader) > _INITIALS):
        message = (f"`{shown(reader)}` is more than initials", f"`{shown(reader)}` est plus que des initiales")
        yield Found(("read", "by"), *message, "write two or three initials", "écrire deux ou trois initiales")


_INITIALS = 4


def _labels(label: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(label, dict):
        yield from (((key,), label[key]) for key in ("en", "fr") if key in label)
    elif label is not None:
        yield (), english(label)


def empty_contact(entry: Entry, about: About) -> Iterator[Found]:
    """A contact has neither a telephone, an electronic address nor a page.

    Nobody can be reached by it.

    Fails:
    contacts:
      - {where: FR, source: afm-2025}

    Passes:
    contacts:
      - {where: FR, phone: "+33 1 23 45 67 89", source: afm-2025}
    """
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
    """A contact answers for a country in which the study has no site, and the list of countries is complete.

    A patient would call a line that cannot help.

    Fails:
    countries: {listed: [DE], complete: true}
    contacts:
      - {where: FR, phone: "+33 1 23 45 67 89", source: afm-2025}

    Passes:
    countries: {listed: [DE, FR], complete: true}
    contacts:
      - {where: FR, phone: "+33 1 23 45 67 89", source: afm-2025}
    """
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
