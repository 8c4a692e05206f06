"""A seal's drawing operators as SVG: for the portal and for whoever files the seal."""

from certificates.layout import SEAL_DIAMETER


def svg_of(operators: bytes) -> str:
    """Return a drawing of ``appearance`` as SVG; its operators are all that is understood."""
    colour, *shapes = operators.decode().splitlines()
    paths = "".join(map(_path, shapes))
    size = round(SEAL_DIAMETER)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<g fill="{_rgb(colour)}" fill-rule="evenodd" '
        f'transform="matrix(1 0 0 -1 0 {size})">{paths}</g></svg>'
    )


def _path(shape: str) -> str:
    matrix, path = shape.removeprefix("q ").removesuffix(" f* Q").split(" cm ")
    data: list[str] = []
    arguments: list[str] = []
    for word in path.split():
        if word in {"m", "l", "c", "h"}:
            data += ["Z" if word == "h" else word.upper(), *arguments]
            arguments = []
        else:
            arguments.append(word)
    return f'<path transform="matrix({matrix})" d="{" ".join(data)}"/>'


def _rgb(colour: str) -> str:
    parts = (str(round(float(part) * 255)) for part in colour.removesuffix(" rg").split())
    return f"rgb({' '.join(parts)})"
