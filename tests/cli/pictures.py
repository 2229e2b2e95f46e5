"""What tests of pictures have in common."""
import pathlib
import struct
import subprocess
import unittest


def size_of(png: pathlib.Path) -> tuple[int, int]:
    return struct.unpack(">II", png.read_bytes()[16:24])


def assert_drawn(test: unittest.TestCase, done: subprocess.CompletedProcess, png: pathlib.Path) -> tuple[int, int]:
    """The script ended well and drew one picture. Gives its size."""
    test.assertEqual(done.returncode, 0, done.stderr)
    test.assertEqual(done.stdout.split(), [str(png)])
    test.assertGreater(png.stat().st_size, 10_000, png)
    return size_of(png)
