"""Format 3: the words around a text that its writer may share came along."""

from __future__ import annotations

from typing import Any, Final

_NEW_LABELS: Final = {
    "text_sharable": (
        "Typen mag, hooguit {most} tekens. Ik haal je bericht weg uit deze chat. Daarna kies jij wat ermee gebeurt. "
        "Kies je niets? Dan bewaar ik het niet. Niet typen mag ook: tik dan op Sla over."
    ),
    "text_written": "Je schreef:",
    "text_found": (
        "Hier lijkt iets in te staan waaraan iemand te herkennen is: {found}. "
        "Wil je het aanpassen voordat ik het bewaar?"
    ),
    "text_never": (
        "Hier lijkt iets in te staan wat ik nooit deel: {found}. Wil je het aanpassen? Of houd het voor jezelf."
    ),
    "text_kept": "Je tekst zit nu op slot.",
    "text_gone": "Je tekst is weg. Ik heb er niets van bewaard.",
    "adjust": "Aanpassen",
    "not_so": "Klopt niet, bewaar",
    "erase": "Wissen",
    "findings": {
        "name": "een naam",
        "bsn": "een burgerservicenummer",
        "iban": "een rekeningnummer",
        "phone": "een telefoonnummer",
        "email": "een mailadres",
        "link": "een link of accountnaam",
        "birth_date": "een volledige datum",
        "address": "een adres",
        "postcode": "een postcode",
        "school": "een school",
    },
}


def to_format_3(content: dict[str, Any]) -> dict[str, Any]:
    """Own phrases get the new words of the product; everything else stays as it is."""
    if isinstance(content.get("labels"), dict):
        return {**content, "labels": {**_NEW_LABELS, **content["labels"]}}
    return content
