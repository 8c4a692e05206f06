"""`python -m portal_server`: serve until told to stop; `… openapi`: print the API's document."""

import argparse
import asyncio

from chassis import serving, telemetry
from chassis.commands import print_openapi
from portal_server.api import build_api, openapi_document
from portal_server.app import Portal
from portal_server.settings import Settings


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m portal_server")
    parser.add_argument("command", nargs="?", choices=("serve", "openapi"), default="serve")
    if parser.parse_args().command == "openapi":
        print_openapi(openapi_document())
    else:
        _serve(Settings())


def _serve(settings: Settings) -> None:
    telemetry.configure(
        service="portal",
        process="web",
        otlp_endpoint=settings.otlp_endpoint,
        log_level=settings.log_level,
    )
    app = Portal(settings.built_dir, build_api(settings))

    async def serve(stop: asyncio.Event) -> None:
        await serving.serve(app, host=settings.api_host, port=settings.api_port, stop=stop)

    serving.run(serve)


if __name__ == "__main__":
    main()
