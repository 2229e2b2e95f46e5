"""check_style.py passes a sound project and finds each planted excess, and only that."""
import unittest

from planted import Planted

import check_style

BODY = "    f();\n"


class Style(Planted):
    def problems(self) -> list[str]:
        return check_style.measure(self.root)[1]

    def test_a_sound_project_has_no_problem(self):
        self.assertEqual(self.problems(), [])

    def test_500_lines_are_accepted_and_501_found(self):
        self.plant("models/fluid/long.cpp", "// x\n" * 500)
        self.assertEqual(self.problems(), [])
        self.plant("models/fluid/long.cpp", "// x\n" * 501)
        self.assert_found(self.problems(), "models/fluid/long.cpp", "501")

    def test_a_header_of_251_lines_is_found(self):
        self.plant("models/fluid/long.hpp", "// x\n" * 251)
        self.assert_found(self.problems(), "models/fluid/long.hpp", "251")

    def test_a_function_of_60_lines_is_accepted_and_of_61_found(self):
        for lines, count in ((60, 0), (61, 1)):
            self.plant("models/fluid/long.cpp", "namespace aidc {\ndouble f(int a)\n{\n" + BODY * (lines - 3) + "}\n}\n")
            self.assertEqual(len(self.problems()), count, lines)
        self.assert_found(self.problems(), "models/fluid/long.cpp:2", "61")

    def test_a_long_member_and_constructor_are_found(self):
        for head in ("bool operator()(int a) const", "S(int a) : a_{a}, b_(1)", "template <class T> auto get() -> T"):
            with self.subTest(head):
                self.plant("models/fluid/long.cpp", "struct S {\n" + head + "\n{\n" + BODY * 70 + "}\n};\n")
                self.assert_found(self.problems(), "models/fluid/long.cpp:2", "lines of a function 73")

    def test_braces_in_texts_and_comments_do_not_count(self):
        text = 'char const* const open = "{{{"; // {\nchar const brace = \'{\';\nint f()\n{\n    return 1\'000;\n}\n'
        self.plant("models/fluid/braces.cpp", text * 9)
        self.assertEqual(self.problems(), [])

    def test_six_parameters_are_accepted_and_seven_found(self):
        self.plant("models/fluid/water.cpp", "void f(int a, std::map<int, int> b, int c = g(1, 2), int d = {}, int e = 0, int f = 0);\n")
        self.assertEqual(self.problems(), [])
        self.plant("models/fluid/water.cpp", "void f(int a, int b, int c, int d, int e, int f, int g);\n")
        self.assert_found(self.problems(), "parameters 7")

    def test_a_public_type_without_a_comment_is_found(self):
        self.plant("models/fluid/air.hpp", "#pragma once\nstruct Air;\n\nstruct Air {\n    double x{};\n};\n")
        self.assert_found(self.problems(), "models/fluid/air.hpp:4", "no doc comment")

    def test_too_few_tests_are_found(self):
        self.plant("tests/water.test.cpp", "// one line\n")
        self.assert_found(self.problems(), "lines of tests per line of code")

    def test_quantiles_are_order_statistics(self):
        self.assertEqual(check_style.quantile([5, 1, 4, 2, 3], 0.5), 3)
        self.assertEqual(check_style.quantile(list(range(1, 11)), 0.9), 9)
        self.assertEqual(check_style.quantile([], 0.9), 0)


if __name__ == "__main__":
    unittest.main()
