"""The contrast of two colours, after the Web Content Accessibility Guidelines 2.2."""

# What the guidelines ask for (level AA): of text, and of the borders of controls and the mark of the focus.
TEXT, CONTROL = 4.5, 3.0

Colour = tuple[int, int, int]


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast, from 1 for equal colours to 21 for black on white."""
    darker, lighter = sorted([_luminance(one), _luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
