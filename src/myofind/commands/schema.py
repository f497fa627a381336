"""`myofind schema`: the JSON Schema of the registry or of a profile, for editors."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from myofind.commands.common import OK, choice, guarded
from myofind.writers.terminal import machine_readable

KINDS = ("registry", "profile")


def command(
    kind: Annotated[str, typer.Argument(metavar="[KIND]", help="registry or profile.")] = "registry",
) -> None:
    """Print the JSON Schema of the registry file, or of a patient profile."""

    def work() -> int:
        choice(kind, KINDS, "KIND")
        import json

        from myofind.asking.profile_keys import FIELDS
        from myofind.registry import schema

        found = schema.registry_schema() if kind == "registry" else schema.profile_schema(FIELDS)
        machine_readable()
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return OK

    guarded(work)
