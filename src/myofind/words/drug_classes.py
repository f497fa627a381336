"""Classes of drugs in French: the data write them in English, and names of targets and cells are the same in both."""

from __future__ import annotations

import re

_FRENCH: tuple[tuple[str, str], ...] = (
    (r"calcineurin inhibitor", "inhibiteur de la calcineurine"),
    (r"(.+) inhibitor", "inhibiteur de {0}"),
    (r"anti-(.+) siRNA", "ARN interférent anti-{0}"),
    (r"(.+) mRNA CAR-T", "{0} CAR-T à ARNm"),
    (r"anti-interferon beta", "anti-interféron bêta"),
    (r"anti-(.+) receptor", "anti-récepteur de l'{0}"),
    (r"(.+) receptor agonist", "agoniste du récepteur {0}"),
    (r"(.+) agonist", "agoniste {0}"),
    (r"anti-(.+) cell therapy", "thérapie cellulaire anti-{0}"),
    (r"anti-complement (.+)", "anti-complément {0}"),
    (r"(.+) T-cell engager", "anticorps {0} engageant les lymphocytes T"),
    (r"(.+) myeloid cell engager", "anticorps {0} engageant les cellules myéloïdes"),
    (r"alkylating agent", "alkylant"),
    (r"antifibrotic", "antifibrosant"),
    (r"calcinosis", "calcinose"),
    (r"cell therapy", "thérapie cellulaire"),
    (r"antimetabolite", "antimétabolite"),
    (r"apheresis", "aphérèse"),
    (r"corticosteroid", "corticoïde"),
    (r"cytokine", "cytokine"),
    (r"lymphodepletion", "lymphodéplétion"),
    (r"NK cells", "cellules NK"),
    (r"(.+) CAR-T with IL-15", "{0} CAR-T avec IL-15"),
    (r"CD19 switch of a CAR-T (.+)", "interrupteur CD19 d'un CAR-T {0}"),
    (r"heat-shock protein amplifier", "amplificateur des protéines de choc thermique"),
    (r"imaging", "imagerie"),
    (r"immunoglobulin", "immunoglobulines"),
    (r"allogeneic mitochondria", "mitochondries de donneur"),
    (r"mesenchymal stem cell exosomes", "exosomes de cellules souches mésenchymateuses"),
    (r"adipose-derived mesenchymal stem cells", "cellules souches mésenchymateuses de graisse"),
    (r"non-drug", "non médicamenteux"),
)
_ORIGIN = {
    "allogeneic": "de donneur", "autologous": "autologue", "allogeneic (iPSC)": "de donneur (iPSC)", "in vivo": "in vivo",
    "from iPSC": "issu d'iPSC", "allogeneic (gamma delta)": "de donneur (gamma delta)",
    "switchable (with SWI019)": "commutable (avec SWI019)",
}  # fmt: skip


A_CLASS = "class of drugs"
"""What the data call a name that is itself one of a class, like "corticosteroids": it says nothing of the drug."""


def drug_class(written: str | None, lang: str) -> str:
    """A class of drugs in a language, empty for none; names of targets and cells stay as they are."""
    if written in (None, A_CLASS):
        return ""
    if lang == "en":
        return written
    first, *origins = written.split(", ")
    return ", ".join([_french(first), *(_ORIGIN.get(origin, origin) for origin in origins)])


def _french(text: str) -> str:
    for pattern, french in _FRENCH:
        found = re.fullmatch(pattern, text)
        if found:
            return french.format(*found.groups())
    return text
