"""Twenty patients that screens are measured with, as they would be typed."""

from __future__ import annotations

from myofind.asking.typed import Typed

REFERENCE: dict[str, Typed] = {
    "dm": Typed(subtypes=("dm",), age="45", countries=("FR",)),
    "dm, MDA5, lungs": Typed(subtypes=("dm",), age="49", countries=("FR",), antibodies=("mda5",), ild=True),
    "dm, TIF1-gamma": Typed(subtypes=("dm",), age="63", countries=("FR",), antibodies=("tif1g",), sex="female"),
    "dm, refractory": Typed(subtypes=("dm",), age="38", countries=("US",), refractory=True, onset="2019"),
    "dm, no country": Typed(subtypes=("dm",), age="45"),
    "cadm, MDA5": Typed(subtypes=("cadm",), age="52", countries=("CN",), antibodies=("mda5", "ro52"), ild=True),
    "imnm, HMGCR": Typed(subtypes=("imnm",), age="58", countries=("FR",), antibodies=("hmgcr",)),
    "imnm, SRP": Typed(
        subtypes=("imnm",), age="34", countries=("US",), antibodies=("SRP +, HMGCR neg",), refractory=True
    ),
    "ibm": Typed(subtypes=("ibm",), age="68", countries=("FR",), sex="male"),
    "ibm, 80": Typed(subtypes=("ibm",), age="80", countries=("GB",)),
    "jdm": Typed(subtypes=("jdm",), age="8", countries=("FR",)),
    "jdm, 17": Typed(subtypes=("jdm",), birth_date="2009-06-01", countries=("US",), antibodies=("nxp2",)),
    "asys, lungs": Typed(subtypes=("asys",), age="55", countries=("FR",), antibodies=("jo1", "ro52"), ild=True),
    "asys, worsening": Typed(
        subtypes=("asys",), age="61", countries=("DE",), antibodies=("pl7",), facts=("rapidly progressive lung disease",)
    ),
    "pm": Typed(subtypes=("pm",), age="50", countries=("FR",)),
    "pm or asys": Typed(subtypes=("pm", "asys"), age="44", countries=("JP",)),
    "overlap": Typed(subtypes=("overlap",), age="41", countries=("FR", "BE"), antibodies=("pmscl",)),
    "any myositis": Typed(subtypes=("iim",), age="47", countries=("FR",)),
    "dm, many antibodies": Typed(
        subtypes=("dm",), age="45", countries=("GB",), antibodies=("Mi-2 ++, TIF1g neg, MDA5 neg, NXP2 neg, SAE neg, Ro52 +",)
    ),
    "dm, treated": Typed(
        subtypes=("dm",), age="45", countries=("FR",), refractory=True, onset="2021-03", ild=False, sex="female",
        facts=("no cancer", "mmt8 120", "fvc 85 %", "weight 70 kg"),
        treatments=("prednisone 10 mg", "methotrexate", "rituximab until 2025-09"),
    ),
}  # fmt: skip
