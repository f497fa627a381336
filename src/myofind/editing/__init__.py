"""Changes of YAML text at the places of its nodes: every other byte is kept."""
