"""Processor time of the stack's processes: the steady figure on a machine that others use too."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from deploy.local.supervision import Supervisor

_TICKS = os.sysconf("SC_CLK_TCK")
# In /proc/PID/stat, after the name: parent, own ticks, ticks of children that have ended.
_PARENT, _OWN, _ENDED = 1, slice(11, 13), slice(13, 15)


def spent(supervisor: Supervisor) -> dict[str, float]:
    """Return seconds so far by process, with its children; ended children included."""
    facts = _facts()
    children: dict[int, list[int]] = {}
    for pid, fields in facts.items():
        children.setdefault(int(fields[_PARENT]), []).append(pid)
    seconds: dict[str, float] = {}
    for name, state in supervisor.states().items():
        root = int(state["pid"])
        for pid in _tree(root, children) if root in facts else ():
            # What has ended is its parent's; a process that ends in between would be missing.
            ticks = sum(map(int, facts[pid][_OWN])) + sum(map(int, facts[pid][_ENDED]))
            label = name if pid == root else f"{name}, its children"
            seconds[label] = seconds.get(label, 0.0) + ticks / _TICKS
    return seconds


def between(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Return what was spent meanwhile, the most first; without what never worked."""
    spent_by = {name: after[name] - before.get(name, 0.0) for name in after}
    return dict(sorted(spent_by.items(), key=lambda one: -one[1]))


def _facts() -> dict[int, list[str]]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                text = (folder / "stat").read_text()
            except OSError:
                continue
            found[int(folder.name)] = text.rpartition(") ")[2].split()
    return found


def _tree(root: int, children: Mapping[int, list[int]]) -> Iterator[int]:
    yield root
    for child in children.get(root, ()):
        yield from _tree(child, children)
