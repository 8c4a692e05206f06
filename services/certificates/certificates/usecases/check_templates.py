"""The auditor's look at the registry of template versions."""

from certificates.store import templates
from certificates.workshop import Shipped
from chassis.audit import InvariantBroken
from chassis.db import Transaction


async def check_templates(tx: Transaction, shipped: Shipped) -> int:
    """Hold registry, files of this build and issued certificates against each other.

    Returns the number of registered versions.
    """
    registered = {(one.form, one.version): one for one in await templates.everything(tx)}
    for (form, version), one in registered.items():
        used = one.live_since is not None
        if used and shipped.get((form, version)) != one.digest:
            raise InvariantBroken(f"template {form}/{version}: its files are not those registered")
    forms = {form for form, _ in registered}
    live = [form for (form, _), one in registered.items() if one.state == "live"]
    if sorted(live) != sorted(forms):
        raise InvariantBroken(f"of the forms {sorted(forms)} only {sorted(live)} are live")
    for used_version, used_digest in await templates.used_by_certificates(tx):
        known = registered.get(("certificate", used_version))
        if known is None or used_digest != known.digest:
            raise InvariantBroken(f"certificates of template {used_version}: another digest")
    return len(registered)
