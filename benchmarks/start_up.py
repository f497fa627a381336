"""Wall time of `myofind match` against the smallest Typer program with a rich table, and a bare interpreter.

Run with the Python of an environment in which myofind is installed (not in editable mode, where compiled modules may be
missing): `.venv/bin/python benchmarks/start_up.py [--pairs 30] [--trials 10000] [--terminal]`. Commands run in turn, so
that a change in the machine's speed meets all of them; the ratios of each round are what counts. With `--terminal` they
write to a pseudo-terminal of 100 columns, where `match` lays out a rich table as the smallest program does.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
QUESTION = ["match", "--subtype", "dm", "--age", "45", "--country", "FR"]


def in_pipe(command: list[str], env: dict[str, str]) -> float:
    """Seconds a command takes, its output read and dropped."""
    start = time.perf_counter()
    subprocess.run(command, check=True, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def on_terminal(command: list[str], env: dict[str, str]) -> float:
    """The same on a pseudo-terminal."""
    import pty

    start = time.perf_counter()
    child, terminal = pty.fork()
    if not child:
        os.execve(command[0], command, {**env, "TERM": "xterm-256color", "COLUMNS": "100"})
    with suppress(OSError):  # the end of what a terminal shows
        while os.read(terminal, 65536):
            pass
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    return time.perf_counter() - start


def enlarged(path: Path, trials: int, into: Path) -> Path:
    """A registry of so many trials: the shipped ones again and again under new numbers."""
    head, _, body = path.read_text(encoding="utf-8").partition("\ntrials:\n")
    entries = body.split("\n\n")
    written = []
    for number in range(trials):
        first, _, rest = entries[number % len(entries)].partition("\n")
        written.append(f"  - id: NCT{90_000_000 + number:08d}\n{rest}" if first.lstrip().startswith("- id:") else first)
    big = into / "big.yaml"
    big.write_text(head + "\ntrials:\n" + "\n\n".join(written) + "\n", encoding="utf-8")
    return big


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--pairs", type=int, default=30)
    parser.add_argument("--trials", type=int, default=0, help="also with a registry enlarged to so many trials")
    parser.add_argument("--terminal", action="store_true", help="on a pseudo-terminal, without a pager")
    asked = parser.parse_args()
    wall = on_terminal if asked.terminal else in_pipe
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "XDG_CACHE_HOME": folder}
        commands = {
            "bare interpreter": [sys.executable, "-c", "pass"],
            "smallest Typer + rich": [sys.executable, str(HERE / "smallest.py")],
            "myofind match": [sys.executable, "-m", "myofind", *QUESTION, "--no-pager"],
        }
        if asked.trials:
            from myofind.registry.location import registry_path

            big = enlarged(registry_path(), asked.trials, Path(folder))
            commands[f"match, {asked.trials} trials"] = [*commands["myofind match"], "--registry", str(big)]
        times: dict[str, list[float]] = {name: [] for name in commands}
        for command in commands.values():
            wall(command, env)  # the first run writes the compiled registry
        for _ in range(asked.pairs):
            for name, command in commands.items():
                times[name].append(wall(command, env))
    for name, found in times.items():
        ratios = [
            statistics.median(a / b for a, b in zip(found, times[base], strict=True)) for base in list(commands)[:2]
        ]
        print(
            f"{name:26} {statistics.median(found) * 1000:7.1f} ms   {ratios[0]:5.2f} x bare   {ratios[1]:5.2f} x smallest"
        )


if __name__ == "__main__":
    main()
