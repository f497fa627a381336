"""The program: `myofind` and `python -m myofind`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line."""
    gc.disable()  # a command lives for a tenth of a second; the collector would only walk what is still in use
    try:
        from myofind.cli import run

        run(sys.argv[1:])
    except KeyboardInterrupt:  # while modules are still being loaded
        sys.exit(130)
    finally:
        gc.freeze()  # what is left need not be walked once more on the way out


if __name__ == "__main__":
    main()
