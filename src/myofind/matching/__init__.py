"""One patient and the whole registry, many patients and the registry: the same verdicts as one by one."""
