"""The test PKI: made with real tokens, served by the real certomancer, judged by pyHanko."""

import hashlib
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from aiohttp import ClientSession
from asn1crypto import pem, x509
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from cryptography.x509 import load_pem_x509_certificates
from deploy.local.checkout import Checkout
from deploy.local.environment import write_settings
from deploy.local.pki.create import create
from deploy.local.waiting import is_taken, wait_until
from pyhanko.sign.timestamps.aiohttp_client import AIOHttpTimeStamper
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend
from tests.kit.ports import free_port


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    usual = Checkout.from_environment()
    ports = MappingProxyType({**usual.ports, "PKI": free_port()})
    made = replace(usual, state=tmp_path_factory.mktemp("stack"), ports=ports)
    made.prepare()
    write_settings(made)
    assert create(made)
    return made


@pytest.fixture(scope="module")
def served(checkout: Checkout) -> Iterator[str]:
    port = checkout.ports["PKI"]
    command = [str(checkout.python), "-m", "deploy.local.pki.serve"]
    command += [str(checkout.pki / "certomancer.yml"), str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: is_taken(port), 20, "certomancer")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def certificates(path: Path) -> list[x509.Certificate]:
    found = pem.unarmor(path.read_bytes(), multiple=True)
    return [x509.Certificate.load(der) for _, _, der in found]


def content(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_changes_when_it_is_made_again(checkout: Checkout) -> None:
    before = content(checkout.pki)

    assert not create(checkout)

    assert content(checkout.pki) == before


def test_certificates_are_issued_anew_when_the_port_changes(
    checkout: Checkout, tmp_path: Path
) -> None:
    copy = tmp_path / "stack"
    subprocess.run(["cp", "-a", str(checkout.state), str(copy)], check=True)
    moved = replace(checkout, state=copy, ports=MappingProxyType({**checkout.ports, "PKI": 9}))
    write_settings(moved)

    assert create(moved)

    assert "http://127.0.0.1:9" in (copy / "pki" / "certomancer.yml").read_text()
    keys = [
        load_pem_x509_certificates((state / "pki" / "root.pem").read_bytes())[0].public_key()
        for state in (checkout.state, copy)
    ]
    assert keys[0] == keys[1]


@pytest.mark.parametrize("bureau", ["zhengzhou", "luoyang"])
def test_the_seal_certificate_is_over_the_key_in_the_token(checkout: Checkout, bureau: str) -> None:
    chain = (checkout.pki / f"seal-{bureau}-chain.pem").read_bytes()
    public = (checkout.pki / "keys" / f"seal-{bureau}-public.pem").read_bytes()

    signer, issuer = load_pem_x509_certificates(chain)

    assert signer.public_key() == load_pem_public_key(public)
    assert "测试" in signer.subject.rfc4514_string()
    signer.verify_directly_issued_by(issuer)


def test_the_two_bureaus_have_different_keys(checkout: Checkout) -> None:
    keys = {path.read_bytes() for path in (checkout.pki / "keys").glob("seal-*-public.pem")}

    assert len(keys) == 2


def test_private_keys_are_for_their_owner_only(checkout: Checkout) -> None:
    for name in ("root", "issuing", "ocsp", "tsa"):
        assert (checkout.pki / "keys" / f"{name}.pem").stat().st_mode & 0o077 == 0


async def test_a_seal_is_trusted_with_fetched_revocation_when_the_pki_is_served(
    checkout: Checkout, served: str
) -> None:
    [root] = certificates(checkout.pki / "root.pem")
    signer, issuing = certificates(checkout.pki / "seal-zhengzhou-chain.pem")
    async with ClientSession() as session:
        context = ValidationContext(
            trust_roots=[root],
            other_certs=[issuing],
            allow_fetching=True,
            fetcher_backend=AIOHttpFetcherBackend(session),
            revocation_mode="require",
        )
        path = await CertificateValidator(signer, validation_context=context).async_validate_usage(
            {"digital_signature", "non_repudiation"}
        )

    assert [one.subject.native["common_name"] for one in path] == [
        "豫证测试根证书",
        "豫证测试签发证书",
        "郑州市人力资源和社会保障局(测试)",
    ]
    assert context.ocsps
    assert context.crls


async def test_timestamps_are_given_when_the_pki_is_served(checkout: Checkout, served: str) -> None:
    digest = hashlib.sha256(b"a certificate").digest()
    async with ClientSession() as session:
        stamper = AIOHttpTimeStamper(f"{served}/ca/tsa/tsa", session)
        token = await stamper.async_timestamp(digest, "sha256")

    imprint = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
    assert imprint["hashed_message"].native == digest
