"""Serve timestamps, OCSP and CRLs: `python -m deploy.local.pki.serve CERTOMANCER_YML PORT`.

The same application as `certomancer … animate --aiohttp`, which insists on the IPv6 loopback too
and so does not start where the kernel has none.
"""

import argparse

from certomancer.integrations.aiohttp_animator import build_animator_app, run_animator_app
from certomancer.registry import CertomancerConfig


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.pki.serve")
    parser.add_argument("configuration")
    parser.add_argument("port", type=int)
    arguments = parser.parse_args()
    architectures = CertomancerConfig.from_file(arguments.configuration).pki_archs
    app = build_animator_app(architectures, with_web_ui=False)
    run_animator_app(app, host="127.0.0.1", port=arguments.port)


if __name__ == "__main__":
    main()
