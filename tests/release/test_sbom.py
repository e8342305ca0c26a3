import datetime
import json
import os
import subprocess
import sys

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from reelrec.paths import ROOT
from release import locks
from release.sbom import sbom
from tests.release.conftest import HASH

MADE = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)


def test_it_is_valid_cyclonedx():
    text = sbom("1.2.3", locks.read(ROOT / "locks" / "app.txt"), MADE)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_a_package_has_name_version_licence_package_url_and_the_hash_of_each_file(packages):
    parts = json.loads(sbom("1.2.3", packages, MADE))["components"]
    assert [part["purl"] for part in parts] == [
        "pkg:pypi/numpy@2.4.6", "pkg:pypi/numpy@2.5.5", "pkg:pypi/requests@2.34.2",
    ]  # fmt: skip
    assert (parts[2]["name"], parts[2]["version"]) == ("requests", "2.34.2")
    assert parts[2]["licenses"] == [{"expression": "Apache-2.0"}]
    hashes = [{digest["content"] for digest in part["externalReferences"][0]["hashes"]} for part in parts]
    assert hashes == [{HASH, HASH[::-1]}, {HASH}, {HASH}]
    assert parts[0]["properties"] == [{"name": "reelrec:installed-where", "value": packages[1].marker}]


def test_it_says_what_it_is_of_and_when(packages):
    said = json.loads(sbom("1.2.3", packages, MADE))
    assert said["metadata"]["component"]["name"] == "reelrec"
    assert said["metadata"]["component"]["version"] == "1.2.3"
    assert said["metadata"]["timestamp"] == "2026-05-01T12:00:00+00:00"
    (app,) = [row for row in said["dependencies"] if row["ref"] == "reelrec@1.2.3"]
    assert len(app["dependsOn"]) == 3


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_lock_gives_the_same_bytes_in_another_process(packages, seed):
    code = "import datetime, sys; from tests.release.test_sbom import *; from pathlib import Path; sys.stdout.write("
    code += "sbom('1.2.3', locks.read(ROOT / 'locks' / 'app.txt'), MADE))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env={**os.environ, "PYTHONHASHSEED": seed}, check=True,
    )  # fmt: skip
    assert done.stdout == sbom("1.2.3", locks.read(ROOT / "locks" / "app.txt"), MADE)


def test_another_lock_version_or_time_has_another_serial_number(packages):
    made = [
        sbom("1.2.3", packages, MADE),
        sbom("1.2.4", packages, MADE),
        sbom("1.2.3", packages[1:], MADE),
        sbom("1.2.3", packages, MADE + datetime.timedelta(days=1)),
    ]
    assert len({json.loads(text)["serialNumber"] for text in made}) == 4
