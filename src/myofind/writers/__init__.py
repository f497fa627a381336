"""Values to something printable: lines for a terminal or a pipe, JSON for a script."""
