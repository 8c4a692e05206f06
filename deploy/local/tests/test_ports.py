"""The one list of ports."""

from pathlib import Path

import pytest
from deploy.local.deployables import DEPLOYABLES
from deploy.local.ports import read_assignments, read_ports
from deploy.local.problems import StackError
from deploy.local.services import KINDS


def test_every_port_is_its_own() -> None:
    ports = read_ports()
    assert len(set(ports.values())) == len(ports)


def test_every_process_of_a_service_has_a_port() -> None:
    ports = read_ports()
    assert all(one.port_name(kind) in ports for one in DEPLOYABLES for kind in KINDS)


def test_offset_moves_every_port() -> None:
    moved = read_ports(1000)
    assert moved == {name: port + 1000 for name, port in read_ports().items()}


def test_file_is_refused_when_two_names_share_a_port(tmp_path: Path) -> None:
    file = tmp_path / "ports.env"
    file.write_text("ONE=21000\nTWO=21000\n")
    with pytest.raises(StackError, match="share one port"):
        read_ports(file=file)


def test_offset_is_refused_when_a_port_cannot_exist() -> None:
    with pytest.raises(StackError, match="smaller"):
        read_ports(60_000)


def test_comments_and_blank_lines_are_no_assignments(tmp_path: Path) -> None:
    file = tmp_path / "x.env"
    file.write_text("# a comment\n\nONE=1 # why\n")
    assert read_assignments(file) == {"ONE": "1"}
