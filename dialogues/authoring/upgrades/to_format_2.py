"""Format 2: a dialogue with steps of its own says what may be stored, and three words on screens came along."""

from __future__ import annotations

from typing import Any, Final

_NEW_LABELS: Final = {
    "still_to_choose": "Nog {left} te kiezen. Wil je toch overslaan? Tik dan je keuze weer uit.",
    "text_signed": "Wat je typt, gaat met jouw naam naar je team. Je ziet eerst de hele tekst en beslist dan zelf.",
    "stopped_unkept": "Gestopt. Ik heb hiervan niets bewaard of doorgegeven.",
}


def to_format_2(content: dict[str, Any]) -> dict[str, Any]:
    """In format 1 every dialogue was sealed in envelopes; own phrases get the new words of the product."""
    if isinstance(content.get("labels"), dict):
        return {**content, "labels": {**_NEW_LABELS, **content["labels"]}}
    if "steps" in content:
        return {"storage": "envelope", **content}
    return content
