"""check_glossary.py finds a word without an entry and an entry without a source."""
import pathlib
import unittest

import check_glossary

PAGE = (pathlib.Path(__file__).resolve().parents[2] / check_glossary.PAGE).read_text()


class Glossary(unittest.TestCase):
    def test_every_listed_word_is_missed_when_its_entry_goes(self):
        for word in ("CDU", "UQD", "gate", "IT watts", "P90"):
            with self.subTest(word):
                page = PAGE.replace(f"**{word}**", word).replace(f", {word}**", "**")
                self.assertEqual(check_glossary.check(page), [f"docs/glossary.md: no entry for {word}"])

    def test_an_entry_without_a_source_is_found(self):
        page = PAGE + "\n\n**flywheel**. Stores energy by turning.\n"
        self.assertEqual(check_glossary.check(page), ["docs/glossary.md: no source for flywheel"])


if __name__ == "__main__":
    unittest.main()
