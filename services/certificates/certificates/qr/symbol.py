"""From the address to the printed symbol."""

import io
from typing import ClassVar

import segno

from certificates.qr import base32
from certificates.qr.modules import ERROR_CORRECTION, MASK, quick_rows
from chassis.errors import Category, ServiceError

MAXIMUM_VERSION = 12  # 65 modules on 35 mm: 0.48 mm each, readable at 150 dpi and 96 % scale
_QUIET_ZONE = 4  # modules, ISO/IEC 18004
_DIGITS = bytes.maketrans(b"\0\1", b"01")


class SymbolTooDense(ServiceError):
    """The address does not fit into a code that can be read from paper."""

    code: ClassVar[str] = "certificates.qr_symbol_too_dense"
    category: ClassVar[Category] = Category.INVALID
    detail = "二维码内容过长，打印后可能无法识读。"


def certificate_url(host: str, token: str, payload: bytes) -> str:
    """Return ``<host>/v/<token>#<payload in base 32>``; ``host`` includes the scheme."""
    return f"{host.rstrip('/')}/v/{token}#{base32.encode(payload)}"


def qr_matrix(url: str) -> tuple[tuple[int, ...], ...]:
    """Return the modules (1 = dark) without quiet zone."""
    return tuple(tuple(row) for row in _symbol(url).matrix)


def qr_rows(url: str) -> list[int]:
    """Return each row of modules as one number, the leftmost module its highest bit."""
    quick = quick_rows(_parts(url))
    if quick is not None:
        return quick
    return [int(row.translate(_DIGITS), 2) for row in _symbol(url).matrix]


def qr_svg(url: str) -> str:
    """Return the symbol as one inline SVG path with its quiet zone, in module units."""
    output = io.BytesIO()
    _symbol(url).save(
        output, kind="svg", border=_QUIET_ZONE, xmldecl=False, svgns=True, omitsize=True
    )
    return output.getvalue().decode()


def qr_png(url: str, scale: int = 8) -> bytes:
    """Return the symbol as PNG with its quiet zone."""
    output = io.BytesIO()
    _symbol(url).save(output, kind="png", border=_QUIET_ZONE, scale=scale)
    return output.getvalue()


def _parts(url: str) -> list[str]:
    """Cut an address so that each part has a densest mode: host in bytes, the rest not."""
    address, mark, payload = url.partition("#")
    host, slash, token = address.rpartition("/")
    return [part for part in (host + slash, token, mark, payload) if part]


def _symbol(url: str) -> segno.QRCode:
    try:
        symbol = segno.make_qr(
            _parts(url),  # type: ignore[arg-type]  # the stub does not know lists of segments
            error=ERROR_CORRECTION,
            mask=MASK,
            boost_error=False,
        )
    except segno.DataOverflowError as error:
        raise SymbolTooDense from error
    if int(symbol.version) > MAXIMUM_VERSION:
        raise SymbolTooDense
    return symbol
