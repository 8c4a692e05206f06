"""A claim as its owner and its reviewers see it."""

from chassis.db import Transaction
from hours.domain.claims import BY_OWNER, Claim
from hours.http.schemas import ClaimDetail, ClaimEventOut, ClaimOut, DecisionOut, EvidenceOut
from hours.store import claims, copies
from hours.usecases.claim_story import story_of
from hours.usecases.view_year import holder_of


async def claim_detail(tx: Transaction, claim: Claim) -> ClaimDetail:
    """Return the claim with its evidence, its decisions, and its time-line."""
    files = await claims.evidence_of(tx, claim.id)
    decided = await claims.decisions_of(tx, claim.id)
    name = await copies.name_of(tx, claim.organisation_id)
    path = await copies.path_of(tx, claim.organisation_id)
    offices = await copies.office_names(tx, [path])
    return ClaimDetail(
        **ClaimOut.of(claim).model_dump(),
        organisation_name=name,
        holder=holder_of(claim.state, name, offices.get(path)),
        evidence=[EvidenceOut.of(row) for row in files],
        decisions=[
            DecisionOut.model_validate(dict(row)) for row in decided if row["step"] != BY_OWNER
        ],
        events=[ClaimEventOut.model_validate(vars(one)) for one in story_of(claim, decided)],
    )
