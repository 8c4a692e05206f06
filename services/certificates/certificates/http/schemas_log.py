"""Shapes of the public log's answers; hashes, keys and signatures in hex."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field

from certificates.store.log import PlacedLeaf, SignedHead
from certificates.transparency import head_bytes, leaf_bytes
from certificates.usecases.prove import Inclusion


class TreeHeadView(BaseModel):
    size: int
    root_hash: str
    at: datetime
    key_id: str
    public_key: str = Field(description="Ed25519 公钥；请与另行公布的公钥核对")
    signed: str = Field(description="被签名的文本（contracts/log/profile.md）")
    signature: str

    @classmethod
    def of(cls, head: SignedHead) -> Self:
        said = head_bytes(size=head.size, root=head.root, at=head.at, key_id=head.key_id)
        return cls(
            size=head.size,
            root_hash=head.root.hex(),
            at=head.at,
            key_id=head.key_id,
            public_key=head.public_key.hex(),
            signed=said.decode(),
            signature=head.signature.hex(),
        )


class LogEntryView(BaseModel):
    position: int
    leaf: str = Field(description="条目原文；条目散列 = SHA-256(0x00 ‖ 原文)")
    leaf_hash: str

    @classmethod
    def of(cls, one: PlacedLeaf) -> Self:
        text = leaf_bytes(one.leaf).decode()
        return cls(position=one.position, leaf=text, leaf_hash=one.digest.hex())


class LogEntryPage(BaseModel):
    items: list[LogEntryView]


class InclusionView(LogEntryView):
    certificate_id: UUID
    aggregate_version: int
    size: int
    path: list[str] = Field(description="RFC 6962 的路径，自下而上")

    @classmethod
    def of(cls, proof: Inclusion) -> Self:  # type: ignore[override]  # it is of more than an entry
        entry = LogEntryView.of(proof.found)
        return cls(
            **entry.model_dump(),
            certificate_id=proof.found.leaf.certificate_id,
            aggregate_version=proof.found.leaf.aggregate_version,
            size=proof.size,
            path=[one.hex() for one in proof.path],
        )


class ConsistencyView(BaseModel):
    first: int
    second: int
    path: list[str] = Field(description="RFC 6962 的一致性证明")
