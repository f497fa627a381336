"""The registry file: where it is, what it may hold, and its trials."""
