"""Profile whole-pdf, second part: what the file that comes back must be, rule by rule."""

import hashlib
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from seal.conformance.document_subject import DocumentSubject
from seal.conformance.documents import BOX, FIELD
from seal.conformance.findings import NotMet
from seal.conformance.requirement import Catalogue
from seal.conformance.sealed_document import SealedDocument
from seal.conformance.structure import additions, changes

FILE: Catalogue[DocumentSubject] = Catalogue("whole_pdf")
_TOLERANCE = 0.5  # points
_HIDDEN_FLAGS = 0b100011  # invisible, hidden, no view
_PRINT_FLAG = 0b100


@FILE.requires(
    "file_prefix",
    "规则 1：签章后的文件以交来的文件开头，一个字节不变",
    remedy="以增量更新（incremental update）追加签章，不得重新保存整个文件；多数工具有此选项。",
)
async def file_prefix(subject: DocumentSubject) -> str:
    file = await subject.document()
    if not file.data.startswith(file.original):
        same = next(
            (i for i, (a, b) in enumerate(zip(file.original, file.data, strict=False)) if a != b),
            min(len(file.original), len(file.data)),
        )
        raise NotMet(f"自第 {same + 1} 个字节起不同")
    return f"前 {len(file.original)} 字节相同"


@FILE.requires(
    "file_field",
    "规则 2：只增加一个签名域，名称与要求一致",
    remedy="按 request 的 field 命名签名域；不得留下其他表单域，签名域不得有子域。",
)
async def file_field(subject: DocumentSubject) -> str:
    field = (await subject.document()).field
    if field.get("/FT") != "/Sig" or "/Kids" in field:
        raise NotMet("不是单独的签名域")
    if (name := str(field.get("/T", ""))) != FIELD:
        raise NotMet(f"名称为“{name}”，要求“{FIELD}”")
    return f"签名域 {name}"


@FILE.requires(
    "file_box",
    "规则 2：签章在要求的页面、要求的框内",
    remedy="按 request 的 page（从 1 起）和 box（左、下、右、上，单位点）放置，误差不超过半点。",
)
async def file_box(subject: DocumentSubject) -> str:
    file = await subject.document()
    on_pages = [len(page.obj.get("/Annots", [])) for page in file.pdf.pages]
    if not on_pages or not on_pages[0]:
        raise NotMet("要求的页面上没有签章")
    if sum(on_pages) != 1:
        raise NotMet(f"共有 {sum(on_pages)} 个注释，应只有签章一个")
    widget = file.pdf.pages[0].obj.Annots[0]
    found = [float(edge) for edge in widget.Rect]
    off = max(abs(a - b) for a, b in zip(found, BOX, strict=True))
    if off > _TOLERANCE:
        raise NotMet(f"偏离 {off:.1f} 点")
    return "位置相符"


@FILE.requires(
    "file_visible",
    "规则 2：签章可见、可打印",
    remedy="签名域须有外观（/AP /N），标志位置打印（4），不得置隐藏、不可见。",
)
async def file_visible(subject: DocumentSubject) -> str:
    field = (await subject.document()).field
    flags = int(field.get("/F", 0))
    if not flags & _PRINT_FLAG or flags & _HIDDEN_FLAGS:
        raise NotMet(f"标志位为 {flags}")
    appearance = field.get("/AP")
    if appearance is None or not appearance.N.read_bytes():
        raise NotMet("没有外观")
    return "可见、可打印"


@FILE.requires(
    "file_only_seal",
    "规则 2：没有增加其他注释、页面、脚本、附件或字体",
    remedy="签章外观中的文字转为轮廓或图像，不嵌入、不引用字体；去掉动作、脚本、附件、链接。",
)
async def file_only_seal(subject: DocumentSubject) -> str:
    file = await subject.document()
    if found := additions(file.ours, file.pdf):
        raise NotMet("；".join(found[:3]))
    return "只增加了签章"


@FILE.requires(
    "file_form",
    "规则 3：签名为 PAdES（ETSI.CAdES.detached），SHA-256，含 signing-certificate-v2",
    remedy="签名格式选 PAdES 基线（SubFilter 为 ETSI.CAdES.detached），摘要算法 SHA-256，"
    "签名属性含 signing-certificate-v2。",
)
async def file_form(subject: DocumentSubject) -> str:
    file = await subject.document()
    if (kind := str(file.signature.get("/SubFilter", ""))) != "/ETSI.CAdES.detached":
        raise NotMet(f"SubFilter 为 {kind or '空'}")
    algorithm = file.signer_info["digest_algorithm"]["algorithm"].native
    if algorithm != "sha256":
        raise NotMet(f"摘要算法为 {algorithm}")
    leaf = (await subject.chain())[0].public_bytes(Encoding.DER)
    if file.bound_certificate != hashlib.sha256(leaf).digest():
        raise NotMet("signing-certificate-v2 指的不是所出示的证书")
    return "PAdES，SHA-256"


@FILE.requires(
    "file_certification",
    "规则 3：签名为认证签名（DocMDP），不允许以后更改（P 为 1）",
    remedy="以认证签名（certification）签章，权限选“不允许任何更改”；目录的 /Perms 只含 /DocMDP。",
)
async def file_certification(subject: DocumentSubject) -> str:
    file = await subject.document()
    permissions = file.pdf.Root.get("/Perms")
    if permissions is None or "/DocMDP" not in permissions:
        raise NotMet("不是认证签名")
    if set(permissions.keys()) != {"/DocMDP"}:
        raise NotMet("/Perms 中有其他内容")
    if permissions.DocMDP.objgen != file.signature.objgen:
        raise NotMet("认证签名不是签章的签名")
    if (level := int(file.signature.Reference[0].TransformParams.get("/P", 2))) != 1:
        raise NotMet(f"P 为 {level}")
    return "P 为 1"


@FILE.requires(
    "file_covered",
    "规则 3：恰有一个签名，覆盖整个文件",
    remedy="只签一次；ByteRange 从 0 起到文件末尾，只空出签名值本身；"
    "签名后不得再追加内容（包括时间戳）。",
)
async def file_covered(subject: DocumentSubject) -> str:
    file = await subject.document()
    if len(file.signatures) != 1:
        raise NotMet(f"文件中有 {len(file.signatures)} 个签名")
    start, _, second, last = file.byte_range
    if start != 0 or second + last != len(file.data):
        raise NotMet(f"签名覆盖到第 {second + last} 字节，文件有 {len(file.data)} 字节")
    if not file.gap_is_one_value:
        raise NotMet("ByteRange 空出的不只是签名值")
    return "覆盖整个文件"


@FILE.requires(
    "file_digest",
    "规则 3：签名中的摘要就是文件的摘要",
    remedy="在文件完全写好之后再计算 ByteRange 所覆盖字节的摘要。",
)
async def file_digest(subject: DocumentSubject) -> str:
    file = await subject.document()
    if file.attribute("message_digest").native != file.covered_digest:
        raise NotMet("摘要不符：签名之后文件又有变化")
    return "摘要相符"


@FILE.requires(
    "file_signature",
    "规则 3：签名值能用所出示的证书验证",
    remedy="核对密码设备中的密钥与证书是否配对；ECDSA 签名须为 DER 编码，"
    "RSA 签名须为 PKCS#1 v1.5。",
)
async def file_signature(subject: DocumentSubject) -> str:
    file = await subject.document()
    key = (await subject.chain())[0].public_key()
    if not _is_good(key, file.signer_info["signature"].native, file.signed_attributes):
        raise NotMet("不能验证")
    return "签名有效"


@FILE.requires(
    "file_signer",
    "规则 3：签名人的证书就是所出示（备案）的证书，并在签名之内",
    remedy="签名值中须含签章证书，且与 GET credential 返回的第一张一字不差；"
    "更换证书须先报省厅备案。",
)
async def file_signer(subject: DocumentSubject) -> str:
    file = await subject.document()
    leaf = (await subject.chain())[0]
    sid = file.signer_info["sid"].chosen
    if sid["serial_number"].native != leaf.serial_number or not _embedded(file, leaf):
        raise NotMet("签名人的证书不是所出示的证书")
    return "与所出示的一致"


@FILE.requires(
    "file_unchanged",
    "规则 4：目录只增 /AcroForm、/Perms、/Extensions，页面只增 /Annots，其余对象不变",
    remedy="关闭工具的“优化”“线性化”“旋转”等处理；增量更新中不要改写原有对象。",
)
async def file_unchanged(subject: DocumentSubject) -> str:
    file = await subject.document()
    if found := changes(file.ours, file.pdf, metadata=False):
        raise NotMet("；".join(found[:3]))
    return "原有对象不变"


@FILE.requires(
    "file_metadata",
    "规则 4：不改文件的信息字典、XMP 元数据和版本号",
    remedy="许多工具会自动改写日期、制作程序和版本：关闭它，或覆盖相应方法"
    "（pyHanko：_update_meta、ensure_output_version）。",
)
async def file_metadata(subject: DocumentSubject) -> str:
    file = await subject.document()
    if found := changes(file.ours, file.pdf, metadata=True):
        raise NotMet("；".join(found[:3]))
    return "元数据不变"


def _embedded(file: SealedDocument, leaf: x509.Certificate) -> bool:
    wanted = leaf.public_bytes(Encoding.DER)
    return any(one.chosen.dump() == wanted for one in file.signed_data["certificates"])


def _is_good(key: Any, signature: bytes, signed: bytes) -> bool:
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(SHA256()))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), SHA256())
        else:
            return False
    except InvalidSignature:
        return False
    return True
