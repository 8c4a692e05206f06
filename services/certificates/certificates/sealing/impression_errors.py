"""What can be wrong with an uploaded impression, each with what to do about it."""

from chassis.errors import Category, ServiceError

# A scan of 42 mm at 600 dpi is half of that.
MOST_IMPRESSION_BYTES = 2 * 1024 * 1024


class ImpressionTooLarge(ServiceError):
    code = "certificates.impression_too_large"
    category = Category.TOO_LARGE
    detail = "印模图片超过 2 MB。"
    remedy = "请降低分辨率或改存为 JPEG 后重新上传。"


class ImpressionUnreadable(ServiceError):
    code = "certificates.impression_unreadable"
    category = Category.UNSUPPORTED
    detail = "印模文件无法读取，或不是 PNG、JPEG 图片。"
    remedy = "请将印模扫描或导出为 PNG 或 JPEG 图片后重新上传。"


class ImpressionTooManyPixels(ServiceError):
    code = "certificates.impression_too_many_pixels"
    detail = "印模图片超过 1600 万像素。"
    remedy = "请裁去印章以外的部分，或降低分辨率后重新上传。"


class ImpressionTooSmall(ServiceError):
    code = "certificates.impression_too_small"
    detail = "图片中的印章直径不足 300 像素。"
    remedy = "请以 300 dpi 以上重新扫描，保留印章原大小。"


class ImpressionBackground(ServiceError):
    code = "certificates.impression_background"
    detail = "印章周围不是空白底。"
    remedy = "请在白纸上用印后扫描，或使用白色、透明底的图片；图中除印章外不得有文字、表格或阴影。"


class ImpressionOffCentre(ServiceError):
    code = "certificates.impression_off_centre"
    detail = "印章不在图片正中。"
    remedy = "请裁剪图片，使印章居中、四周留白大致相等。"


class ImpressionNotRound(ServiceError):
    code = "certificates.impression_not_round"
    detail = "图片中的印章不是完整的圆形。"
    remedy = "请使用圆形专用章，正面扫描，不要倾斜、拉伸或截断，图中不要有其他内容。"


class ImpressionTilted(ServiceError):
    code = "certificates.impression_tilted"
    detail = "图片中的印章倾斜超过 20 度。"
    remedy = "请将印章转正（五角星一角朝上）后重新扫描或旋转图片。"


class ImpressionNotRed(ServiceError):
    code = "certificates.impression_not_red"
    detail = "印迹不是红色。"
    remedy = "请用红色印泥盖印，并以彩色方式扫描。"


class ImpressionIllegible(ServiceError):
    code = "certificates.impression_illegible"
    detail = "看不清印章中的文字和图案。"
    remedy = "请重新盖印，使文字清晰、印泥不过浓，再扫描上传。"


class ImpressionNotExamined(ServiceError):
    """The document process died, or took too much time or memory; the upload may be repeated."""

    code = "certificates.impression_not_examined"
    category = Category.UNAVAILABLE
    detail = "印模图片未能在规定时间内处理完。"
    remedy = "请稍后再试；仍不成功的，请降低图片分辨率后重新上传。"
