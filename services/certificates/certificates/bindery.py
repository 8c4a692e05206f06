"""Binding many certificates into one download, in a process of its own.

Parts are bound first and the whole from the parts, so that a worker that is killed loses one part.
"""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from certificates.workshop import Workshop

# What whoever opens the file reads of it: its signatures were lost in the merging.
NOTICE = "合并打印件，仅供双面打印；不含有效的电子签名。需要验证的请下载单份原件或扫描二维码。"
TITLE = "河南省专业技术人员继续教育证书（合并打印件）"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NOT_COPIED = ("/StructParents", "/AF", "/Annots", "/Tabs")


class Bindery(Workshop):
    """Document processes for binding; started by the first job."""

    async def bind_part(self, form: str, files: Sequence[tuple[str, bytes]], target: Path) -> None:
        """Write one part from sealed files (name in the archive, content)."""
        await self._run(_merge_part if form == "merged_pdf" else _zip_part, list(files), target)

    async def bind_whole(self, form: str, parts: Sequence[Path], target: Path) -> None:
        """Write the download from its parts, in order."""
        await self._run(_merge_whole if form == "merged_pdf" else _zip_whole, list(parts), target)


def _merge_part(files: list[tuple[str, bytes]], target: Path) -> None:
    import pikepdf  # noqa: PLC0415 - the document processes alone pay for it

    with pikepdf.new() as merged:
        for _, content in files:
            with pikepdf.open(io.BytesIO(content)) as sealed:
                # The seal is the appearance of a signature field: it becomes part of the page.
                sealed.flatten_annotations("all")
                for page in sealed.pages:
                    for key in _NOT_COPIED:
                        if key in page.obj:
                            del page.obj[key]
                merged.pages.extend(sealed.pages)
                if len(sealed.pages) % 2:
                    # The next one begins on a sheet of its own.
                    width, height = (float(end) for end in sealed.pages[-1].mediabox[2:])
                    merged.add_blank_page(page_size=(width, height))
        merged.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _merge_whole(parts: list[Path], target: Path) -> None:
    import pikepdf  # noqa: PLC0415 - as above

    with pikepdf.new() as merged:
        opened = [pikepdf.open(part) for part in parts]
        for part in opened:
            merged.pages.extend(part.pages)
        merged.docinfo["/Title"] = TITLE
        merged.docinfo["/Subject"] = NOTICE
        with merged.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = TITLE
            metadata["dc:description"] = NOTICE
        merged.Root.ViewerPreferences = pikepdf.Dictionary(Duplex=pikepdf.Name.DuplexFlipLongEdge)
        merged.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        for part in opened:
            part.close()


def _zip_part(files: list[tuple[str, bytes]], target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content)


def _zip_whole(parts: list[Path], target: Path) -> None:
    # Sealed files hardly shrink, so they are stored; the same choice gives the same bytes.
    with zipfile.ZipFile(target, "w") as archive:
        for part in parts:
            with zipfile.ZipFile(part) as bound:
                for entry in bound.infolist():
                    archive.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), bound.read(entry))
