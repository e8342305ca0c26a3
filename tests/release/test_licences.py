import importlib.metadata

import pytest
from packaging.licenses import canonicalize_license_expression

from reelrec.paths import ROOT
from release import licences, locks
from release.locks import Locked

APP = locks.read(ROOT / "locks" / "app.txt")
BY_HAND = licences._by_hand()


def test_every_licence_of_the_app_is_known_and_allowed():
    assert licences.refused(APP) == []


@pytest.mark.parametrize(
    ("expression", "fine"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-2-Clause", True),
        ("(MIT OR Apache-2.0) AND ISC", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("MIT OR AGPL-3.0-only", False),
        ("Apache-2.0 WITH LLVM-exception", False),
        ("LicenseRef-Proprietary", False),
    ],
)
def test_a_licence_that_is_not_in_the_list_is_refused(monkeypatch, expression, fine):
    monkeypatch.setattr(licences, "_by_hand", lambda: {"films": expression})
    refused = licences.refused([Locked("films", "1", "", ())])
    assert bool(refused) is not fine
    assert all(sentence.startswith(f"films comes under {expression}, and ") for sentence in refused)


def test_a_package_that_says_nothing_is_refused_once():
    strange = [Locked("no-such-package", "1", "", ()), Locked("no-such-package", "2", "", ())]
    (sentence,) = licences.refused(strange)
    assert sentence.startswith("no-such-package does not say its licence.")


@pytest.mark.parametrize("name", BY_HAND)
def test_a_licence_by_hand_is_needed_and_agrees_with_what_the_package_says(name):
    assert name in {package.name for package in APP}
    assert canonicalize_license_expression(BY_HAND[name]) == BY_HAND[name]
    try:
        said = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        assert [package.marker for package in APP if package.name == name] != [""]  # for another system
        return
    assert "License-Expression" not in said
    words = " ".join([*said.get_all("License", []), *said.get_all("Classifier", [])])
    assert BY_HAND[name].split("-")[0] in words or name in ("altair", "scipy")  # which print the licence itself


def test_the_table_has_a_row_for_each_version_by_name(packages):
    rows = licences.table(packages).splitlines()[2:]
    assert [row.split(" | ")[:3] for row in rows] == [
        ["| numpy", "2.4.6", licences.licence("numpy")],
        ["| numpy", "2.5.5", licences.licence("numpy")],
        ["| requests", "2.34.2", "Apache-2.0"],
    ]
    assert rows[0].endswith('| `pkg:pypi/numpy@2.4.6` | `python_full_version < "3.12"` |')
    assert rows[2].endswith("| `pkg:pypi/requests@2.34.2` | everywhere |")
