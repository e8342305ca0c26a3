#!/usr/bin/env python3
"""Run, test and check ReelRec on a fresh machine, with nothing but Python 3.11 or newer.

    python3 dev.py run             start the app (makes .venv from locks/app.txt)
    python3 dev.py test            the tests that need neither torch nor Surprise
    python3 dev.py test --train    every test (adds locks/train.txt: a large download)
    python3 dev.py test --cov      the same, and how much of the code the tests reach
    python3 dev.py lint            ruff, mypy and import-linter; every failure is shown
    python3 dev.py lock            write locks/ again after a change of the requirement files

Words after the command go on to Streamlit, pytest or uv: `test -n 2 -k svd`, `lock --upgrade`.
Packages are only ever added to .venv, so `run` never removes what `test` needs. Their versions
and hashes are those of locks/. Uses uv where it is installed.
"""

# Quoted hints and no __future__ import: an older Python must get as far as the sentence in main().
import errno
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PORT = 8501  # Streamlit's own default
LOCKS = {"app": "requirements.txt", "dev": "requirements-dev.txt", "train": "requirements-train.txt"}
CHECKS = (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",), ("lint-imports",))  # programs in .venv
# Torch's CUDA libraries for Linux have a lock of their own, because its build for the CPU does without them.
CUDA = re.compile(r"(cuda|nvidia|triton)\b")
# That build for Linux, x86-64 and Python 3.11, which PyPI does not have: torch-2.13.0+cpu, as PyTorch publishes it.
CPU_TORCH = "--hash=sha256:6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b"


class Stop(Exception):
    """Why a command cannot go on, and what to do about it."""


def install(*locks: "str") -> None:
    """Make .venv if need be, and install the locks that changed since the last time. Raises Stop."""
    uv = shutil.which("uv")
    if not PYTHON.exists():
        make_venv(uv)
    wanted = {name: hashlib.sha256((ROOT / "locks" / f"{name}.txt").read_bytes()).hexdigest() for name in locks}
    stamps = {name: VENV / f".installed-{name}" for name in locks}
    changed = [name for name in locks if not (stamps[name].exists() and stamps[name].read_text() == wanted[name])]
    if not changed:
        return
    files = [f"locks/{name}.txt" for name in changed]
    print(f"Installing {', '.join(files)} ...", flush=True)
    installer = [uv, "pip", "install", "--python", str(PYTHON)] if uv else [str(PYTHON), "-m", "pip", "install"]
    words = [word for file in files for word in ("-r", file)]
    if call(*installer, "--quiet", "--require-hashes", "--no-deps", *words):
        raise Stop(
            f"{' and '.join(files)} could not be installed; the reason is above. Installing needs the network: "
            "once it is there, run the same command again."
        )
    for name in changed:
        stamps[name].write_text(wanted[name])


def make_venv(uv: "str | None") -> None:
    """An empty .venv with pip. Raises Stop."""
    print("Setting up .venv (first time only) ...", flush=True)
    if uv:
        made = not call(uv, "venv", "--quiet", "--allow-existing", str(VENV))
    elif importlib.util.find_spec("ensurepip") is None:
        raise Stop(
            "This Python has no ensurepip, so it cannot make .venv. On Debian and Ubuntu run: apt install python3-venv"
        )
    else:
        try:
            venv.create(str(VENV), with_pip=True)
            made = True
        except (subprocess.CalledProcessError, OSError) as error:
            print(error, file=sys.stderr)
            made = False
    if not made:
        shutil.rmtree(str(VENV), ignore_errors=True)
        raise Stop(f"{VENV} could not be made; the reason is above. Run the same command again once it is gone.")


def run(words: "list[str]") -> int:
    """Start the app."""
    install("app")
    port = wanted_port(words)
    if taken(port):
        raise Stop(f"Port {port} is taken. Choose another: python3 dev.py run --server.port {port + 1}")
    return python("streamlit", "run", "streamlit_app.py", *words)


def test(words: "list[str]") -> int:
    """Run the tests."""
    install("dev")
    if "--train" in words:
        install("train")
        if sys.platform == "linux" and not list(VENV.glob("lib/*/site-packages/torch-*+cpu.dist-info")):
            install("cuda")
    return python("pytest", *words)


def lint(_: "list[str]") -> int:
    """Run every check, also after one has failed."""
    install("dev")
    failed = [" ".join(check) for check in CHECKS if call(str(PYTHON.with_name(check[0])), *check[1:])]
    if failed:
        raise Stop(f"Failed: {', '.join(failed)}. What to change is above.")
    return 0


def lock(words: "list[str]") -> int:
    """Write the exact versions and hashes of all requirement files. One version a package, whichever lock has it."""
    install("dev")
    ours = []
    for name, requirements in LOCKS.items():
        command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
        command += ["--no-emit-index-url", "--custom-compile-command", "python3 dev.py lock"]
        command += [*ours, requirements, "-o", f"locks/{name}.txt", *words]
        if python(*command):
            raise Stop(f"{requirements} could not be locked; the reason is above.")
        ours = ["-c", f"locks/{name}.txt"]
    split_cuda(ROOT / "locks" / "train.txt", ROOT / "locks" / "cuda.txt")
    return 0


def split_cuda(train: "Path", cuda: "Path") -> None:
    """Move Torch's CUDA libraries from one lock to the other, and allow its build for the CPU in the first."""
    blocks = re.split(r"^(?=\S)", train.read_text(), flags=re.M)  # a package with its hashes each, or a comment
    cuda.write_text("".join(block for block in blocks if CUDA.match(block) or block.startswith("#")))
    kept = "".join(block for block in blocks if not CUDA.match(block)).replace(f"    {CPU_TORCH} \\\n", "")
    train.write_text(re.sub(r"^torch==.*\n", lambda line: f"{line[0]}    {CPU_TORCH} \\\n", kept, flags=re.M))


def wanted_port(words: "list[str]") -> int:
    """The port in Streamlit's words or environment, else its default."""
    environment = os.environ.get("STREAMLIT_SERVER_PORT", "")
    given = re.findall(r"--server\.port[= ](\d+)", " ".join(words)) or re.findall(r"^\d+$", environment)
    return int(given[-1]) if given else PORT


def taken(port: int) -> bool:
    """Whether some program listens on this port already."""
    with socket.socket() as probe:
        if os.name != "nt":  # there it would let two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
        except OverflowError:  # no such port, as Streamlit will say
            return False
    return False


def python(module: "str", *words: "str") -> int:
    """Run a module with the Python of .venv; its exit code."""
    return call(str(PYTHON), "-m", module, *words)


def call(*command: "str") -> int:
    """Run a program in the project's folder and wait for it; SIGTERM and Ctrl-C to this process end it too."""
    child = subprocess.Popen(command, cwd=str(ROOT))
    before = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        return child.wait()
    except KeyboardInterrupt:  # a terminal's Ctrl-C reaches the child as well
        try:
            return child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.terminate()
            return child.wait()
    finally:
        signal.signal(signal.SIGTERM, before)


def main(words: "list[str]") -> int:
    """Run the command that the first word names; its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the one file that an older Python may be handed
        version = sys.version.split()[0]
        print(
            f"ReelRec needs Python 3.11 or newer, and this is {version}. Install one and run: python3.11 dev.py "
            + " ".join(words),
            file=sys.stderr,
        )
        return 2
    commands = {"run": run, "test": test, "lint": lint, "lock": lock}
    if not words or words[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return commands[words[0]](words[1:])
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
