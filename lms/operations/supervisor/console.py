"""What the terminal shows: a title, and one line for each step."""

from pathlib import Path

TAIL = 12  # lines


def title(text: str) -> None:
    print(f"\n{text}", flush=True)


def say(step: str, text: str) -> None:
    print(f"  {step:<10} {text}", flush=True)


def tail(log: Path) -> str:
    """The last lines of a log, indented."""
    lines = log.read_text(errors="replace").splitlines()[-TAIL:] if log.exists() else []
    return "\n".join(f"    {line}" for line in lines)
