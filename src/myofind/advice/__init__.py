"""What to ask next, what is near, and what time, another subtype or another fact would open."""
