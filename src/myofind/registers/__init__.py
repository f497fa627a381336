"""What public registers say: their records read, compared with the registry, and written into it on request."""
