"""The software bill of materials (SBOM) of what a lock installs, as CycloneDX JSON."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from release.licences import licence
from release.locks import Locked


def sbom(version: str, packages: Sequence[Locked], made: datetime.datetime) -> str:
    """The SBOM of a version of ReelRec. The same packages and time give the same bytes.

    made: when the release was made, with its time zone.
    """
    app = Component(
        name="reelrec",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=f"reelrec@{version}",
        licenses=[LicenseExpression("MIT")],
    )
    bom = Bom(components=[_component(package) for package in packages])
    bom.metadata.component = app
    bom.metadata.timestamp = made
    bom.register_dependency(app, bom.components)
    content = "\n".join([version, made.isoformat(), *(f"{package}" for package in packages)])
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_OID, content)  # by default it would be random
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _component(package: Locked) -> Component:
    """A package. Its hashes are of its files, one for each system and Python; they stand at its distribution."""
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(package.purl),
        comment="The files that the lock lets be installed.",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in package.hashes],
    )
    expression = licence(package.name)
    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=package.purl,
        purl=PackageURL.from_string(package.purl),
        licenses=[LicenseExpression(expression)] if expression else [],
        external_references=[files],
        properties=[Property(name="reelrec:installed-where", value=package.marker)] if package.marker else [],
    )
