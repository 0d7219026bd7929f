"""Setting type with Typst: a template beside this file, data as JSON, our own fonts, and nothing from outside."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

_FOLDER: Final = Path(__file__).parent
_POINTS_PER_INCH: Final = 72
_PIXELS_PER_POINT: Final = 3


def typeset(
    template: str,
    data: Mapping[str, Any],
    *,
    form: Literal["png", "pdf"],
    scale: float = 1.0,
    way: Mapping[str, object] = MappingProxyType({}),
) -> bytes:
    """A picture, or tagged pages (PDF/UA-1); equal input gives equal bytes."""
    import typst

    compiler = typst.Compiler(
        _FOLDER / template,
        root=_FOLDER,
        font_paths=[_FOLDER / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "way": json.dumps(dict(way))},
    )
    made = compiler.compile(
        format=form,
        ppi=_POINTS_PER_INCH * _PIXELS_PER_POINT * scale if form == "png" else None,
        pdf_standards=["ua-1"] if form == "pdf" else [],
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template} should give one page")
    return made


def count_pages(made: bytes) -> int:
    """How many pages a PDF of ours has."""
    return max(int(number) for number in re.findall(rb"/Type/Pages/Count (\d+)", made))
