"""One module per command: options in, a number out (the exit code); all meaning lives elsewhere."""
