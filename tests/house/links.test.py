"""check_links.py finds each planted dead link, and only that."""
import unittest

from planted import Planted

import check_links


class Links(Planted):
    def problems(self) -> list[str]:
        return check_links.check(self.root)

    def test_links_that_lead_somewhere_are_no_problem(self):
        self.plant("docs/a.md", "# The wet bulb, in `C`\n[b](b.md) [up](../README.md#start-here) [self](#the-wet-bulb-in-c) [web](https://example.org/x)\n")
        self.plant("docs/b.md", "```\n[code](not/a/link.md)\n```\n`[x](y.md)`\n")
        self.plant("README.md", "## Start here\n[docs](docs/) ![](docs/a.md)\n")
        self.assertEqual(self.problems(), [])

    def test_a_missing_file_is_found_with_its_line(self):
        self.plant("docs/a.md", "one\n[b](b.md)\n")
        self.assert_found(self.problems(), "docs/a.md:2", "b.md does not exist")

    def test_a_missing_image_and_a_missing_reference_are_found(self):
        self.plant("README.md", '<img src="plot.png">\n')
        self.assert_found(self.problems(), "plot.png")
        self.plant("README.md", "[plot]: plot.png\n")
        self.assert_found(self.problems(), "plot.png")

    def test_a_missing_heading_is_found(self):
        self.plant("README.md", "# Start\n[x](#end)\n")
        self.assert_found(self.problems(), "#end", "no such heading")


if __name__ == "__main__":
    unittest.main()
