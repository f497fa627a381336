"""Which registry file answers: `--registry`, else `MYOFIND_REGISTRY`, else the one that came with the program."""

from __future__ import annotations

import os
from pathlib import Path

from myofind.diagnostics import InputError, shown

VARIABLE = "MYOFIND_REGISTRY"


def registry_path(option: str | None = None) -> Path:
    """The file to read.

    A wheel carries the registry inside the package; a checkout, an sdist and an editable install have it in `data/`.
    Raises InputError when there is none.
    """
    chosen, by = (option, "--registry") if option is not None else (os.environ.get(VARIABLE) or None, VARIABLE)
    if chosen is not None:
        path = Path(chosen)
        if path.is_dir():
            path = path / "trials.yaml"
        if not path.is_file():
            raise InputError(
                f"no registry at `{shown(str(path), 200)}` ({by})", "name a YAML file such as data/trials.yaml"
            )
        return path
    package = Path(__file__).resolve().parent.parent
    for path in (package / "_data" / "trials.yaml", package.parent.parent / "data" / "trials.yaml"):
        if path.is_file():
            return path
    raise InputError("the registry file is missing from this installation", f"name one with --registry or {VARIABLE}")


def read_bytes(path: Path) -> bytes:
    """The content of a file; raises InputError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read `{shown(str(path), 200)}`: {error.strerror or error}") from error
