"""Check, prepare, start, say where, and keep it running: `python -m lms.operations.supervisor`.

With the name of a part (web, worker, beat) it becomes that part alone: for systemd, which keeps it running.
"""

import os
import sys
import time
from typing import NoReturn

from config import BadSetting, Settings, settings_from
from lms.operations.supervisor import checks, plan, prepared
from lms.operations.supervisor.console import say, tail, title
from lms.operations.supervisor.group import GaveUp, Group, Stopped
from lms.operations.supervisor.signals import Signals

SAID_WHY = 3  # exit code of `flask ops prepare` when it has explained itself


def main() -> int:
    """Run until told to stop. 0: stopped as asked; 1: could not run; 2: a setting is wrong."""
    try:
        settings = settings_from(os.environ)
    except BadSetting as problem:
        print(problem, file=sys.stderr)
        return 2
    if len(sys.argv) == 1:
        return supervise(settings)
    if sys.argv[1] in plan.PARTS:
        become(settings, sys.argv[1])
    print(f"There is no part {sys.argv[1]!r}: use one of {', '.join(plan.PARTS)}", file=sys.stderr)
    return 2


def become(settings: Settings, part: str) -> NoReturn:
    """Turn this process into the part."""
    plan.lay_out(settings)
    program = plan.PARTS[part](settings)
    environment = {**os.environ, **program.environment}
    os.execve(program.command[0], list(program.command), environment)  # noqa: S606 - no shell is meant


def supervise(settings: Settings) -> int:
    """Run all parts on this machine until told to stop."""
    begun = time.monotonic()
    title(f"Karakoram ({settings.KARAKORAM_ENV})")
    try:
        checks.room(settings.data_dir)
        lock = checks.lock(settings.data_dir)
        checks.port(settings.HOST, settings.PORT)
        with Signals() as signals, Group(signals, keep_open=(lock,)) as group:
            run(settings, group, begun)
    except Stopped:
        return 0
    except (checks.Refused, GaveUp) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def run(settings: Settings, group: Group, begun: float) -> None:
    """Start everything in order, then watch it. Ends by raising Stopped or GaveUp."""
    plan.lay_out(settings)
    if settings.has_embedded_broker:
        group.start(plan.broker(settings))
        say("broker", f"Valkey at {settings.data_dir / 'broker.sock'}")
    if prepared.is_due(settings):
        prepare(settings, group)
    group.start(plan.web(settings))
    group.until(lambda: plan.web_answers(settings), give_up_on="web")
    announce(settings, time.monotonic() - begun)
    group.start(plan.worker(settings))
    group.start(plan.beat(settings))
    group.forever()


def prepare(settings: Settings, group: Group) -> None:
    """Bring database, courses and demo up to date in a process of its own; raises GaveUp."""
    child = plan.prepare(settings)
    code = group.run(child)
    if code == SAID_WHY:
        raise GaveUp("Not started.")
    if code:
        raise GaveUp(f"The site could not be prepared; the end of {child.log}:\n{tail(child.log)}")
    prepared.note(settings)


def announce(settings: Settings, seconds: float) -> None:
    title(f"Ready in {seconds:.1f} s: {settings.base_url}")
    table = settings.data_dir / "sign-ins.txt"
    if settings.KARAKORAM_ENV == "demo" and table.exists():
        print(table.read_text(), flush=True)
    say("logs", str(settings.data_dir / "logs"))
    say("stop", "Ctrl-C")


if __name__ == "__main__":
    sys.exit(main())
