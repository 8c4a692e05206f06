"""`python -m portal_server`: serve the built portal until told to stop."""

import asyncio

from chassis import serving
from portal_server.app import Portal
from portal_server.settings import Settings


def main() -> None:
    """Read the settings and serve."""
    settings = Settings()
    app = Portal(settings.built_dir)

    async def serve(stop: asyncio.Event) -> None:
        await serving.serve(app, host=settings.api_host, port=settings.api_port, stop=stop)

    serving.run(serve)


if __name__ == "__main__":
    main()
