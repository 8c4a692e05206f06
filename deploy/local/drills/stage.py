"""Where a drill is played: the running stack, its people, its log."""

from collections.abc import Awaitable, Callable

from deploy.local.checkout import Checkout
from deploy.local.demo.document import DocumentBad
from deploy.local.demo.gateway import Refused
from deploy.local.demo.observer import NeverHappened
from deploy.local.drills.cast import Cast, cast
from deploy.local.drills.log import DrillFailed, Log
from deploy.local.drills.running import Running
from deploy.local.problems import StackError
from deploy.local.supervision import Supervisor
from deploy.local.terminal import say

FAILURES = (DrillFailed, NeverHappened, Refused, DocumentBad, StackError, TimeoutError)
Drill = Callable[[Log, Running, Cast], Awaitable[None]]


async def play(title: str, drill: Drill) -> int:
    """Play the drill and return 0, or 1 when a promise did not hold.

    Afterwards every process runs again, and the log is a page in `.local/drills`.
    """
    checkout = Checkout.from_environment()
    running = Running(checkout, Supervisor(checkout))
    log = Log()
    code = 0
    try:
        async with cast(checkout) as people:
            await drill(log, running, people)
    except FAILURES as failure:
        log.note(f"✗ {type(failure).__name__}: {failure}")
        code = 1
    finally:
        page = checkout.state / "drills" / f"{title.lower()}.md"
        log.write(page, title)
        await running.start(*running.supervisor.states())
        say(f"\n{page}")
    return code
