"""Bytes in an address: a version, then in base64url a checksum of 4 bytes and the bytes compressed."""

from __future__ import annotations

import base64
import binascii
import zlib

MAX_CHARS = 20_000


def sealed(version: str, body: bytes) -> str:
    """The text of these bytes. version: one character."""
    packed = zlib.compress(body, 9)
    return version + base64.urlsafe_b64encode(_checksum(version, packed) + packed).decode().rstrip("=")


def opened(text: str, most: int) -> bytes:
    """The bytes of a text, whose version is not looked at. Raises ValueError where it is damaged or has more than most.

    most: bytes that are unpacked.
    """
    if len(text) > MAX_CHARS:
        raise ValueError("the text is too long")
    try:
        raw = base64.b64decode(text[1:] + "=" * (-len(text[1:]) % 4), altchars=b"-_", validate=True)
        check, packed = raw[:4], raw[4:]
        if check != _checksum(text[0], packed):
            raise ValueError("the checksum is wrong")
        unpacker = zlib.decompressobj()
        body = unpacker.decompress(packed, most)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("the text is damaged") from error
    if unpacker.unconsumed_tail:
        raise ValueError("the bytes are too many")
    return body


def varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; the high bit says that more follow."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def read_varint(body: bytes, place: int) -> tuple[int, int]:
    """The number that begins at this place, and the place after it. Raises IndexError where it does not end."""
    number, shift = 0, 0
    while True:
        byte = body[place]
        place += 1
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return number, place


def listed(numbers: tuple[int, ...]) -> bytes:
    """Film numbers in their order: how many (2 bytes), then each as a varint."""
    return len(numbers).to_bytes(2, "big") + b"".join(map(varint, numbers))


def read_list(body: bytes, place: int, most: int) -> tuple[tuple[int, ...], int]:
    """What `listed` wrote at this place, and the place after it.

    Raises ValueError or IndexError for what it did not write: no film, a film twice, more than most.
    """
    count = int.from_bytes(body[place : place + 2], "big")
    place += 2
    if not 0 < count <= most:
        raise ValueError("there are too few films or too many")
    numbers = []
    for _ in range(count):
        number, place = read_varint(body, place)
        numbers.append(number)
    if len(set(numbers)) < count:
        raise ValueError("a film comes twice")
    return tuple(numbers), place


def _checksum(version: str, packed: bytes) -> bytes:
    return zlib.crc32(version.encode() + packed).to_bytes(4, "big")
