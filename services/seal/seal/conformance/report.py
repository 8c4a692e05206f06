"""What came out, for people (Chinese) and for machines (JSON)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """The three words of a finding; the text is how the report prints it."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_CHECKED = "not_checked"


WORDS = {Outcome.MET: "通过", Outcome.NOT_MET: "未通过", Outcome.NOT_CHECKED: "未检"}


@dataclass(frozen=True)
class Finding:
    requirement: str
    text: str
    outcome: Outcome
    found: str
    remedy: str


@dataclass(frozen=True)
class Report:
    """Every requirement of the profile with its outcome, in the order of the checks."""

    url: str
    profile: str
    examined_at: datetime
    findings: Sequence[Finding]

    def count(self, outcome: Outcome) -> int:
        return sum(one.outcome is outcome for one in self.findings)

    @property
    def passed(self) -> bool:
        """Tell whether something was met and nothing failed; unchecked ones count for neither."""
        return not self.count(Outcome.NOT_MET) and self.count(Outcome.MET) > 0

    def as_text(self) -> str:
        """Return the report in Chinese, each failure with what to mend."""
        head = f"豫证签章服务符合性测试  {self.url}  {self.profile}  {self.examined_at.isoformat()}"
        lines = [head, ""]
        for one in self.findings:
            lines.append(f"[{WORDS[one.outcome]}] {one.requirement}  {one.text}：{one.found}")
            if one.outcome is Outcome.NOT_MET:
                lines.append(f"    整改：{one.remedy}")
        counts = "，".join(f"{WORDS[one]} {self.count(one)}" for one in Outcome)
        verdict = "符合" if self.passed else "不符合"
        return "\n".join([*lines, "", f"合计：{counts}。结论：{verdict}。", ""])

    def as_document(self) -> dict[str, Any]:
        return {
            "url": self.url,
            "profile": self.profile,
            "examined_at": self.examined_at.isoformat(),
            "passed": self.passed,
            "counts": {one.value: self.count(one) for one in Outcome},
            "findings": [asdict(one) for one in self.findings],
        }
