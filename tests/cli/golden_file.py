"""Reads .npz files with the standard library, and rounds fractions to binary formats, for tests."""

import io
import json
import math
import struct
import zipfile
from fractions import Fraction

CODES = {"<f2": "e", "<f4": "f", "<f8": "d", "<i8": "q", "|u1": "B", "<u2": "H"}
# significant bits, exponent of the smallest number, largest exponent
FORMATS = {"float16": (11, -24, 15), "bfloat16": (8, -133, 127), "float32": (24, -149, 127), "float64": (53, -1074, 1023)}


def read_npz(path):
    """name -> (dtype, shape, values), in file order."""
    arrays = {}
    with zipfile.ZipFile(path) as archive:
        if archive.testzip() is not None:
            raise ValueError("a damaged entry")
        for name in archive.namelist():
            data = archive.read(name)
            (length,) = struct.unpack("<H", data[8:10])
            header = eval(data[10:10 + length].decode(), {})  # pylint: disable=eval-used
            body = data[10 + length:]
            code = CODES[header["descr"]]
            count = math.prod(header["shape"])
            values = struct.unpack(f"<{count}{code}", body)
            arrays[name.removesuffix(".npy")] = (header["descr"], header["shape"], values)
    return arrays


def write_npz(path, arrays):
    """arrays: name -> (dtype, shape, values)."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, (dtype, shape, values) in arrays.items():
            head = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': ({''.join(f'{d}, ' for d in shape)}), }}"
            head += " " * (64 - (11 + len(head)) % 64) + "\n"
            stream = io.BytesIO()
            stream.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode())
            stream.write(struct.pack(f"<{len(values)}{CODES[dtype]}", *values))
            archive.writestr(name + ".npy", stream.getvalue())


def manifest_of(arrays):
    return json.loads(bytes(arrays["manifest"][2]).decode())


def rounded(value, name):
    """A fraction >= 0 rounded once to the format, to nearest, ties to even; infinity from half a unit beyond on."""
    precision, smallest, largest = FORMATS[name]
    if value == 0:
        return Fraction(0)
    exponent = value.numerator.bit_length() - value.denominator.bit_length()
    if Fraction(2) ** exponent > value:
        exponent -= 1
    unit = Fraction(2) ** max(exponent - precision + 1, smallest)
    result = round(value / unit) * unit  # Python rounds fractions half to even
    return result if result < Fraction(2) ** (largest + 1) else math.inf


def number(value, name):
    """The value of a stored element as a fraction, infinity or NaN."""
    if name == "bfloat16":
        (value,) = struct.unpack("<f", struct.pack("<I", value << 16))
    return Fraction(value) if math.isfinite(value) else value
