"""Headers of every answer: what a browser may do with the portal, and how long it may keep it."""

# No script and no style in a page or from elsewhere; nothing leaves the own origin. Pictures may
# come from memory (`blob:`, a file that a service gave out with the person's token; `data:`, a
# drawing). pdf.js reads in a worker of our own; it needs no right to compile anything.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; media-src 'self' blob:; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SAFE = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # The camera reads certificates' codes; the portal asks for nothing else of a device.
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
ASSETS = "/assets/"
# The one script that may compile WebAssembly, the reader of codes. It is a worker, and a worker
# obeys the policy it was served with: no page of the portal has this right.
_DECODER = ASSETS + "decoding.worker-"
_DECODER_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# What has its digest in its name never changes; everything else is asked for again each time.
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


def safe(path: str) -> dict[str, str]:
    """Return what the file or page at ``path`` may do in a browser."""
    if path.startswith(_DECODER):
        return SAFE | {"content-security-policy": _DECODER_POLICY}
    return SAFE


def caching(path: str) -> str:
    """Return how long the file at ``path`` may be kept."""
    return FOR_EVER if path.startswith(ASSETS) else ASK_AGAIN
