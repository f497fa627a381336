"""Trial, patient, facts, ages, recruitment, and the verdict of one patient for one trial on one day; pure."""
