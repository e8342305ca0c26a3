import pytest

from reelrec.errors import ReleaseError
from reelrec.paths import ROOT
from release import locks
from release.locks import Locked
from tests.release.conftest import HASH, lock_line


def test_each_version_has_its_marker_and_every_hash(tmp_path):
    path = tmp_path / "app.txt"
    first = lock_line("numpy", "2.4.6", "python_full_version < '3.12'", (HASH, HASH[::-1]))
    path.write_text(f"# by uv\n{first}    # via\n    #   pandas\n{lock_line('h11', '0.16.0')}")
    assert locks.read(path) == [
        Locked("numpy", "2.4.6", 'python_full_version < "3.12"', (HASH, HASH[::-1])),
        Locked("h11", "0.16.0", "", (HASH,)),
    ]


@pytest.mark.parametrize("line", ["numpy>=2\n", "numpy\n", "numpy>=2,<3\n", "!!\n", "-r other.txt\n", "./here\n"])
def test_a_line_without_one_version_is_refused_with_what_to_do(tmp_path, line):
    path = tmp_path / "app.txt"
    path.write_text(line)
    with pytest.raises(ReleaseError, match=r"app\.txt .*Run: python3 dev\.py lock"):
        locks.read(path)


def test_a_lock_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ReleaseError, match=r"app\.txt cannot be read"):
        locks.read(tmp_path / "app.txt")


def test_no_package_of_the_real_lock_is_overlooked():
    text = (ROOT / "locks" / "app.txt").read_text()
    packages = locks.read(ROOT / "locks" / "app.txt")
    assert len(packages) == sum("==" in line.split(" ;")[0] for line in text.splitlines() if line[:1].isalpha())
    assert sum(len(package.hashes) for package in packages) == text.count("--hash=sha256:")
