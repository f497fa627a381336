"""`myofind schema`: the JSON Schema of the registry or of a profile, for editors."""

from __future__ import annotations

import json
import sys
from typing import Annotated

from typer import Argument

from myofind.asking.profile_keys import FIELDS
from myofind.commands.common import OK, choice, exits
from myofind.registry import schema
from myofind.writers.terminal import machine_readable

KINDS = ("registry", "profile")


@exits
def command(
    kind: Annotated[str, Argument(metavar="[KIND]", help="registry or profile.")] = "registry",
) -> int:
    """Print the JSON Schema of the registry or of a profile."""

    choice(kind, KINDS, "KIND")
    found = schema.registry_schema() if kind == "registry" else schema.profile_schema(FIELDS)
    machine_readable()
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    return OK
