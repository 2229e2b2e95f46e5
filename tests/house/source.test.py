"""cpp_source.py tells functions, types and variables apart in the style of this project."""
import unittest

import planted  # noqa: F401  (puts scripts/ on the path)

import cpp_source


def kinds(text: str) -> list[tuple[str, str]]:
    return [(item.kind, item.head) for item in cpp_source.items(text)]


class Source(unittest.TestCase):
    def test_blanking_keeps_every_position(self):
        text = 'int a; // {\n/* {\n */ char const* b = R"x({"})x"; char c = \'{\'; int d = 1\'000;\n'
        self.assertEqual(len(cpp_source.blank(text)), len(text))
        self.assertEqual(cpp_source.blank(text).count("\n"), text.count("\n"))
        self.assertNotIn("{", cpp_source.blank(text))
        self.assertIn("int d = 1'000;", cpp_source.blank(text))

    def test_a_constructor_with_braces_in_its_initializers_is_one_function(self):
        self.assertEqual(kinds("S::S(int a) : a_{a}, b_(2), c_{1, 2}\n{\n    run();\n}\n"),
                         [("function", "S::S(int a) : a_{a}, b_(2), c_{1, 2}")])

    def test_a_variable_with_an_initial_value_is_a_variable(self):
        self.assertEqual(kinds("inline constexpr std::array a{Unit{1}, Unit{2}};\nauto const f = [](int b) { return b; };\n"),
                         [("variable", "inline constexpr std::array a"), ("variable", "auto const f")])

    def test_operators_are_functions(self):
        text = "struct S {\n    bool operator==(S const&) const = default;\n    auto operator<=>(S const&) const = default;\n};\n"
        self.assertEqual([kind for kind, _ in kinds(text)], ["type", "declaration", "declaration"])

    def test_nested_namespaces_and_macros_are_looked_through(self):
        text = '#define M(x) do { int y; \\\n } while (0)\nnamespace a::b {\nnamespace {\nint f() { return 1; }\n}\n}\nTEST_CASE("a {", "[b]")\n{\n}\n'
        self.assertEqual([kind for kind, _ in kinds(text)], ["function", "function"])

    def test_parameters_are_counted_at_the_top_level(self):
        for head, count in (("void f()", 0), ("void f(void)", 0), ("double operator()(int a, int b) const noexcept(true)", 2),
                            ("explicit(false) S(int a)", 1), ("auto f(std::map<int, int> a, int b = g(1, 2)) -> std::pair<int, int>", 2),
                            ("void f(std::function<void(int, int)> a, std::array<int, 2> b = {1, 2})", 2)):
            with self.subTest(head):
                self.assertEqual(len(cpp_source.parameters(head)), count)


if __name__ == "__main__":
    unittest.main()
