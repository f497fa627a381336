"""Find myositis trials for a patient, with a reason for every yes, no and don't-know."""

__version__ = "0.1.1"
