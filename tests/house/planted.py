"""A small project to plant mistakes in."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts"))

SOUND = {
    "models/CMakeLists.txt": "add_subdirectory(base)\n",
    "models/base/CMakeLists.txt": "aidc_layer(LIBRARIES fmt::fmt)\n",
    "models/base/units.hpp": "#pragma once\n/// One unit.\nstruct Unit {\n    double factor{};\n};\ninline constexpr double one = 1.0;\n",
    "models/fluid/CMakeLists.txt": "aidc_layer(DEPENDS models/base)\n",
    "models/fluid/water.hpp": '#pragma once\n#include "models/base/units.hpp"\n/// Density [kg/m3].\ndouble density(double water_C);\n',
    "models/fluid/water.cpp": '#include "models/fluid/water.hpp"\ndouble density(double water_C)\n{\n    return 1000.0 - water_C;\n}\n',
    "sim/world/world.hpp": '#pragma once\n#include "models/base/units.hpp"\n/// All state.\nstruct World {\n    Table<int> halls, lots;\n};\n',
    "sim/process/settle.cpp": '#include "sim/world/world.hpp"\nvoid settle(World& world)\n{\n    world.halls.edit(0) = 1;\n}\n',
    "sim/process/fulfil.cpp": '#include "sim/world/world.hpp"\nvoid fulfil(World& world)\n{\n    world.lots.edit(0) = 1;\n}\n',
    "tests/water.test.cpp": "// a line of test\n" * 400,
}


class Planted(unittest.TestCase):
    """Gives each test a sound project of its own, `self.root`."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for path, text in SOUND.items():
            self.plant(path, text)

    def plant(self, path: str, text: str) -> None:
        """Writes a file; "+" before the text adds to what stands there."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text() if text.startswith("+") else ""
        file.write_text(before + text.removeprefix("+"))

    def assert_found(self, problems: list[str], *parts: str) -> None:
        self.assertEqual(len(problems), 1, problems)
        for part in parts:
            self.assertIn(part, problems[0])
