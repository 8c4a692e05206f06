"""The HTTP face: the hot route as plain ASGI, and its description for the API document."""
