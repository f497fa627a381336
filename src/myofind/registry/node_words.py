"""The node a path leads to; what is said of one that is empty or misplaced, and of a word that is near another."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from myofind.diagnostics import Path, likest, shown
from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from myofind.language import Pair, both

_FRENCH_KEYS: dict[str, str] = {
    "acronyme": "acronym", "titre": "title", "type": "kind", "genre": "kind", "statut": "status", "etat": "status", "état": "status", "pays": "countries",
    "centres": "sites", "ville": "city", "hopital": "facility", "hôpital": "facility", "promoteur": "sponsor", "effectif": "enrollment",
    "participants": "enrollment", "debut": "start", "début": "start", "fin": "end", "suivi": "follow_up", "criteres": "eligibility", "critères": "eligibility",
    "medicaments": "interventions", "médicaments": "interventions", "comparateur": "comparator", "telephone": "phone", "téléphone": "phone",
    "courriel": "email", "mail": "email", "sexe": "sex", "sous_types": "subtypes", "anticorps": "autoantibodies", "traitements": "treatments",
    "brouillon": "draft", "conflits": "conflicts", "cohortes": "cohorts", "valeur": "value", "le": "as_of", "date": "as_of", "nom": "name", "admis": "admits",
    "exclus": "excludes", "liste": "listed", "dose_max": "dose",
}  # fmt: skip
"""What somebody who writes French may type for a key of the format: in lower case, with and without accents."""
EMPTY = frozenset({"", "~", "null", "Null", "NULL"})

NO_VALUE = ("there is no value", "il n'y a pas de valeur")
NOTHING = ("there is nothing in the brackets", "il n'y a rien entre les crochets")


def child(node: Node | None, step: str | int) -> Node | None:
    """The value below a key or at an index."""
    below: list[Node] = []
    if isinstance(node, MappingNode) and isinstance(step, str):
        below = [value for key, value in node.value if key.value == step]
    elif isinstance(node, SequenceNode) and isinstance(step, int):
        below = node.value[step : step + 1]
    return below[0] if below else None


def node_at(root: Node | None, path: Path) -> Node | None:
    """The node a path leads to."""
    for step in path:
        root = child(root, step)
    return root


def last_leaf(node: Node) -> Node:
    """The node that ends a block: its last value, or that of its last item, and so on."""
    while isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    return node


def is_empty(node: Node) -> bool:
    """Whether nothing stands behind a key."""
    return isinstance(node, ScalarNode) and node.value in EMPTY and not node.style


def write_or_remove(what: Pair) -> Pair:
    """The hint of an empty value."""
    return f"write {what[0]}, or remove the key", f"écrire {what[1]}, ou retirer la clé"


def misplaced(node: Node, what: Pair, *, are: bool = False) -> Pair:
    """That a node is of another kind than what is expected (`are`: expected in the plural)."""
    en, fr = (
        ("a list", "une liste")
        if isinstance(node, SequenceNode)
        else ("a mapping", "une suite de clés")
        if isinstance(node, MappingNode)
        else both(f"`{shown(node.value, 30)}`")
    )
    return f"{en} stands where {what[0]} {'are' if are else 'is'} expected", f"trouvé : {fr} ; attendu : {what[1]}"


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word that may have been meant; none where nothing is near."""
    near = likest(word.lower().replace("-", "_"), words, 1, 0.7)
    return near[0] if near else None


def key_meant(key: str, keys: Collection[str]) -> str | None:
    """The key of some that another spelling, or a French word, stands for; none where nothing is near."""
    french = _FRENCH_KEYS.get(key.lower())
    return french if french in keys else nearest(key, keys)
