#!/usr/bin/env python3
"""Run, test and check ReelRec on a fresh machine, with nothing but Python 3.11 or newer.

    python3 dev.py run             start the app, for this machine alone (makes .venv from locks/app.txt)
    python3 dev.py test            the tests that need neither torch nor Surprise
    python3 dev.py test --train    every test (adds torch, Surprise and Ray: a large download)
    python3 dev.py test --cov      the same, and how much of the code the tests reach
    python3 dev.py fuzz            spoiled inputs for every reader, new ones at each run (--minutes N)
    python3 dev.py lint            ruff, mypy and import-linter; every failure is shown
    python3 dev.py lock            write locks/ again after a change of the requirement files
    python3 dev.py texts           bring the catalogues of texts (reelrec/locales/) up to date with the source
    python3 dev.py audit           known holes, missing hashes and licences of what the locks install
    python3 dev.py release VERSION the SBOM, licences, hashes and notes of a release, into dist/

Words after the command go on to Streamlit, pytest or uv: `test -n auto` uses every core, `test -k svd` runs
what that names, `lock --upgrade` takes newer versions.
Packages are only ever added to .venv, so `run` never removes what `test` needs. Their versions
and hashes are those of locks/. Uses uv where it is installed.
"""

# Quoted hints and no __future__ import: an older Python must get as far as the sentence in main().
import errno
import hashlib
import importlib.util
import os
import re
import shlex
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
COMMAND = PYTHON.with_name("reelrec.cmd" if os.name == "nt" else "reelrec")
PORT = 8501  # Streamlit's own default
LOOPBACK = "127.0.0.1"  # where `run` listens unless it is told another address; Streamlit's own default is everywhere
LOCKS = {
    "app": "requirements.txt", "dev": "requirements-dev.txt", "train": "requirements-train.txt",
    "cluster": "requirements-cluster.txt",
}  # fmt: skip
CHECKS = (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",), ("lint-imports",))  # programs in .venv
# What locks/torch.txt takes out of locks/train.txt: torch as PyPI has it, with its CUDA libraries for Linux.
# locks/torch-cpu.txt, kept by hand, is its build for the CPU, which is not on PyPI.
TORCH = re.compile(r"(torch|triton|cuda|nvidia)\b")


class Stop(Exception):
    """Why a command cannot go on, and what to do about it."""


def install(*locks: "str") -> None:
    """Make .venv if need be, and add the packages of the locks that changed since the last time. Raises Stop."""
    if not PYTHON.exists():
        make_venv()
    changed = [lock for lock in locks if not installed(lock)]
    if changed and not add(*changed):
        raise Stop(
            f"{' and '.join(changed)} could not be installed; the reason is above. Installing needs the network: "
            "once it is there, run the same command again."
        )
    if not COMMAND.exists():
        make_command()


def install_torch() -> None:
    """Add torch: its build for the CPU where pip finds one, else PyPI's, 2.5 GB on Linux. Raises Stop."""
    cpu, pypi = "locks/torch-cpu.txt", "locks/torch.txt"
    if not (installed(cpu) or installed(pypi) or add(cpu, quiet=True)):
        install(pypi)


def installed(lock: "str") -> bool:
    """Whether the packages of a lock, as it is now, were added to .venv."""
    return stamp(lock).exists() and stamp(lock).read_text() == digest(lock)


def add(*locks: "str", quiet: bool = False) -> bool:
    """Add the packages of the locks to .venv. Returns whether that worked; quiet says nothing where it did not."""
    print(f"Installing {', '.join(locks)} ...", flush=True)
    uv = shutil.which("uv")
    pip = [str(PYTHON), "-m", "pip", "install", "--no-compile"]  # Python compiles what it imports, when it does
    installer = [uv, "pip", "install", "--python", str(PYTHON)] if uv else pip
    files = [word for lock in locks for word in ("-r", lock)]
    errors = subprocess.DEVNULL if quiet else None
    if call(*installer, "--quiet", "--require-hashes", "--no-deps", *files, errors=errors):
        return False
    for lock in locks:
        stamp(lock).write_text(digest(lock))
    return True


def stamp(lock: "str") -> "Path":
    """The file that remembers what a lock held when it was installed."""
    return VENV / f".installed-{Path(lock).stem}"


def digest(lock: "str") -> "str":
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def make_command() -> None:
    """Put the command `reelrec` into .venv, which is `python -m reelrec` from any folder."""
    if os.name == "nt":
        COMMAND.write_text(f'@set "PYTHONPATH={ROOT}"\n@"{PYTHON}" -m reelrec %*\n')
    else:
        COMMAND.write_text(
            f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(str(PYTHON))} -m reelrec "$@"\n'
        )
        COMMAND.chmod(0o755)


def make_venv() -> None:
    """An empty .venv with pip. Raises Stop."""
    print("Setting up .venv (first time only) ...", flush=True)
    uv = shutil.which("uv")
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
    install("locks/app.txt")
    port, address = int(setting("port", words, str(PORT), r"\d+")), setting("address", words, LOOPBACK, r"\S+")
    if taken(port):
        raise Stop(f"Port {port} is taken. Choose another: python3 dev.py run --server.port {port + 1}")
    return python("streamlit", "run", "streamlit_app.py", f"--server.address={address}", *words)


def test(words: "list[str]") -> int:
    """Run the tests."""
    install("locks/dev.txt")
    if "--train" in words:
        install("locks/train.txt")
        install("locks/cluster.txt")
        install_torch()
    return python("pytest", *words)


def fuzz(words: "list[str]") -> int:
    """Spoil inputs and run them; what the words may be, `--help` says."""
    install("locks/dev.txt")
    return python("tests.fuzz.loop", *words)


def lint(_: "list[str]") -> int:
    """Run every check, also after one has failed."""
    install("locks/dev.txt")
    failed = [" ".join(check) for check in CHECKS if call(str(PYTHON.with_name(check[0])), *check[1:])]
    if failed:
        raise Stop(f"Failed: {', '.join(failed)}. What to change is above.")
    return 0


def lock(words: "list[str]") -> int:
    """Write the exact versions and hashes of all requirement files. One version a package, whichever lock has it."""
    install("locks/dev.txt")
    train, torch = ROOT / "locks" / "train.txt", ROOT / "locks" / "torch.txt"
    train.write_text(train.read_text() + torch.read_text())  # uv keeps the versions that it finds in its output
    pinned: list = []  # to the versions of the locks before
    for name, requirements in LOCKS.items():
        command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
        command += ["--no-emit-index-url", "--custom-compile-command", "python3 dev.py lock"]
        command += [*pinned, requirements, "-o", f"locks/{name}.txt", *words]
        if python(*command):
            raise Stop(f"{requirements} could not be locked; the reason is above.")
        pinned += ["-c", f"locks/{name}.txt"]
    split_torch(train, torch)
    return 0


def split_torch(train: "Path", torch: "Path") -> None:
    """Move torch and its CUDA libraries from one lock to the other."""
    blocks = re.split(r"^(?=\S)", train.read_text(), flags=re.M)  # a package with its hashes each, or a comment
    train.write_text("".join(block for block in blocks if not TORCH.match(block)))
    torch.write_text("".join(block for block in blocks if TORCH.match(block) or block.startswith("#")))


def audit(_: "list[str]") -> int:
    """Look for what is wrong with the packages of the locks."""
    install("locks/dev.txt")
    return python("release.audit")


def texts(words: "list[str]") -> int:
    """Bring the catalogues of texts up to date."""
    install("locks/dev.txt")
    return python("release.texts", *words)


def release(words: "list[str]") -> int:
    """Write the files of a release."""
    install("locks/dev.txt")
    return python("release.publish", *words)


def setting(name: "str", words: "list[str]", usual: "str", form: "str") -> "str":
    """A setting of Streamlit's server, as its words or environment have it, else the usual one."""
    environment = os.environ.get(f"STREAMLIT_SERVER_{name.upper()}", "")
    given = re.findall(rf"--server\.{name}[= ]({form})", " ".join(words)) or re.findall(f"^{form}$", environment)
    return given[-1] if given else usual


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


def call(*command: "str", errors: "int | None" = None) -> int:
    """Run a program in the project's folder and wait for it; SIGTERM and Ctrl-C to this process end it too."""
    child = subprocess.Popen(command, cwd=str(ROOT), stderr=errors)
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
    commands = {
        "run": run, "test": test, "fuzz": fuzz, "lint": lint, "lock": lock, "texts": texts, "audit": audit,
        "release": release,
    }  # fmt: skip
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
