"""How many certificates one core renders and seals (gate: 10 times plain, goal: 50 times).

Baseline in the same run, on the same records, with the same P-256 key: WeasyPrint's `write_pdf`
with the system's fonts and pyHanko's `SimpleSigner`, both as their documentation shows. It makes
less than we do: no PDF/A, no tags, no attached record, no border, no certification.
Needs built fonts (`make up-data` or `python -m certificates.fonts build`); `make bench` runs it.
"""

import argparse
import io
import os
import platform
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from string import Template
from time import process_time
from typing import Any
from uuid import UUID

import segno
import weasyprint
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from certificates.press import Press
from certificates.qr import certificate_url
from certificates.record import CertificateRecord, CreditTenths
from certificates.rendering.renderer import TEMPLATE_VERSION, hours_text
from certificates.rendering.versions import TemplateVersion
from certificates.sealing.appearance import SealFace
from certificates.sealing.gate import GateExpectation, check_sealed
from certificates.sealing.prepare import assemble

ROUNDS = 3
DIFFERENT = 105  # every combination of the names and employers below
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
HOST = "https://www.hnzjgl.gov.cn"
SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡",
    ("建国", "秀英", "伟", "静怡", "海涛", "晓东", "敏"),
)
EMPLOYERS = ("郑州市第一人民医院", "河南省水利勘测设计研究有限公司", "开封市祥符区第二高级中学")


def record(number: int) -> CertificateRecord:
    """Return one of many different usual records."""
    hours = CreditTenths(900 + number % 200, 300, 600 + number % 200)
    return CertificateRecord(
        certificate_id=UUID(int=number),
        number=f"41{number:012d}",
        year=2026,
        version=1,
        name=SURNAMES[number % len(SURNAMES)] + GIVEN[number % len(GIVEN)],
        sex="male" if number % 2 else "female",
        identity_masked=f"410105********{number % 10000:04d}",
        employer=EMPLOYERS[number % len(EMPLOYERS)],
        level="intermediate",
        credit_tenths=hours,
        rule_id=UUID(int=1),
        rule_version=1,
        office_id=UUID(int=2),
        office_name="郑州市人力资源和社会保障局",
        issued_on=date(2026, 11, 23),
        template_version=TEMPLATE_VERSION,
    )


def address(number: int) -> str:
    """Return a QR address of the usual length, different for each record."""
    payload = bytes((number * 31 + place * 7) % 256 for place in range(138))
    return certificate_url(HOST, f"05W11QBSZFNKYF83GW5G5RNPBWWF70C{number % 100000:05d}", payload)


class Key:
    """One P-256 key with its certificate, for both sides."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "测试签章")])
        certificate = x509.CertificateBuilder(
            name, name, self.private.public_key(), 1, NOW - timedelta(1), NOW + timedelta(365)
        ).sign(self.private, hashes.SHA256())
        self.der = certificate.public_bytes(serialization.Encoding.DER)
        self.pem = certificate.public_bytes(serialization.Encoding.PEM)
        self.private_pem = self.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def sign(self, message: bytes) -> bytes:
        """Sign as a seal service would."""
        return self.private.sign(message, ec.ECDSA(hashes.SHA256()))


class Plain:
    """The pipeline of the libraries' documentation, with the same page and the same words."""

    def __init__(self, key: Key, folder: Path) -> None:
        (folder / "key.pem").write_bytes(key.private_pem)
        (folder / "certificate.pem").write_bytes(key.pem)
        self._signer: Any = signers.SimpleSigner.load(  # type: ignore[no-untyped-call] # pyHanko leaves it unannotated
            str(folder / "key.pem"), str(folder / "certificate.pem")
        )
        template = TemplateVersion("certificate", TEMPLATE_VERSION)
        self._page = Template(template.read("page.html"))
        self._style = Template(template.read("style.css")).safe_substitute(
            families='"Noto Serif CJK SC"'
        )

    def __call__(self, number: int) -> bytes:
        """Render and sign one."""
        one = record(number)
        qr = segno.make(address(number), error="m").svg_data_uri()
        fields = {
            "name": one.name, "number": one.number, "employer": one.employer, "year": one.year,
            "identity_masked": one.identity_masked, "office_name": one.office_name,
            "total": hours_text(one.credit_tenths.total), "sex": "男",
            "public": hours_text(one.credit_tenths.public), "issued_on": "2026年11月23日",
            "professional": hours_text(one.credit_tenths.professional), "version": one.version,
            "host": "www.hnzjgl.gov.cn", "digest": f"{number:032x}", "portrait": "", "shape": "",
        }  # fmt: skip
        page = self._page.safe_substitute(fields).replace("yuzheng:qr", qr)
        pdf = weasyprint.HTML(string=page).write_pdf(
            stylesheets=[weasyprint.CSS(string=self._style)]
        )
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        metadata = signers.PdfSignatureMetadata(field_name="Signature1")
        signed: bytes = signers.sign_pdf(writer, metadata, signer=self._signer).getvalue()
        return signed


class Ours:
    """Our pipeline as the document processes run it, with the key at hand."""

    def __init__(self, key: Key, press: Press, *, fast: bool) -> None:
        self._key, self._press, self._fast = key, press, fast

    def __call__(self, number: int) -> bytes:
        """Render, prepare, sign, check the signature and assemble one."""
        prepared = self._press.prepare(
            record(number),
            address(number),
            SealFace("郑州市专业技术人员继续教育专用章", development=True),
            (self._key.der, ()),
            signed_at=NOW,
            may_be_fast=self._fast,
        )
        return assemble(prepared, self._key.sign(prepared.signed_attributes))


class Gate:
    """The seal-return gate on files of the fast path."""

    def __init__(self, key: Key, ours: Ours) -> None:
        self._key, self._ours = key, ours
        self._file = b""

    def __call__(self, _: int) -> bytes:
        """Judge one file; the file is made beforehand, once."""
        if not self._file:
            self._file = self._ours(0)
        expectation = GateExpectation(self._file, record(0), [self._key.der], NOW)
        check_sealed(self._file, replace(expectation, one_revision=True))
        return self._file


def measure(make: Callable[[int], bytes], count: int) -> float:
    """Return seconds of processor time a document."""
    started = process_time()
    for number in range(count):
        make(number)
    return (process_time() - started) / count


def main() -> None:
    """Measure all in turns and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, default=Path(".local/fonts"))
    fonts = parser.parse_args().fonts
    key, press = Key(), Press(fonts)
    with tempfile.TemporaryDirectory() as folder:
        fast = Ours(key, press, fast=True)
        pipelines: dict[str, tuple[Callable[[int], bytes], int]] = {
            "plain: WeasyPrint, system fonts, SimpleSigner": (Plain(key, Path(folder)), 8),
            "full rendering, static fonts, our seal": (Ours(key, press, fast=False), 20),
            "compiled template": (fast, 300),
            "gate, on files of the compiled template": (Gate(key, fast), 50),
        }
        sizes = {name: len(make(0)) for name, (make, _) in pipelines.items()}
        spent: dict[str, list[float]] = {name: [] for name in pipelines}
        for _ in range(ROUNDS):
            for name, (make, count) in pipelines.items():
                spent[name].append(measure(make, count))
        made = [len(fast(number)) for number in range(DIFFERENT)]
    report(sizes, {name: statistics.median(times) for name, times in spent.items()})
    print(
        f"\ncompiled files of {DIFFERENT} different people: {min(made):,} to {max(made):,} bytes, "
        f"{statistics.mean(made):,.0f} on average"
    )


def report(sizes: dict[str, int], seconds: dict[str, float]) -> None:
    """Print a table; the first row is the baseline."""
    baseline = next(iter(seconds.values()))
    print(
        f"machine: {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}; processor time, median of {ROUNDS} rounds\n"
    )
    print("| pipeline | ms a document | documents/s a core | times plain | bytes |")
    print("|---|---|---|---|---|")
    for name, each in seconds.items():
        cells = [f"{1000 * each:.2f}", f"{1 / each:.0f}", f"{baseline / each:.1f}"]
        print(f"| {name} | {' | '.join(cells)} | {sizes[name]:,} |")


if __name__ == "__main__":
    main()
