"""Numbers of studies in public registers: their shapes and the pages they lead to.

Shapes after each register's own documentation and the registries table of the R packages ctregistries and ctrdata.
EudraCT and EU CT numbers are said to carry a check digit, but no formula is published: the shape is all that is tested.
"""

from __future__ import annotations

import re
from functools import cache

from myofind.records import NamedTuple


class Register(NamedTuple):
    """A register: how its numbers look, an example, and the address of a study's page (`{id}`), if it can be built."""

    name: str
    shape: str
    example: str
    link: str | None = "https://trialsearch.who.int/Trial2.aspx?TrialID={id}"

    @property
    def pattern(self) -> re.Pattern[str]:
        """The shape, compiled when it is first asked for."""
        return re.compile(self.shape, re.ASCII)


REGISTERS: dict[str, Register] = {
    "nct": Register("ClinicalTrials.gov", r"NCT\d{8}", "NCT05523167", "https://clinicaltrials.gov/study/{id}"),
    "eudract": Register(
        "EudraCT",
        r"20\d{2}-0\d{5}-\d{2}",
        "2021-001277-23",
        "https://www.clinicaltrialsregister.eu/ctr-search/search?query={id}",
    ),
    "euct": Register(
        "EU CT",
        r"20\d{2}-5\d{5}-\d{2}(-\d{2})?",
        "2022-502759-70-01",
        "https://euclinicaltrials.eu/ctis-public/view/{id}",
    ),
    "isrctn": Register("ISRCTN", r"ISRCTN\d{8}", "ISRCTN12345678", "https://www.isrctn.com/{id}"),
    "jrct": Register("jRCT", r"jRCT[a-z0-9]\d{9}", "jRCTs031240581", "https://jrct.mhlw.go.jp/en-latest-detail/{id}"),
    "chictr": Register("ChiCTR", r"ChiCTR(\d{10}|-[A-Z]{3}-\d{8})", "ChiCTR2100053662"),
    "actrn": Register("ANZCTR", r"ACTRN126\d{11}", "ACTRN12620000998954", "https://www.anzctr.org.au/{id}.aspx"),
    "drks": Register("DRKS", r"DRKS\d{8}", "DRKS00012345", "https://drks.de/search/en/trial/{id}"),
    "umin": Register("UMIN", r"UMIN0000\d{5}", "UMIN000012345"),
    "ctri": Register("CTRI", r"CTRI/20\d{2}/\d{2,3}/\d{6}", "CTRI/2021/05/033456"),
    "kct": Register("CRIS", r"KCT\d{7}", "KCT0001234"),
    "irct": Register("IRCT", r"IRCT20\d{10,12}N\d{1,3}", "IRCT20200101012345N1"),
    "pactr": Register("PACTR", r"PACTR20\d{13}", "PACTR202001123456789"),
    "nl": Register("OMON / NTR", r"(NL-OMON\d{1,5}|NL\d{1,5}|NTR\d{1,4})", "NL-OMON12345"),
    "id_rcb": Register("ID-RCB", r"20\d{2}-A\d{5}-\d{2}", "2021-A01234-37", None),
}

SLUG = r"(?=[0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*"
"""The id of a study that has no number anywhere: a number alone would be one of no register."""


@cache
def register_of(number: str) -> str | None:
    """The register a number belongs to, by its shape; all numbers of a register begin like its example."""
    for key, register in REGISTERS.items():
        if number[:1] == register.example[0] and register.pattern.fullmatch(number):
            return key
    return None


def link(number: str) -> str | None:
    """The page of a study, where its address can be built from the number."""
    key = register_of(number)
    address = REGISTERS[key].link if key else None
    return address.format(id=number) if address else None
