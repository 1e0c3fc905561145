"""Each refusal is one line with the cause and the remedy, and an exit code that is not 0."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from lms.operations.supervisor import checks


def start(**settings: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "lms.operations.supervisor"]
    return subprocess.run(
        command, env={**environment, **settings}, capture_output=True, text=True, timeout=30
    )


def test_a_misspelt_setting(tmp_path: Path) -> None:
    said = start(KARAKORAM_EVN="demo", DATA_DIR=str(tmp_path))
    assert said.returncode == 2
    assert said.stderr.count("\n") == 1
    assert "KARAKORAM_EVN" in said.stderr


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = start(PORT=str(port), DATA_DIR=str(tmp_path))
    assert said.returncode == 1
    assert (
        said.stderr == f"Port {port} is taken by another program: stop it, or try make run PORT={port + 1}\n"
    )


def test_an_address_of_another_machine(tmp_path: Path) -> None:
    said = start(HOST="192.0.2.1", DATA_DIR=str(tmp_path))
    assert said.returncode == 1
    assert "HOST=192.0.2.1 is not an address of this machine" in said.stderr


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(checks.Refused, match="cannot be written to"):
        checks.room(tmp_path / "file" / "var")


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LEAST_SPACE", 10**18)
    with pytest.raises(checks.Refused, match="MB left: make room first"):
        checks.room(tmp_path)


def test_a_data_folder_whose_path_is_too_long_for_a_socket(tmp_path: Path) -> None:
    with pytest.raises(checks.Refused, match="too long"):
        checks.room(tmp_path / ("x" * 100))


def test_a_second_start_on_the_same_data(tmp_path: Path) -> None:
    lock = checks.lock(tmp_path)
    with pytest.raises(checks.Refused, match=f"already runs .*process {os.getpid()}"):
        checks.lock(tmp_path)
    os.close(lock)


def test_the_data_is_free_again_when_the_last_run_is_gone(tmp_path: Path) -> None:
    os.close(checks.lock(tmp_path))
    os.close(checks.lock(tmp_path))
