"""Where things are on the page, for everybody who must agree on it (renderer, seal, gate)."""

PAGE_WIDTH = 595.2756  # points, A4
PAGE_HEIGHT = 841.8898
MILLIMETRE = 72 / 25.4

SEAL_DIAMETER = 42 * MILLIMETRE
# Centre of the seal over 发证单位（盖章）, from the left and from the top of the page.
_SEAL_CENTRE_X = 148.5 * MILLIMETRE
_SEAL_CENTRE_Y = 225 * MILLIMETRE


def _seal_box() -> tuple[int, int, int, int]:
    left = round(_SEAL_CENTRE_X - SEAL_DIAMETER / 2)
    low = round(PAGE_HEIGHT - _SEAL_CENTRE_Y - SEAL_DIAMETER / 2)
    size = round(SEAL_DIAMETER)
    return left, low, left + size, low + size


SEAL_PAGE = 0
SEAL_BOX = _seal_box()  # points: left, bottom, right, top
