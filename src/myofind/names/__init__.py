"""Names as clinicians and laboratories type them: the table decides, a score only helps with typing."""
