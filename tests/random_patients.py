"""Patients as one meets them, drawn at random from a seed: what screens are measured with beside the reference patients."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count as count_from
from itertools import islice

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError

ADULT = (
    "dm", "dm", "cadm", "adm", "dm_mda5", "mda5_ild", "pm", "pm", "imnm", "imnm_srp", "imnm_hmgcr", "asys", "asys", "asys_ild", "ibm",
    "ibm", "overlap", "scleromyo", "iim", "nsm", "cam", "ici_myositis",
)  # fmt: skip
CHILD = ("jdm", "jdm", "jpm", "joverlap", "jimnm", "jiim", "dm")
SPECIFIC = (
    "jo1", "pl7", "pl12", "ej", "oj", "ks", "mi2", "tif1g", "nxp2", "mda5", "sae", "srp", "hmgcr", "cn1a", "antisynthetase", "ha",
)  # fmt: skip
ASSOCIATED = ("ro52", "ro52", "pmscl", "ku", "u1rnp", "SSA", "ro60", "ana", "la", "scl70")
PANELS = (
    "Jo-1 neg, PL-7 neg, PL-12 neg, Ro52 ++",
    "Mi-2 +, TIF1g neg, MDA5 neg, NXP2 neg, SAE neg",
    "SRP +, HMGCR neg, Ku +/-",
)
COUNTRIES = (
    "FR",
    "FR",
    "FR",
    "BE",
    "DE",
    "GB",
    "US",
    "US",
    "CN",
    "JP",
    "CA",
    "IT",
    "ES",
    "NL",
    "SE",
    "CH",
    "AU",
    "KR",
    "BR",
    "PL",
    "NO",
)
FACTS = (
    ("cancer", "no cancer", "no cancer"), ("mmt8 120", "mmt8 141"), ("fvc 85 %", "fvc 55 %"), ("dlco 45 %", "dlco 70 %"),
    ("weight 70 kg", "weight 130 kg", "weight 38 kg"), ("ck 12 x ULN", "ck 1 x ULN"), ("cdasi 22", "cdasi 8"), ("phga 4",),
    ("haq-di 1.25",), ("muscle weakness", "no muscle weakness"), ("active rash",), ("no dysphagia",), ("pregnant", "not pregnant"),
    ("walks without help",), ("rapidly progressive lung disease", "no rapidly progressive lung disease"),
    ("hepatitis b", "no hepatitis b"), ("transplant", "no transplant"), ("calcinosis", "no calcinosis"), ("ecog 1",), ("lvef 60 %",),
    ("egfr 45",), ("bmi 27",), ("diagnosed 2024-03", "diagnosed 2012"), ("drugs failed 2", "drugs failed 0"), ("no oxygen",),
    ("platelets 180 G/L",), ("no other trial",), ("lupus", "no other autoimmune disease"),
)  # fmt: skip
TREATMENTS = (
    ("prednisone 10 mg", "prednisone 40 mg", "never steroids"), ("methotrexate", "methotrexate until 2025-06"), ("azathioprine",),
    ("mycophenolate", "mycophenolate until 2024"), ("rituximab until 2025-09", "never rituximab", "rituximab until 2026-08"),
    ("IVIG", "IVIG until 2026-10"), ("tacrolimus",), ("tofacitinib until 2026-09", "tofacitinib"), ("cyclophosphamide until 2023",),
    ("hydroxychloroquine",),
)  # fmt: skip


def some(rng: random.Random, values: Sequence[str], least: int, most: int) -> tuple[str, ...]:
    """A few different ones."""
    return tuple(dict.fromkeys(rng.choices(values, k=rng.randint(least, most))))


def random_patient(rng: random.Random, length: float) -> Typed:
    """A child or an adult with diagnoses, antibodies, countries and facts: `length` from 0, a few words, to 1, a long letter."""
    child = rng.random() < 0.2
    antibodies = some(rng, SPECIFIC, 0, 3 if length > 0.7 else 1) + some(rng, ASSOCIATED, 0, 2)
    panel = rng.choice(PANELS) if not antibodies and rng.random() < 0.4 else ""
    return Typed(
        subtypes=some(rng, CHILD if child else ADULT, 1, 3 if length > 0.6 else 1),
        birth_date=f"{rng.randint(2009, 2023)}-{rng.randint(1, 12):02}-15" if child else None,
        age=None if child else str(rng.randint(18, 86)),
        antibodies=(panel,) if panel else antibodies,
        countries=some(rng, COUNTRIES, 0 if rng.random() < 0.1 else 1, 4 if length > 0.8 else 1),
        sex=rng.choice((None, "female", "male")),
        onset=None if child else rng.choice((None, None, "2019", "2025-03", "2026-06")),
        ild=rng.choice((None, None, True, True, False)),
        refractory=rng.choice((None, None, True, False)),
        facts=tuple(rng.choice(one) for one in rng.sample(FACTS, rng.randint(0, int(12 * length)))),
        treatments=tuple(rng.choice(one) for one in rng.sample(TREATMENTS, rng.randint(0, int(6 * length)))),
    )


def random_patients(seed: int, count: int, day: date, length: float | None = None) -> Iterator[Typed]:
    """So many patients who do not contradict themselves, the same ones for a seed, of any length or of one."""
    rng = random.Random(seed)
    drawn = (random_patient(rng, rng.random() if length is None else length) for _ in count_from(0))
    return islice((typed for typed in drawn if _agrees(typed, day)), count)


def _agrees(typed: Typed, day: date) -> bool:
    try:
        understand(typed, day)
    except InputError as error:
        if (
            any(word in error.message for word in ("contradicts", "not the same", "lies before"))
            or "as positive and as negative" in error.message
        ):
            return False
        raise
    return True
