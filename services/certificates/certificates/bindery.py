"""Binding many certificates into one download, in a process of its own.

Parts are bound first and the whole from the parts, so that a worker that is killed loses one part.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from certificates.workshop import Workshop

# What whoever opens the file reads of it: its signatures were lost in the merging.
NOTICE = (
    "合并打印件，仅供双面打印；不含有效的电子签名。需要电子签名的请下载压缩包或单份原件，"
    "需要验证的请扫描证书上的二维码。"
)
TITLE = "河南省专业技术人员继续教育证书（合并打印件）"
_EPOCH = (1980, 1, 1, 0, 0, 0)
# Under this name a part keeps who is in it, for the cover.
_PEOPLE = "/YuzhengPeople"
_NOT_COPIED = ("/StructParents", "/AF", "/Annots", "/Tabs")


@dataclass(frozen=True, slots=True)
class Bound:
    """One certificate to bind: its name in an archive, its line on the cover, its file."""

    file_name: str
    person: tuple[str, str, str]  # name, management number, employer: as printed
    content: bytes


class Bindery(Workshop):
    """Document processes for binding; started by the first job."""

    async def bind_part(self, form: str, files: Sequence[Bound], target: Path) -> None:
        """Write one part from sealed files."""
        await self._run(_merge_part if form == "merged_pdf" else _zip_part, list(files), target)

    async def bind_whole(
        self, form: str, parts: Sequence[Path], target: Path, *, year: int, day: date
    ) -> None:
        """Write the download from its parts, in order; a merged one behind a cover."""
        if form == "merged_pdf":
            await self._run(_merge_whole, self._fonts_dir, list(parts), target, year, day)
        else:
            await self._run(_zip_whole, list(parts), target)


def _merge_part(files: list[Bound], target: Path) -> None:
    import pikepdf  # noqa: PLC0415 - the document processes alone pay for it

    with pikepdf.new() as merged:
        for one in files:
            with pikepdf.open(io.BytesIO(one.content)) as sealed:
                # The seal is the appearance of a signature field: it becomes part of the page.
                sealed.flatten_annotations("all")
                for page in sealed.pages:
                    for key in _NOT_COPIED:
                        if key in page.obj:
                            del page.obj[key]
                merged.pages.extend(sealed.pages)
                _end_on_the_back(merged)
        _share(merged.pages)
        merged.docinfo[_PEOPLE] = json.dumps([one.person for one in files])
        # Bound again after a kill, it is the same object.
        merged.save(
            target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True
        )


def _share(pages: Any) -> None:
    from certificates.shared_objects import SharedObjects  # noqa: PLC0415 - as above

    shared = SharedObjects()
    for page in pages:
        if "/Resources" in page.obj:
            page.obj.Resources = shared.share(page.obj.Resources)


def _end_on_the_back(merged: Any) -> None:
    """Let what comes next begin on a sheet of its own."""
    if len(merged.pages) % 2:
        width, height = (float(end) for end in merged.pages[-1].mediabox[2:])
        merged.add_blank_page(page_size=(width, height))


def _merge_whole(fonts_dir: Path, parts: list[Path], target: Path, year: int, day: date) -> None:
    import pikepdf  # noqa: PLC0415 - as above

    from certificates.rendering.cover import Listed, render_cover  # noqa: PLC0415 - as above

    with pikepdf.new() as merged:
        opened = [pikepdf.open(part) for part in parts]
        people = [Listed(*one) for part in opened for one in json.loads(str(part.docinfo[_PEOPLE]))]
        cover = render_cover(fonts_dir, people, title=TITLE, notice=NOTICE, year=year, day=day)
        opened.append(pikepdf.open(io.BytesIO(cover)))
        for page in opened[-1].pages:
            for key in _NOT_COPIED:
                if key in page.obj:
                    del page.obj[key]
        merged.pages.extend(opened[-1].pages)
        _end_on_the_back(merged)
        for part in opened[:-1]:
            merged.pages.extend(part.pages)
        _share(merged.pages)
        merged.docinfo["/Title"] = TITLE
        merged.docinfo["/Subject"] = NOTICE
        with merged.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = TITLE
            metadata["dc:description"] = NOTICE
        merged.Root.ViewerPreferences = pikepdf.Dictionary(Duplex=pikepdf.Name.DuplexFlipLongEdge)
        merged.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        for part in opened:
            part.close()


def _zip_part(files: list[Bound], target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for one in files:
            archive.writestr(zipfile.ZipInfo(one.file_name, _EPOCH), one.content)


def _zip_whole(parts: list[Path], target: Path) -> None:
    # Sealed files hardly shrink, so they are stored; the same choice gives the same bytes.
    with zipfile.ZipFile(target, "w") as archive:
        for part in parts:
            with zipfile.ZipFile(part) as bound:
                for entry in bound.infolist():
                    archive.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), bound.read(entry))
