"""``python -m seal simulate``."""

import argparse
import secrets
import sys
from pathlib import Path

from chassis import serving, telemetry
from chassis.clock import SystemClock
from chassis.settings import read_secret
from seal.settings import SimulatorSettings
from seal.simulator.app import build_simulator
from seal.simulator.faults import Fault
from seal.simulator.identity import Identity
from seal.simulator.simulated import SimulatedSeal

_OFFICE = "郑州市人力资源和社会保障局"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "modes:\n" + "\n".join(f"  {one.value:24}{one.meaning}" for one in Fault)
    parser.add_argument("--port", type=int, required=True, help="listens on 127.0.0.1 only")
    parser.add_argument(
        "--mode",
        choices=[one.value for one in Fault],
        action="append",
        default=[],
        metavar="MODE",
        help="a fault from the start; may be repeated; PUT /simulator/faults changes them",
    )
    parser.add_argument("--office-name", default=_OFFICE, help="organisation in the certificate")
    parser.add_argument("--client-id", default="certificates")
    parser.add_argument("--secret-file", type=Path, help="client secret; else one is made and told")
    parser.add_argument("--root-file", type=Path, help="write the throw-away root (PEM) here")
    parser.add_argument("--slow-seconds", type=float, default=30.0, help="how slow mode slow is")


def run(options: argparse.Namespace) -> int:
    """Serve until stopped; refuse to where the settings are those of production."""
    if SimulatorSettings().environment == "production":
        sys.stderr.write("seal: the simulator does not run with production settings\n")
        return 2
    telemetry.configure(service="seal", process="simulator", otlp_endpoint=None, log_level="error")
    clock = SystemClock()
    secret = read_secret(options.secret_file) if options.secret_file else secrets.token_urlsafe()
    seal = SimulatedSeal(
        identity=Identity.new(options.office_name, clock.now()),
        clock=clock,
        secret=secret,
        client_id=options.client_id,
        slow_seconds=options.slow_seconds,
        faults={one for one in Fault if one in options.mode},
    )
    if options.root_file:
        options.root_file.write_text(seal.identity.root_pem)
    if not options.secret_file:
        sys.stdout.write(f"client {options.client_id} secret {secret}\n")
    sys.stdout.write(f"测试模拟签章服务 http://127.0.0.1:{options.port}\n")
    sys.stdout.flush()
    app = build_simulator(seal)
    serving.run(lambda stop: serving.serve(app, host="127.0.0.1", port=options.port, stop=stop))
    return 0
