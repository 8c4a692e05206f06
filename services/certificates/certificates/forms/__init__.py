"""The forms beside the certificate: data in, PDF out, by the same machinery.

``annex-2`` seal start-up application, ``annex-3`` administrator record, ``extract`` certified
extract of several years. What each takes is described by ``contracts/forms/<form>.json``.
"""

from certificates.forms.catalogue import FORMS
from certificates.forms.printing import render_form

__all__ = ["FORMS", "render_form"]
