"""The fast path: the page is set once by WeasyPrint, each certificate only fills in its fields.

The full rendering stays the reference (a test compares the pictures) and the path for everything
unusual; ``route.goes_fast`` decides which path a record takes.
"""

from certificates.rendering.compiled.compiler import compile_shell
from certificates.rendering.compiled.lettering import Lettering
from certificates.rendering.compiled.route import goes_fast
from certificates.rendering.compiled.shell import Shell, ShellUnusable
from certificates.rendering.compiled.writer import SealStamp, write_prepared

__all__ = [
    "Lettering",
    "SealStamp",
    "Shell",
    "ShellUnusable",
    "compile_shell",
    "goes_fast",
    "write_prepared",
]
