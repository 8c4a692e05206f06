"""Seed the requirement rules, subject kinds, activity kinds and reason codes.

None of this is a constant in code: it is data that an administrator may change, and every row
says where it is from and whether the province has confirmed it.
"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ORDER_25 = (
    "人力资源和社会保障部令第25号（2015年）：每年不少于90学时，专业科目不少于总学时的三分之二；"
    "省内市级做法：公需30、专业60，当年有效。二手来源，待省厅确认。"
)
REGULATION_1998 = (
    "《河南省专业技术人员继续教育条例》（1998年，2010年修正）：高、中级每年不少于64学时，"
    "初级不少于56学时。保留备选，未启用。"
)
KINDS_SOURCE = "省内继续教育学时认定的通行分类；认定标准待省厅确认。"

SUBJECT_KINDS = (("public", "公需科目"), ("professional", "专业科目"))

# code, name, evidence required, what to attach
ACTIVITY_KINDS = (
    ("accredited_class", "继续教育基地培训班", False, "由基地上报学时的无需附件"),
    ("training", "培训、研修、进修", True, "培训通知、结业证书、单位证明"),
    ("degree_course", "学历（学位）教育课程", True, "成绩单"),
    ("academic_conference", "学术会议", True, "会议通知、参会证明、论文目录"),
    ("research_project", "科研项目", True, "立项或结项文件，注明本人排名"),
    ("publication", "著作、论文", True, "出版物封面、目录及作者页"),
    ("patent", "专利", True, "专利证书"),
    ("prize", "科技成果奖励", True, "获奖证书"),
    ("qualification_exam", "国家职业资格考试", True, "成绩合格证明或资格证书"),
    ("endorsed_report", "获领导批示的调研报告", True, "报告及批示件"),
    ("aid_mission", "援藏、援疆、支教、支农、支医", True, "派出文件及单位证明"),
    ("grassroots_service", "服务基层", True, "服务单位出具的证明"),
    ("industry_training", "行业主管部门备案计划内培训", True, "备案计划及培训证明"),
)

# code, text, what the person can do
REASON_CODES = (
    ("evidence_unreadable", "证明材料无法辨认", "请重新扫描或拍照，保证文字清晰完整后重新申报。"),
    ("evidence_insufficient", "证明材料不足", "请补充能证明学习内容和学时的材料后重新申报。"),
    ("hours_exceed_evidence", "申报学时多于材料所载", "请按材料所载学时申报；如有异议请补充证明。"),
    ("wrong_year", "不属于该年度的学习", "请在学习所在年度申报。"),
    ("wrong_subject_kind", "科目类型不符", "请按公需科目、专业科目的规定选择后重新申报。"),
    ("duplicate", "与已申报的内容重复", "同一项学习只认定一次，无需再次申报。"),
    ("not_continuing_education", "不属于继续教育范围", "请对照活动类型，申报属于继续教育的学习。"),
    ("approval_in_error", "原审核有误", "请按撤销理由补充材料后重新申报。"),
)

RULES = (
    {
        "id": UUID("0198a000-0000-7000-8000-000000000090"),
        "version": 1,
        "name": "年度90学时（公需30、专业60）",
        "year_from": 2017,
        "year_to": None,
        "levels": None,
        "total_tenths": 900,
        "minimum_tenths": {"public": 300, "professional": 600},
        "in_force": True,
        "source_note": ORDER_25,
    },
    {
        "id": UUID("0198a000-0000-7000-8000-000000000064"),
        "version": 1,
        "name": "高、中级年度64学时",
        "year_from": 1998,
        "year_to": None,
        "levels": ["senior_full", "senior_associate", "intermediate"],
        "total_tenths": 640,
        "minimum_tenths": {},
        "in_force": False,
        "source_note": REGULATION_1998,
    },
    {
        "id": UUID("0198a000-0000-7000-8000-000000000056"),
        "version": 1,
        "name": "初级年度56学时",
        "year_from": 1998,
        "year_to": None,
        "levels": ["junior", "unrated"],
        "total_tenths": 560,
        "minimum_tenths": {},
        "in_force": False,
        "source_note": REGULATION_1998,
    },
)

_subject_kinds = sa.table(
    "subject_kinds",
    sa.column("code", sa.Text),
    sa.column("name", sa.Text),
    sa.column("position", sa.Integer),
)
_activity_kinds = sa.table(
    "activity_kinds",
    sa.column("code", sa.Text),
    sa.column("name", sa.Text),
    sa.column("position", sa.Integer),
    sa.column("evidence_required", sa.Boolean),
    sa.column("evidence_hint", sa.Text),
    sa.column("source_note", sa.Text),
    sa.column("unconfirmed", sa.Boolean),
)
_reason_codes = sa.table(
    "reason_codes",
    sa.column("code", sa.Text),
    sa.column("text", sa.Text),
    sa.column("remedy", sa.Text),
    sa.column("position", sa.Integer),
)
_rules = sa.table(
    "rules",
    sa.column("id", sa.Uuid),
    sa.column("version", sa.Integer),
    sa.column("name", sa.Text),
    sa.column("year_from", sa.Integer),
    sa.column("year_to", sa.Integer),
    sa.column("levels", ARRAY(sa.Text)),
    sa.column("total_tenths", sa.Integer),
    sa.column("minimum_tenths", JSONB),
    sa.column("filing_days_after", sa.Integer),
    sa.column("in_force", sa.Boolean),
    sa.column("unconfirmed", sa.Boolean),
    sa.column("source_note", sa.Text),
)


def upgrade() -> None:
    op.bulk_insert(
        _subject_kinds,
        [
            {"code": code, "name": name, "position": position}
            for position, (code, name) in enumerate(SUBJECT_KINDS, 1)
        ],
    )
    op.bulk_insert(
        _activity_kinds,
        [
            {
                "code": code,
                "name": name,
                "position": position,
                "evidence_required": required,
                "evidence_hint": hint,
                "source_note": KINDS_SOURCE,
                "unconfirmed": True,
            }
            for position, (code, name, required, hint) in enumerate(ACTIVITY_KINDS, 1)
        ],
    )
    op.bulk_insert(
        _reason_codes,
        [
            {"code": code, "text": text, "remedy": remedy, "position": position}
            for position, (code, text, remedy) in enumerate(REASON_CODES, 1)
        ],
    )
    # No make-up in a later year: a claim must be filed before its year ends.
    op.bulk_insert(
        _rules, [{**rule, "filing_days_after": 0, "unconfirmed": True} for rule in RULES]
    )
