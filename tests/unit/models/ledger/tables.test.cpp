#include "models/ledger/cause.hpp"
#include "models/ledger/term.hpp"

#include "tests/catch.hpp"

#include <set>
#include <string>

using namespace aidc;

namespace {

/// Rows stand in the order of their enum, and names, colours and texts are there and (texts apart) different.
template <class Table, class Key> void check_table(Table const& table, Key key)
{
    std::set<std::string_view> names, colours;
    for (std::size_t i = 0; i < table.size(); ++i) {
        auto const& row = table[i];
        INFO(std::string(row.name));
        CHECK(static_cast<std::size_t>(row.*key) == i);
        CHECK(&info(row.*key) == &row);
        CHECK(index(row.*key) == i);
        CHECK_FALSE(row.text.empty());
        CHECK(row.colour.size() == 7);
        CHECK(row.colour.starts_with('#'));
        names.insert(row.name);
        colours.insert(row.colour);
    }
    CHECK(names.size() == table.size());
    CHECK(colours.size() == table.size());
    CHECK_FALSE(names.contains(""));
}

} // namespace

TEST_CASE("the table of terms is complete and in the order of the terms", "[unit][ledger]")
{
    check_table(terms, &TermInfo::term);
    CHECK(index(Term::racks) + 1 == term_count); // racks is the last
}

TEST_CASE("the table of causes is complete and in the order of the causes", "[unit][ledger]")
{
    check_table(causes, &CauseInfo::cause);
    CHECK(index(Cause::useful) + 1 == cause_count); // useful is the last
}

TEST_CASE("every cause belongs to a family", "[unit][ledger]")
{
    std::set<std::string_view> const families{"plan", "supply", "grid", "building", "it", "operations", "use"};
    std::set<std::string_view> used;
    for (auto const& row : causes) {
        CHECK(families.contains(row.family));
        used.insert(row.family);
    }
    CHECK(used == families);
}

TEST_CASE("each term has a bit of its own and a set holds them all", "[unit][ledger]")
{
    TermSet all = 0;
    for (auto const& row : terms) {
        CHECK((all & bit(row.term)) == 0);
        all = static_cast<TermSet>(all | bit(row.term));
    }
    CHECK(all == (1u << term_count) - 1u); // 9 bits: fits in the int16 of the result file
    CHECK(bit(Term::utility) == 1);
    CHECK(bit(Term::racks) == 256);
}

TEST_CASE("halls share what comes from outside them", "[unit][ledger]")
{
    // Definition: utility, substation, backup and facility water are shared; the rest is the hall's own.
    for (auto const& row : terms) {
        bool const outside =
            row.term == Term::utility || row.term == Term::substation || row.term == Term::backup || row.term == Term::cooling;
        CHECK(row.shared == outside);
    }
}
