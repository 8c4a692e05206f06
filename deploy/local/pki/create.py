"""Make the test PKI of this checkout: `python -m deploy.local.pki.create`.

Safe to repeat: keys, tokens and certificates that are there and still fit are left alone. New
certificates are issued when a bureau's key, its name or the PKI's port has changed, or when the
present ones would end within a month. Written to `.local/pki/`:

    root.pem                     the trust root
    seal-<bureau>-chain.pem      a bureau's seal certificate and the issuing CA
    certomancer.yml  certs/      what serves timestamps, OCSP and CRLs, by serve.py beside this
    keys/                        the authorities' private keys; of the bureaus, the public ones only
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from string import Template
from typing import Any

import yaml
from asn1crypto import pem
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from chassis.clock import SystemClock
from deploy.local.checkout import Checkout, make_directory, write_private
from deploy.local.deployables import BUREAUS, Bureau
from deploy.local.pki.tokens import ensure_key, ensure_token
from deploy.local.problems import StackError

TEMPLATE = Path(__file__).with_name("architecture.template.yml")
AUTHORITIES = ("root", "issuing", "ocsp", "tsa")
SEAL_UNIT = "专业技术人员继续教育专用章"
# Production refuses every certificate with this in its name.
DEVELOPMENT_MARK = "(测试)"
# Far beyond any test; a seal's certificate is replaced in good time before its end.
AUTHORITY_LIFETIME = timedelta(days=20 * 365)
SEAL_LIFETIME = timedelta(days=3 * 365)
REPLACED_BEFORE_END = timedelta(days=30)
# Clocks of two processes may differ, and revocation information must be older than a seal.
BACKDATED = timedelta(days=1)

Configuration = dict[str, Any]


def create(checkout: Checkout) -> bool:
    """Make what is missing or no longer fits; tell whether certificates were issued."""
    folder = checkout.pki
    make_directory(folder / "keys", 0o700)
    make_directory(folder / "certs", 0o755)
    for authority in AUTHORITIES:
        _ensure_authority_key(folder / "keys" / f"{authority}.pem")
    for bureau in BUREAUS:
        ensure_token(checkout, bureau)
        ensure_key(checkout, bureau, folder / "keys" / _public_key(bureau))
    inputs = _inputs(checkout)
    if _is_current(folder, inputs):
        return False
    _issue(checkout, inputs)
    return True


def _issue(checkout: Checkout, inputs: str) -> None:
    folder, now = checkout.pki, SystemClock().now()
    seals_until = now + SEAL_LIFETIME
    configuration = configuration_of(checkout, now - BACKDATED, seals_until)
    certificates = _certificates(configuration, folder)
    for label, certificate in certificates.items():
        (folder / "certs" / f"{label}.pem").write_bytes(certificate)
        # Served as issued here: issued anew, they would differ in their signatures' randomness.
        configuration["pki-architectures"]["ca"]["certs"][label]["certificate-file"] = (
            f"certs/{label}.pem"
        )
    for bureau in BUREAUS:
        name = bureau.deployable.name
        chain = certificates[name] + certificates["issuing"]
        (folder / f"{name}-chain.pem").write_bytes(chain)
    (folder / "root.pem").write_bytes(certificates["root"])
    text = yaml.safe_dump(configuration, allow_unicode=True, sort_keys=False)
    write_private(folder / "certomancer.yml", text)
    # Last: without it the next run starts over.
    record = {"inputs": inputs, "replace_after": (seals_until - REPLACED_BEFORE_END).isoformat()}
    write_private(folder / "issued.json", json.dumps(record))


def configuration_of(
    checkout: Checkout, valid_from: datetime, seals_until: datetime
) -> Configuration:
    """Return certomancer's configuration: the template with the bureaus' seals added."""
    text = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        url=f"http://127.0.0.1:{checkout.ports['PKI']}",
        valid_from=_moment(valid_from),
        authorities_until=_moment(valid_from + AUTHORITY_LIFETIME),
        seals_until=_moment(seals_until),
    )
    configuration: Configuration = yaml.safe_load(text)
    architecture = configuration["pki-architectures"]["ca"]
    seal = architecture["certs"].pop("seal")
    for bureau in BUREAUS:
        name = bureau.deployable.name
        key = {"path": _public_key(bureau), "public-only": True}
        configuration["keysets"]["keys"]["keys"][name] = key
        architecture["entities"][name] = subject_of(bureau)
        architecture["certs"][name] = {**seal, "subject": name}
    return configuration


def subject_of(bureau: Bureau) -> Mapping[str, str]:
    """Return the name in a bureau's seal certificate."""
    return {
        "state-or-province-name": "河南省",
        "organization-name": bureau.office_name,
        "organizational-unit-name": SEAL_UNIT,
        # At most 64 bytes: readers of certificates complain about longer common names.
        "common-name": f"{bureau.office_name}{DEVELOPMENT_MARK}",
    }


def _certificates(configuration: Configuration, folder: Path) -> dict[str, bytes]:
    loaded = CertomancerConfig(configuration, key_search_dir=str(folder))
    architecture = loaded.get_pki_arch(ArchLabel("ca"))
    labels = configuration["pki-architectures"]["ca"]["certs"]
    return {
        label: pem.armor("CERTIFICATE", architecture.get_cert(CertLabel(label)).dump())
        for label in labels
    }


def _ensure_authority_key(path: Path) -> None:
    if not path.exists():
        text = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        write_private(path, text.decode())


def _inputs(checkout: Checkout) -> str:
    """Everything the certificates depend on, as one short value."""
    digest = hashlib.sha256(TEMPLATE.read_bytes())
    digest.update(str(checkout.ports["PKI"]).encode())
    for bureau in BUREAUS:
        digest.update(repr((bureau.name, subject_of(bureau))).encode())
    for key in sorted((checkout.pki / "keys").glob("*.pem")):
        digest.update(hashlib.sha256(key.read_bytes()).digest())
    return digest.hexdigest()


def _is_current(folder: Path, inputs: str) -> bool:
    record = folder / "issued.json"
    written = [folder / f"{bureau.deployable.name}-chain.pem" for bureau in BUREAUS]
    written += [folder / "root.pem", folder / "certomancer.yml"]
    if not record.exists() or not all(path.exists() for path in written):
        return False
    issued = json.loads(record.read_text(encoding="utf-8"))
    in_time = SystemClock().now() < datetime.fromisoformat(issued["replace_after"])
    return bool(issued["inputs"] == inputs and in_time)


def _public_key(bureau: Bureau) -> str:
    return f"{bureau.deployable.name}-public.pem"


def _moment(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%S+0000")


def main() -> None:
    """Make the PKI of the checkout that the environment names."""
    try:
        issued = create(Checkout.from_environment())
    except StackError as problem:
        sys.exit(str(problem))
    print("certificates issued" if issued else "nothing to do")


if __name__ == "__main__":
    main()
