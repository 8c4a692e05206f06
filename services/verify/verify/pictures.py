"""Pictures of pages for a report: how many, how large, and what passes for one."""

# The examining process makes none unless it is given this word.
ASKED = "pictures"
MOST_PICTURES = 2
MOST_PICTURE_BYTES = 300_000
_JPEG = "/9j/"  # how base64 of a JPEG begins


def passable(picture: object) -> str | None:
    """Return base64 that may be handed out as a JPEG; the process that drew it is not believed."""
    if not isinstance(picture, str) or not picture.startswith(_JPEG):
        return None
    return picture if len(picture) <= MOST_PICTURE_BYTES * 4 / 3 + 4 else None
