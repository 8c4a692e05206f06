"""Serve timestamps, OCSP and CRLs: `python -m deploy.local.pki.serve CERTOMANCER_YML PORT`.

The same application as `certomancer … animate --aiohttp`, which insists on the IPv6 loopback too
and so does not start where the kernel has none.
"""

import argparse
from datetime import datetime

from certomancer.integrations import aiohttp_animator
from certomancer.registry import CertomancerConfig

from chassis.clock import SystemClock


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.pki.serve")
    parser.add_argument("configuration")
    parser.add_argument("port", type=int)
    arguments = parser.parse_args()
    architectures = CertomancerConfig.from_file(arguments.configuration).pki_archs
    # RFC 5280 knows no fractions of a second, and strict readers refuse OCSP answers that have
    # them: so would every reader of the certificates that such an answer is embedded in.
    aiohttp_animator._now = _whole_second  # type: ignore[attr-defined]  # noqa: SLF001 - no setting
    app = aiohttp_animator.build_animator_app(architectures, with_web_ui=False)
    aiohttp_animator.run_animator_app(app, host="127.0.0.1", port=arguments.port)


def _whole_second() -> datetime:
    return SystemClock().now().replace(microsecond=0)


if __name__ == "__main__":
    main()
