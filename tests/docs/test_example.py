"""The example for team leads is a real maandbeeld: what the product would send today, in words and as a picture."""

from __future__ import annotations

from PIL import Image

from tests.support.golden import DOCUMENT, EXAMPLE, PICTURE, SITUATIONS, at_phone_width, example


def test_the_example_is_what_the_product_says():
    """Word for word; ``python -m tests.support.golden`` writes it again."""
    assert example() in DOCUMENT.read_text()


def test_the_picture_is_what_the_product_draws():
    """Pixel by pixel, at the width of a phone."""
    with Image.open(PICTURE) as shown:
        drawn = at_phone_width(SITUATIONS[EXAMPLE]())
        assert shown.size == drawn.size
        assert shown.convert("RGB").tobytes() == drawn.convert("RGB").tobytes()
