"""Every test runs without the user's environment and keeps what it writes to itself."""

import gc
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from myofind.language import speak

# A slow or busy machine is no finding; where a run must be repeatable, the examples are the same every time.
settings.register_profile(
    "myofind", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("myofind")

sys.dont_write_bytecode = False  # what tests import is compiled once, not in each process of each run

OUTSIDE = (
    "PYTHONDONTWRITEBYTECODE",  # a program started by a test is compiled once too
    "MYOFIND_REGISTRY",
    "SOURCE_DATE_EPOCH",
    "COLUMNS",
    "NO_COLOR",
    "FORCE_COLOR",
    "MYOFIND_DEBUG",
    "MYOFIND_LANG",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
)
"""What the user's environment may hold that would change how the program runs."""


def pytest_collection_finish() -> None:
    """What was collected stays to the end, so the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def _own_environment(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    for name in OUTSIDE:
        if name in os.environ:
            monkeypatch.delenv(name)
    speak("en")


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A small registry of four trials."""
    path = tmp_path / "trials.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


SMALL = """\
# A registry for tests.
registry:
  name: small
  schema: 1
  version: 2026.1.0
  as_of: 2026-01-31
  sources:
    register: {title: A register, publisher: Somebody, url: "https://register.example.org"}
trials:
  - id: NCT00000001
    acronym: ALPHA
    title: Alphamab in dermatomyositis
    title_fr: Alphamab dans la dermatomyosite
    kind: interventional
    interventions: [{name: alphamab, brand: Alphora, codes: [AB-001], class: anti-alpha}]
    phase: [3]
    status:
      - {value: recruiting, as_of: 2026-01-15, source: register, at: page 1}
    eligibility:
      coverage: summary
      subtypes: {admits: [dm]}
      age: {min: 18, max: 75}
    countries: {listed: [FR, DE], complete: true}
    sites:
      - {country: FR, city: Lyon}
      - {country: FR, city: Besançon, facility: "CHU [bold]Minjoz[/bold]"}
    end: 2027-06
    sources:
      - {ref: register, at: page 1}
  - id: NCT00000002
    title: Betanib in necrotizing myopathy with anti-HMGCR
    title_fr: Bêtanib dans la myopathie nécrosante à anti-HMGCR
    kind: interventional
    interventions: [{name: betanib}]
    phase: [2]
    status:
      - {value: recruiting, as_of: 2024-01-15, source: register, at: page 2}
    eligibility:
      coverage: full
      subtypes: {admits: [imnm]}
      age: {min: 18, max: none}
      autoantibodies: {required_any: [hmgcr]}
      refractory: required
      check_by_hand: [walks ten metres]
    countries: {listed: [US], complete: true}
    sources:
      - {ref: register, at: page 2}
  - id: NCT00000003
    acronym: ALPHA-LONG
    title: Long-term alphamab
    title_fr: Alphamab au long cours
    kind: extension
    extends: NCT00000001
    status:
      - {value: recruiting, as_of: 2026-01-15, source: register, at: page 3}
    eligibility:
      coverage: summary
      subtypes: {admits: [dm]}
    countries: {listed: [FR], complete: true}
    sources:
      - {ref: register, at: page 3}
  - id: myo-registry
    title: A registry of any myositis
    title_fr: Un registre de toute myosite
    kind: registry
    status:
      - {value: recruiting, as_of: 2025-12-01, source: register, at: page 4}
    eligibility:
      coverage: summary
      subtypes: {admits: [iim]}
    countries: {listed: [FR], complete: false}
    sources:
      - {ref: register, at: page 4}
"""
