"""check_layers.py passes a sound project and finds each planted mistake, and only that."""
import unittest

from planted import Planted

import check_layers


class Layers(Planted):
    def problems(self) -> list[str]:
        return check_layers.check(self.root)

    def test_a_sound_project_has_no_problem(self):
        self.assertEqual(self.problems(), [])

    def test_an_include_of_something_above_is_found(self):
        self.plant("models/base/units.hpp", '+#include "sim/world/world_of_units.hpp"\n')
        self.assert_found(self.problems(), "models/base/units.hpp", "sim/world/world_of_units.hpp", "may not")

    def test_an_include_of_a_sibling_is_found(self):
        self.plant("sim/scenario/read.cpp", '#include "sim/world/world.hpp"\n')
        self.assert_found(self.problems(), "sim/scenario/read.cpp", "may not")

    def test_an_upward_include_written_relative_to_the_file_is_found(self):
        self.plant("models/fluid/air.cpp", '#include "../../sim/world/world.hpp"\n')
        self.assert_found(self.problems(), "models/fluid/air.cpp", "sim/world/world.hpp")

    def test_a_folder_in_no_layer_is_found(self):
        self.plant("models/utils/misc.hpp", "#pragma once\n")
        self.assert_found(self.problems(), "models/utils/misc.hpp", "no layer")

    def test_an_include_cycle_is_found(self):
        self.plant("models/fluid/air.hpp", '#pragma once\n#include "models/fluid/water.hpp"\n')
        self.plant("models/fluid/water.hpp", '+#include "models/fluid/air.hpp"\n')
        self.assert_found(self.problems(), "cycle", "models/fluid/air.hpp -> models/fluid/water.hpp -> models/fluid/air.hpp")

    def test_every_heavy_header_outside_its_home_is_found(self):
        for header in ("simgrid/s4u.hpp", "nlohmann/json.hpp", "hdf5.h", "H5public.h", "CLI/CLI.hpp"):
            with self.subTest(header):
                self.plant("sim/process/settle.cpp", f"#include <{header}>\n")
                self.assert_found(self.problems(), "sim/process/settle.cpp", header, "only sim/")

    def test_distributions_outside_models_base_are_found(self):
        self.plant("models/fluid/water.cpp", "+#include <boost/math/distributions/normal.hpp>\n")
        self.assert_found(self.problems(), "only models/base may")

    def test_a_model_that_prints_reads_a_file_or_asks_the_clock_is_found(self):
        for text in ("#include <iostream>\n", "#include <fstream>\n", 'void f() { std::printf("x"); }\n',
                     "auto f() { return std::chrono::steady_clock::now(); }\n"):
            with self.subTest(text):
                self.plant("models/fluid/water.cpp", text)
                self.assert_found(self.problems(), "models/fluid/water.cpp")

    def test_words_in_comments_and_texts_are_no_problem(self):
        self.plant("models/fluid/water.cpp", '// printf("no") and halls.edit(1)\nchar const* const name = "printf(";\n')
        self.assertEqual(self.problems(), [])

    def test_a_second_writer_of_a_table_is_found(self):
        self.plant("sim/process/fulfil.cpp", "void fulfil(World& world)\n{\n    world.halls.edit(0) = 1;\n}\n")
        self.assert_found(self.problems(), "table halls has 2 writers", "fulfil.cpp", "settle.cpp")

    def test_a_writer_other_than_the_one_named_beside_the_table_is_found(self):
        self.plant("sim/world/world.hpp", "/// All state.\nstruct World {\n    Table<int, Rack> halls;   ///< settle.cpp\n    Table<int> lots;   ///< perform.cpp\n};\n")
        self.assert_found(self.problems(), "table lots is written by sim/process/fulfil.cpp", "perform.cpp")

    def test_a_writer_outside_the_process_is_found(self):
        self.plant("sim/record/rows.cpp", "void row(World& world)\n{\n    world.racks.edit(0) = 1;\n}\n")
        self.assert_found(self.problems(), "sim/record/rows.cpp", "only source files of sim/process")

    def test_a_writer_in_a_header_is_found(self):
        self.plant("sim/process/settle.hpp", "inline void f(World& world)\n{\n    world.racks.edit(0) = 1;\n}\n")
        self.assert_found(self.problems(), "sim/process/settle.hpp", "only source files")

    def test_a_table_behind_another_name_is_found(self):
        self.plant("sim/process/settle.cpp", "void f(World& world)\n{\n    auto& t = world.halls;\n    t.edit(0) = 1;\n}\n")
        self.assert_found(self.problems(), "edits 't'", "no table")

    def test_a_mutable_variable_outside_objects_is_found(self):
        for text in ("namespace aidc {\nint counter = 0;\n}\n", "namespace {\nstd::map<int, char const*> names;\n}\n",
                     "char const* name;\n", "int f()\n{\n    static int calls = 0;\n    return ++calls;\n}\n",
                     "struct S {\n    inline static int total;\n};\n", "thread_local int depth{};\n", "extern int other;\n"):
            with self.subTest(text):
                self.plant("models/fluid/water.cpp", text)
                self.assert_found(self.problems(), "models/fluid/water.cpp", "mutable")

    def test_constants_and_static_functions_are_no_problem(self):
        self.plant("models/fluid/water.cpp", "inline constexpr int one = 1;\nconst double two{2};\nchar const* const three = nullptr;\n"
                   "static double four() { static constexpr int five = 5; return five; }\nstruct S {\n    static S make(int);\n};\n"
                   "double const table[] = {1, 2};\nusing T = int;\n")
        self.assertEqual(self.problems(), [])

    def test_a_signal_flag_may_be_mutable_where_the_table_says_so(self):
        self.plant("sim/run/signals.cpp", "volatile std::sig_atomic_t stop_signal = 0;\n")
        self.assertEqual(self.problems(), [])
        self.plant("models/fluid/water.cpp", "volatile std::sig_atomic_t stop_signal = 0;\n")
        self.assert_found(self.problems(), "models/fluid/water.cpp", "mutable")

    def test_a_dependency_of_cmake_that_the_table_forbids_is_found(self):
        self.plant("models/base/CMakeLists.txt", "aidc_layer(DEPENDS models/fluid)\n")
        self.assert_found(self.problems(), "models/base/CMakeLists.txt", "does not allow")

    def test_a_dependency_that_cmake_lacks_is_found(self):
        self.plant("models/fluid/CMakeLists.txt", "aidc_layer(LIBRARIES fmt::fmt)\n")
        self.assert_found(self.problems(), "models/fluid/CMakeLists.txt", "does not depend on models/base")

    def test_a_program_declares_what_it_links(self):
        self.plant("sim/cli/CMakeLists.txt", "target_link_libraries(aidcsim PRIVATE aidc_models_base)\n")
        self.assert_found(self.problems(), "sim/cli/CMakeLists.txt", "models/base", "comes with another")


if __name__ == "__main__":
    unittest.main()
