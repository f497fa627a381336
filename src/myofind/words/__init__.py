"""Every message in English and in French, side by side."""
