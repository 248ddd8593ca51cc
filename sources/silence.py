"""Keys stand in no text that anybody reads: neither as they are nor as an encoding on the way writes them."""

import html
import logging
import re
from collections.abc import Iterable
from urllib.parse import unquote

HIDDEN = "***"


def without(text: str, keys: Iterable[str]) -> str:
    """The text with each key hidden: plain, percent-encoded (also twice), or as JSON and HTML write its signs."""
    forms = {form for key in keys if key for form in (key, unquote(key))}
    for form in sorted(forms, key=len, reverse=True):
        text = re.sub("".join(map(_any_spelling, form)), HIDDEN, text)
    return text


def _any_spelling(sign: str) -> str:
    coded = "".join(f"%(?:25)*{byte:02X}" for byte in sign.encode())
    ways = [re.escape(sign), f"(?i:{coded})", re.escape(html.escape(sign)), rf"\\+(?i:u{ord(sign):04X})"]
    if not sign.isalnum():
        ways.insert(0, rf"\\+{re.escape(sign)}")
    if sign in " +":
        ways += [r"\+", r"\s+"]
    return f"(?:{'|'.join(dict.fromkeys(ways))})"


def hush() -> None:
    """The HTTP libraries write every address they call into the log, with the key in it: no more."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
