"""Numbers and set words on paper, in Dutch or English."""

import pandas as pd

UNKNOWN = {"nl": "onbekend", "en": "unknown"}
NO_BREAK = "\u00a0"


def number(value: object, decimals: int = 0, language: str = "nl") -> str:
    """A number as the reader writes it; one that is not there is said to be unknown.

    Args:
        value: Number, or None or nan.
        decimals: Digits after the comma.
        language: ``nl`` or ``en``.
    """
    if pd.isna(value):
        return UNKNOWN[language]
    text = f"{float(value):,.{decimals}f}"
    if text.startswith("-"):
        text = "\u2212" + text[1:] if text.strip("-0.,") else text[1:]
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text


def measure(value: object, unit: str, decimals: int = 0, language: str = "nl") -> str:
    """A number and its unit, never parted by a line's end."""
    return f"{number(value, decimals, language)}{NO_BREAK}{unit}" if pd.notna(value) else UNKNOWN[language]
