"""What the demo tells: a short text for people, a JSON file for programs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic


@dataclass
class Report:
    """The facts of one run; ``seconds_by_step`` in the order they happened."""

    management_number: str = ""
    year: int = 0
    certificate_pdf: str = ""
    certificate_picture: str = ""
    verify_url: str = ""
    verify_state: str = ""
    revoked_verify_url: str = ""
    revoked_verify_state: str = ""
    parked_task: str = ""
    checks: dict[str, str] = field(default_factory=dict)
    gateway_url: str = ""
    accounts: dict[str, str] = field(default_factory=dict)
    seconds_by_step: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time the block and say its name when it is done."""
        started = monotonic()
        yield
        self.seconds_by_step[name] = round(monotonic() - started, 2)
        print(f"  ✓ {name} ({self.seconds_by_step[name]:.2f} s)", flush=True)

    def write(self, file: Path) -> None:
        """Write the JSON report."""
        file.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", "utf-8")

    def text(self) -> str:
        """Return what a person wants to see at the end."""
        lines = [
            "",
            f"证书管理号      {self.management_number}  ({self.year} 年度)",
            f"证书文件        {self.certificate_pdf}",
            f"证书图片        {self.certificate_picture}",
            f"二维码链接      {self.verify_url}",
            f"核验结果        {self.verify_state}",
            f"已撤销证书      {self.revoked_verify_state}  {self.revoked_verify_url}",
            f"等待办理        {self.parked_task}",
            *(f"{name:<14}  {said}" for name, said in self.checks.items()),
            f"门户            {self.gateway_url}/",
            "登录账号        "
            + "，".join(f"{who}: {login}" for who, login in self.accounts.items()),
        ]
        return "\n".join(lines)
