"""An answer, a trial's page, a list, a comparison or a refresh is one frozen value: ids and codes, worded elsewhere."""
