"""What is installed for the app, for training and for the tools; and what the code really imports."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from release.floors import below, too_low
from release.locks import read

ROOT = Path(__file__).parents[1]
FILES = {
    "app": "requirements.txt",
    "train": "requirements-train.txt",
    "cluster": "requirements-cluster.txt",
    "dev": "requirements-dev.txt",
}
TRAINING = {"torch", "scikit-surprise", "scikit-learn"}
CLUSTER = {"ray", "duckdb"}
# Modules that are all torch; whoever needs one imports it inside a function.
ALL_TORCH = {
    "gibbs", "noise", "prior", "ratings_side", "side_information", "gradient_steps", "network_training", "batches",
    "deepfm_net", "gpt_net", "dae_net", "reinforce", "workers",
}  # fmt: skip

# Imports every module of reelrec while only the packages of the app can be imported; prints those that need more.
IMPORT_ALL = """
import importlib, importlib.metadata, pkgutil, re, sys

class Only:
    def __init__(self, allowed):
        self.of, self.allowed = importlib.metadata.packages_distributions(), allowed
    def find_spec(self, name, path=None, target=None):
        owners = self.of.get(name.split(".")[0], [])
        if owners and not {re.sub(r"[-_.]+", "-", owner).lower() for owner in owners} & self.allowed:
            raise ModuleNotFoundError(f"{name} is no package of the app", name=name)

sys.path.insert(0, ".")
sys.meta_path.insert(0, Only(set(sys.argv[1:])))
import reelrec
for module in pkgutil.walk_packages(reelrec.__path__, "reelrec.", onerror=print):
    if module.name.endswith("__main__"):
        continue
    try:
        importlib.import_module(module.name)
    except ModuleNotFoundError as error:
        print("NEEDS", module.name, error.name)
print("LOADED", *sorted({name.split(".")[0] for name in sys.modules}))
"""


def requirements(name: str) -> dict[str, Requirement]:
    """The requirements of a file by package, those of files it names with -r left out."""
    lines = (line.split("#")[0].strip() for line in (ROOT / name).read_text().splitlines())
    parsed = [Requirement(line) for line in lines if line and not line.startswith("-r")]
    return {requirement.name: requirement for requirement in parsed}


def locked(lock: str) -> dict[str, set[str]]:
    """The versions of each package in a lock; several where they depend on the version of Python."""
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "locks" / f"{lock}.txt").read_text(), re.M):
        versions.setdefault(name, set()).add(version)
    return versions


def locked_with(lock: str) -> dict[str, set[str]]:
    """The same, with what dev.py installs beside the lock."""
    return locked(lock) | (locked("torch") if lock == "train" else {})


def test_the_app_needs_no_training_package_and_training_adds_just_those():
    assert not requirements("requirements.txt").keys() & (TRAINING | CLUSTER)
    assert requirements("requirements-train.txt").keys() == TRAINING
    assert not locked("app").keys() & (TRAINING | CLUSTER)


def test_a_cluster_needs_packages_of_its_own():
    assert requirements("requirements-cluster.txt").keys() == CLUSTER
    assert not locked("train").keys() & CLUSTER


@pytest.mark.parametrize("name", [name for name in FILES.values() if name != "requirements.txt"])
def test_the_other_files_stand_on_the_apps(name):
    assert "-r requirements.txt" in (ROOT / name).read_text().splitlines()
    assert not requirements(name).keys() & requirements("requirements.txt").keys()


def test_every_requirement_has_an_upper_bound():
    every = [requirement for name in FILES.values() for requirement in requirements(name).values()]
    assert not [str(requirement) for requirement in every if not re.search(r"<|==", str(requirement.specifier))]


def test_no_version_with_a_known_hole_can_be_installed():
    assert too_low(ROOT / "requirements.txt") == []


@pytest.mark.parametrize("lock", [*FILES, "torch", "torch-cpu"])
def test_no_version_with_a_known_hole_is_locked(lock):
    assert below(read(ROOT / "locks" / f"{lock}.txt")) == []


@pytest.mark.parametrize("lock", FILES)
def test_a_lock_has_what_its_requirements_ask_for(lock):
    versions = locked_with(lock)
    for requirement in (requirements("requirements.txt") | requirements(FILES[lock])).values():
        assert requirement.name in versions, f"{requirement.name} is not locked. Run: python3 dev.py lock"
        wrong = [version for version in versions[requirement.name] if version not in requirement.specifier]
        assert not wrong, f"{requirement} is locked at {wrong}. Run: python3 dev.py lock"


def test_the_locks_agree_so_that_installing_one_changes_nothing_of_another():
    first, *others = (locked(name) for name in ("dev", "train", "cluster", "app", "torch"))
    for other in others:
        assert not [name for name in first.keys() & other.keys() if first[name] != other[name]]
        first |= other


@pytest.mark.parametrize("lock", [*FILES, "torch", "torch-cpu"])
def test_a_lock_names_hashes_and_no_place(lock):
    text = (ROOT / "locks" / f"{lock}.txt").read_text()
    packages = re.split(r"^(?=[a-z])", text, flags=re.M)[1:]
    assert packages
    assert all("--hash=sha256:" in package for package in packages)
    assert not re.search(r"://|index|find-links|/\w+/\w+/", text)


def test_torch_and_its_cuda_libraries_have_a_lock_of_their_own():
    torch = re.compile(r"torch$|nvidia|cuda|triton")
    assert "torch" in locked("torch")
    assert all(torch.match(name) for name in locked("torch"))
    assert not [name for name in locked("train") if torch.match(name)]


def test_torch_for_the_cpu_is_the_same_torch():
    (pypi,), (cpu,) = locked("torch")["torch"], locked("torch-cpu")["torch"]
    assert cpu == f"{pypi}+cpu"


def test_importing_needs_only_the_apps_packages():
    """Torch, Surprise and scikit-learn are imported inside functions, or in modules that are all torch."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *locked("app")], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    needs = [line.split()[1:] for line in lines if line.startswith("NEEDS")]
    assert {(module.rsplit(".", 1)[1], package) for module, package in needs} == {(m, "torch") for m in ALL_TORCH}
    loaded = lines[-1].split()
    assert {"numpy", "streamlit"} <= set(loaded)
    assert not {"torch", "surprise", "sklearn"} & set(loaded)


def test_the_project_declares_the_requirements_of_the_app():
    assert 'file = ["requirements.txt"]' in (ROOT / "pyproject.toml").read_text()
