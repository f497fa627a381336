"""What was typed or filed becomes a patient, and what was understood is said."""
