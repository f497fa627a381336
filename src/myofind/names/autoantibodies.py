"""Which autoantibody belongs to which class, and what a negative panel says."""

from __future__ import annotations

from myofind.names.compiled_files import above, below

__all__ = ["PANEL", "PANEL_SPECIFIC", "groups", "members", "named_with"]

PANEL: tuple[str, ...] = (
    "mi2", "mi2a", "mi2b", "tif1g", "mda5", "nxp2", "sae", "sae1", "ku", "pmscl", "pmscl75", "pmscl100", "jo1", "srp", "pl7", "pl12", "ej",
    "oj", "ro52",
)  # fmt: skip
"""What "panel negative" covers: the sixteen antigens of the usual line blot (EUROLINE autoimmune inflammatory myopathies 16 Ag: Mi-2 alpha,
Mi-2 beta, TIF1-gamma, MDA5, NXP2, SAE1, Ku, PM-Scl100, PM-Scl75, Jo-1, SRP, PL-7, PL-12, EJ, OJ, Ro-52) and the three names these bands
stand for (Mi-2, SAE, PM-Scl). Never HMGCR nor cN1A, which are tested apart, nor KS, Zo, Ha."""

PANEL_SPECIFIC: tuple[str, ...] = tuple(id for id in PANEL if id not in {"ku", "pmscl", "pmscl75", "pmscl100", "ro52"})
"""What "MSA negative" covers: the myositis-specific ones of the panel."""


def groups(id: str) -> frozenset[str]:
    """Every class that contains this antibody, at any depth: `jo1` is in `ars_any` and `msa_any`."""
    return above("antibodies", id)


_NAMED_WITH = frozenset(("ars_any", "non_jo1_ars", "ro_any", "tif1_any", "dmsa_any", "imnm_ab_any"))


def named_with(id: str) -> frozenset[str]:
    """The classes that an antibody is often named with: `antisynthetase (PL-7)`, `SSA (Ro52)`."""
    return groups(id) & _NAMED_WITH


def members(id: str) -> frozenset[str]:
    """Every antibody below a class, at any depth, classes between them included; nothing for an antibody that is no class."""
    return below("antibodies", id)
