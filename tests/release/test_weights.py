import shutil
import subprocess

import pytest

from reelrec.errors import ReleaseError
from reelrec.paths import ROOT
from release.weights import checksums


def test_every_artifact_and_the_manifest_are_there_with_their_hash(project):
    lines = checksums(project / "artifacts").splitlines()
    assert {line.split("  ")[1] for line in lines} == {
        f"artifacts/{name}" for name in ("catalogue.parquet", "svd.npz", "policy.npz", "manifest.json")
    }


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed.")
def test_sha256sum_checks_what_ships_with_it(tmp_path):
    file = tmp_path / "artifacts.sha256"
    file.write_text(checksums(ROOT / "artifacts"))
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", file], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(": OK") == len(list((ROOT / "artifacts").glob("*.*")))


def change(folder):
    (folder / "svd.npz").write_bytes(b"other")


def take(folder):
    (folder / "policy.npz").unlink()


def add(folder):
    (folder / "other.npz").write_bytes(b"")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (change, "svd.npz is not the file of the manifest"),
        (take, "policy.npz is in the manifest but not in artifacts/"),
        (add, "other.npz lies in artifacts/ without an entry"),
    ],
)
def test_files_that_are_not_those_of_the_manifest_are_refused(project, damage, says):
    damage(project / "artifacts")
    with pytest.raises(ReleaseError, match=says):
        checksums(project / "artifacts")
