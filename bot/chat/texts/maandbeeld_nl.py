"""What stands under a maandbeeld, and what a lead reads before sharing it. Dutch, B1, je-vorm."""

from __future__ import annotations

from typing import Final

AS_SHEET: Final = "Als tabel"
AS_CSV: Final = "Liever als CSV"
SHARE_NOW: Final = "Ja, deel met het team"
NOT_SHARED: Final = "Niet gedeeld. Het maandbeeld is nog alleen bij jou."
SHEET_IS: Final = (
    "De uitkomsten en jullie stap, zonder de zinnen die mensen deelden. Op het tweede blad staat hoe je het leest."
)
CSV_IS: Final = "Dezelfde regels. Onderaan staat hoe je het leest."


def about_to_share(members: int) -> str:
    """What happens when the lead says yes, below what the team will get."""
    if not members:
        return "<b>Er zit nog niemand in je team.</b> Delen heeft nu geen zin."
    whom = "naar één mens" if members == 1 else f"naar {members} mensen"
    return (
        f"<b>Zo krijgt je team het.</b> Het plaatje, de tekst en de knoppen hierboven gaan {whom}. "
        "Delen kan één keer, en het kan niet terug."
    )
