"""What the registry file may hold: one table of keys and forms, read by everything that must agree about it.

The reader, the order of keys, the "did you mean" of a misspelt key and the published JSON Schema all come from here.
The forms are in `registry.forms` and `registry.scalars`.
"""

from __future__ import annotations

from typing import Any

from myofind.diagnostics import Path, shown
from myofind.domain import trial as t
from myofind.domain.register_numbers import REGISTERS
from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode
from myofind.registry.forms import Key, ListOf, Mapping, Named, Reading
from myofind.registry.rule_forms import ELIGIBILITY, NoteText
from myofind.registry.scalars import (
    Address,
    Boolean,
    Choice,
    Day,
    Mail,
    Month,
    Number,
    PartialDate,
    Ratio,
    RegisterNumber,
    SpanText,
    Telephone,
    Term,
    Text,
    TrialId,
)

_TEXT, _SHORT, _LINE = Text(), Text(120), Text(200)
_DAY, _MONTH, _DATE = Day(), Month(), PartialDate()
_NUMBER, _BOOLEAN = Number(), Boolean()
_COUNTRY = Term("countries", "a country code")
_COUNTRIES = ListOf(_COUNTRY, single=True)
_STATUS = Choice(t.STATUSES)


class TrialMapping(Mapping):
    """A trial; findings below it carry its id."""

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        out.trial = id_of(node)
        try:
            return super().read(node, path, out)
        finally:
            out.trial = None


def id_of(node: Node) -> str | None:
    """The id written in a trial, made safe to show; none where there is none."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == "id" and isinstance(value, ScalarNode):
                return shown(value.value)
    return None


TRIAL = TrialMapping(
    "the trial",
    {
        "id": Key(TrialId(), "NCT number, another register's number, or a slug", True),
        "ids": Key(
            Mapping(
                "ids",
                {
                    **{
                        key: Key(ListOf(RegisterNumber(key), single=True), f"{REGISTERS[key].name} number")
                        for key in t.ID_KEYS
                        if key != "sponsor"
                    },
                    "sponsor": Key(ListOf(_SHORT, single=True), "the sponsor's own number"),
                },
            ),
            "numbers in other registers",
        ),
        "acronym": Key(Text(60), "as the sponsor writes it"),
        "title": Key(_TEXT, "short English title in own words"),
        "title_fr": Key(_TEXT, "short French title in own words"),
        "kind": Key(Choice(t.KINDS), "kind of study", True),
        "extends": Key(ListOf(TrialId(), single=True), "the parent trial of an extension"),
        "interventions": Key(
            ListOf(
                Mapping(
                    "the intervention",
                    {
                        "name": Key(_SHORT, "INN or usual English name", True),
                        "role": Key(Choice(t.ROLES), "`experimental` unless said otherwise"),
                        "route": Key(_SHORT, "route of administration"),
                        "brand": Key(_SHORT, "brand name"),
                        "codes": Key(ListOf(_SHORT, single=True), "code names"),
                        "class": Key(_SHORT, "class of the drug"),
                    },
                )
            ),
            "what is tested",
        ),
        "phase": Key(ListOf(Choice(t.PHASES), single=True), "phases of a drug trial"),
        "comparator": Key(Choice(t.COMPARATORS), "what it is compared with"),
        "status": Key(
            ListOf(
                Mapping(
                    "the observation",
                    {
                        "value": Key(_STATUS, "recruitment status", True),
                        "as_of": Key(_MONTH, "the day it was true", True),
                        "source": Key(_SHORT, "a declared source", True),
                        "at": Key(_TEXT, "the place in the source"),
                        "why": Key(_LINE, "why it stopped, in own words"),
                    },
                )
            ),
            "observations of the recruitment status, newest first",
        ),
        "eligibility": Key(ELIGIBILITY, "who may join"),
        "cohorts": Key(
            ListOf(
                Mapping(
                    "the cohort",
                    {
                        "name": Key(_SHORT, "name of the cohort", True),
                        "fr": Key(_SHORT, "its name in French"),
                        "eligibility": Key(ELIGIBILITY, "on top of the trial's", True),
                    },
                )
            ),
            "parts with criteria of their own",
        ),
        "countries": Key(
            Mapping(
                "countries",
                {
                    "listed": Key(_COUNTRIES, "countries with a site"),
                    "complete": Key(_BOOLEAN, "whether the source lists them all"),
                    "not_in": Key(_COUNTRIES, "countries the source rules out"),
                },
            ),
            "where it runs",
        ),
        "sites": Key(
            ListOf(
                Mapping(
                    "the site",
                    {
                        "country": Key(_COUNTRY, "country code", True),
                        "city": Key(_SHORT, "city"),
                        "facility": Key(_LINE, "hospital or centre"),
                        "status": Key(_STATUS, "the site's own status"),
                    },
                )
            ),
            "places",
        ),
        "enrollment": Key(_NUMBER, "participants planned or actual"),
        "start": Key(_DATE, "start of the study"),
        "primary_completion": Key(_DATE, "last visit for the main outcome"),
        "end": Key(_DATE, "end of the study"),
        "follow_up": Key(SpanText(bare=False), "follow-up of a participant"),
        "sponsor": Key(_LINE, "who is responsible"),
        "record": Key(
            Mapping(
                "record",
                {
                    "read": Key(_DAY, "day the register's record was read"),
                    "updated": Key(_DAY, "day of its last update"),
                    "title": Key(_SHORT, "fingerprint of its titles"),
                    "conditions": Key(_SHORT, "fingerprint of its conditions"),
                    "criteria": Key(_SHORT, "fingerprint of its criteria"),
                },
            ),
            "what was last read of the register's record",
        ),
        "takes_nobody": Key(Choice(t.NOBODY), "why nobody can enter"),
        "contacts": Key(
            ListOf(
                Mapping(
                    "the contact",
                    {
                        "where": Key(_COUNTRY, "country it answers for"),
                        "phone": Key(Telephone(), "telephone, as +33 1 23 45 67 89"),
                        "email": Key(Mail(), "address of the study or department, never of a person"),
                        "url": Key(Address(), "page of the contact"),
                        "label": Key(NoteText(_SHORT), "what it is, in English and French"),
                        "source": Key(_SHORT, "a declared source"),
                        "at": Key(_TEXT, "the place in the source"),
                        "date": Key(_MONTH, "the day it was read"),
                    },
                )
            ),
            "whom to call: the study's own line or a department, never a person",
        ),
        "design": Key(
            Mapping(
                "the design",
                {
                    "ratio": Key(Ratio(), "chances of each arm, the tested treatment first, as 2:1"),
                    "placebo": Key(SpanText(bare=False), "length of the controlled part"),
                    "extension": Key(_BOOLEAN, "whether everybody is offered the treatment afterwards"),
                    "visits": Key(SpanText(bare=False), "time between visits"),
                },
            ),
            "what clinicians compare",
        ),
        "read": Key(
            Mapping("read", {"on": Key(_DAY, "the day", True), "by": Key(_SHORT, "initials")}),
            "who read the criteria last, and when",
        ),
        "draft": Key(_BOOLEAN, "not yet decided by a curator"),
        "sources": Key(
            ListOf(
                Mapping(
                    "the source",
                    {
                        "ref": Key(_SHORT, "a declared source", True),
                        "at": Key(_TEXT, "the place in it: lines of a text, or the page's address"),
                        "date": Key(_MONTH, "date of the page"),
                        "for": Key(ListOf(_SHORT, single=True), "the keys it supports"),
                    },
                )
            ),
            "where the facts come from",
        ),
        "conflicts": Key(
            ListOf(
                Mapping(
                    "the conflict",
                    {
                        "about": Key(_SHORT, "a key of the trial", True),
                        "en": Key(_TEXT, "what disagrees, what was kept and why"),
                        "fr": Key(_TEXT, "the same in French"),
                        "note": Key(_TEXT, "the same in English, in files of schema 1"),
                    },
                )
            ),
            "what the sources disagree about",
        ),
    },
)

HEADER = Mapping(
    "the registry",
    {
        "name": Key(_SHORT, "name of the registry", True),
        "schema": Key(Choice(("1", "2")), "version of this format", True),
        "version": Key(_SHORT, "calendar version of the data", True),
        "as_of": Key(_DAY, "newest day any fact was true", True),
        "sources": Key(
            Named(
                Mapping(
                    "the source",
                    {
                        "title": Key(_TEXT, "title", True),
                        "publisher": Key(_LINE, "publisher"),
                        "date": Key(_DATE, "date of the document"),
                        "file": Key(_LINE, "file name of the document"),
                        "url": Key(Address(), "address"),
                    },
                )
            ),
            "every source, by a short name",
            True,
        ),
    },
)

FILE = Mapping(
    "the file",
    {"registry": Key(HEADER, "about the registry", True), "trials": Key(ListOf(TRIAL, empty=True), "the trials", True)},
)
