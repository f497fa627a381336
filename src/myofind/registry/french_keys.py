"""What somebody who writes French may type for a key of the format."""

from __future__ import annotations

FRENCH_KEYS: dict[str, str] = {
    "acronyme": "acronym", "titre": "title", "type": "kind", "genre": "kind", "statut": "status", "etat": "status", "état": "status", "pays": "countries",
    "centres": "sites", "ville": "city", "hopital": "facility", "hôpital": "facility", "promoteur": "sponsor", "effectif": "enrollment",
    "participants": "enrollment", "debut": "start", "début": "start", "fin": "end", "suivi": "follow_up", "criteres": "eligibility", "critères": "eligibility",
    "medicaments": "interventions", "médicaments": "interventions", "comparateur": "comparator", "telephone": "phone", "téléphone": "phone",
    "courriel": "email", "mail": "email", "sexe": "sex", "sous_types": "subtypes", "anticorps": "autoantibodies", "traitements": "treatments",
    "brouillon": "draft", "conflits": "conflicts", "cohortes": "cohorts", "valeur": "value", "le": "as_of", "date": "as_of", "nom": "name", "admis": "admits",
    "exclus": "excludes", "liste": "listed", "dose_max": "dose",
}  # fmt: skip
"""In lower case, with and without accents."""
