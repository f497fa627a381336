"""How old the statuses of a registry are on a day: `python tools/status_age.py [DAY] [REGISTRY]...`.

Prints, for each file, how many trials have a newest status under 365 days old on that day, how many an older one, and
how many none.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from myofind.domain.recruitment import recruitment
from myofind.registry.location import read_bytes, registry_path
from myofind.registry.read import read_registry


def main(arguments: list[str]) -> None:
    """Print one line a file."""
    day = date.fromisoformat(arguments[0]) if arguments else date.today()
    for path in [Path(one) for one in arguments[1:]] or [registry_path()]:
        trials = read_registry(read_bytes(path), str(path)).trials()
        ages = [recruitment(trial.status, trial.end, day).age_days for trial in trials]
        known = [age for age in ages if age is not None]
        young = sum(age < 365 for age in known)
        print(
            f"{path}: {young} of {len(trials)} trials ({young / len(trials):.1%}) have a status under 365 days old "
            f"on {day}; {len(known) - young} an older one, {len(trials) - len(known)} none"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
