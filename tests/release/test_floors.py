import pytest

from release.floors import below, floors, too_low
from release.locks import Locked

ASKED_FOR = {
    "urllib3": "2.7.0", "requests": "2.32.4", "starlette": "1.3.1", "python-multipart": "0.0.31", "pyarrow": "23.0.1",
    "pillow": "12.3.0",
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED_FOR)
def test_a_version_with_a_known_hole_is_found_and_its_advisories_named(name):
    (sentence,) = below([Locked(name, ASKED_FOR[name] + ".dev1", "", ())])
    assert sentence.startswith(
        f"{name} {ASKED_FOR[name]}.dev1 is older than {floors()[name].version}, which closes CVE-"
    )
    assert sentence.endswith("Run: python3 dev.py lock --upgrade")


def test_the_floor_itself_newer_versions_and_other_packages_are_fine():
    urllib3 = floors()["urllib3"].version
    assert not below(
        [Locked("urllib3", f"{urllib3}", "", ()), Locked("urllib3", "99", "", ()), Locked("h11", "0", "", ())]
    )


def test_every_floor_says_what_it_closes():
    assert all(floor.closes and floor.what for floor in floors().values())
    assert all(name.startswith("CVE-") for floor in floors().values() for name in floor.closes)


@pytest.mark.parametrize("line", ["urllib3>=2.7,<3", "urllib3<3", "urllib3", ""])
def test_a_requirement_that_lets_in_a_version_with_a_known_hole_is_found(tmp_path, line):
    path = tmp_path / "requirements.txt"
    others = [f"{floor.package}>={floor.version}" for floor in floors().values() if floor.package != "urllib3"]
    path.write_text("\n".join(["# app", "-r other.txt", *others, line]))
    (sentence,) = too_low(path)
    assert sentence.startswith("requirements.txt lets in urllib3 before ")
