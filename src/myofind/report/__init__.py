"""An answer, a trial's page, a list or a comparison is one frozen value: ids and codes, worded elsewhere."""
