"""What can be wrong with a form's data."""

from chassis.errors import Category, NotFound, ServiceError


class FormUnknown(NotFound):
    code = "certificates.form_unknown"
    detail = "没有这种表单。"


class FormDataInvalid(ServiceError):
    code = "certificates.form_data_invalid"
    detail = "表单数据不符合要求。"
    remedy = "请按字段说明更正后重新提交。"


class FormGlyphMissing(ServiceError):
    """A character that no font can print; the document names it, because the caller typed it."""

    code = "certificates.form_glyph_missing"
    detail = "表单中有字库暂缺的字。"
    remedy = "请核对该字；确有此字的，请联系运维补充字库后重试。"


class FormTooLong(ServiceError):
    """The data would run over the pages that the form has."""

    code = "certificates.form_too_long"
    category = Category.INVALID
    detail = "填写内容过长，表单排不下。"
    remedy = "请精简填写内容后重新提交。"


class FormPrintingFailed(ServiceError):
    """The document process died or ran out of time; the request may be repeated."""

    code = "certificates.form_printing_failed"
    category = Category.UNAVAILABLE
    detail = "表单未能在规定时间内生成。"
    remedy = "请稍后再试。"
