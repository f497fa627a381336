"""What an editor must know of a registry beyond its form: one module per family of rules, and an explicit table."""
