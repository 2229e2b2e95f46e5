#include "sim/scenario/document.hpp"

#include <boost/iostreams/device/back_inserter.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <numeric>
#include <set>
#include <vector>

namespace aidc {
namespace {

/// Where the parser stands.
struct Cursor {
    int line = 1;
    bool at_line_end = false; ///< The last character read was a line break
};

/// Input iterator that counts lines.
class CountingIterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = char const*;
    using reference = char const&;

    CountingIterator(char const* at, Cursor* cursor) : at_(at), cursor_(cursor) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++()
    {
        cursor_->at_line_end = *at_ == '\n';
        cursor_->line += cursor_->at_line_end ? 1 : 0;
        ++at_;
        return *this;
    }
    CountingIterator operator++(int)
    {
        auto const before = *this;
        ++*this;
        return before;
    }
    bool operator==(CountingIterator const& other) const { return at_ == other.at_; }
    bool operator!=(CountingIterator const& other) const { return at_ != other.at_; }

  private:
    char const* at_;
    Cursor* cursor_;
};

constexpr std::size_t deepest = 64; // levels; what walks a tree recursively may rely on it

/// Line of the last character read.
int line_of(Cursor const& cursor) { return cursor.line - (cursor.at_line_end ? 1 : 0); }

/// What the parser says, without its own place and its own error number.
std::string syntax_fault(std::string const& what)
{
    auto const column = what.find(": ");
    auto const number = what.find("] ");
    auto const from = column != std::string::npos ? column + 2 : number != std::string::npos ? number + 2 : 0;
    return what.substr(from);
}

/// Follows the parser's events and notes the line of every pointer and every repeated key.
class Tracker {
  public:
    Tracker(std::string name, Cursor const& cursor, Document& document) : name_(std::move(name)), cursor_(cursor), document_(document) {}

    bool event(Json::parse_event_t kind, Json const& value)
    {
        using E = Json::parse_event_t;
        switch (kind) {
        case E::key:
            key(value.get<std::string>());
            break;
        case E::object_start:
        case E::array_start:
            next_element();
            note();
            if (open_.size() == deepest) {
                throw InputErrors({{place(), here(), "is nested too deeply; no scenario needs that"}});
            }
            open_.push_back({.pointer = here(), .array = kind == E::array_start});
            break;
        case E::object_end:
        case E::array_end:
            open_.pop_back();
            break;
        case E::value:
            next_element();
            note();
            break;
        }
        return true;
    }
    std::vector<Problem> take_problems() { return std::move(problems_); }

  private:
    struct Open {
        std::string pointer;
        bool array{};
        long element = -1;
        std::string key{};
        std::set<std::string> keys{};
    };

    std::string here() const
    {
        if (open_.empty()) {
            return "";
        }
        auto const& top = open_.back();
        return top.pointer + "/" + (top.array ? std::to_string(top.element) : pointer_step(top.key));
    }
    std::string place() const { return fmt::format("{}:{}", name_, line_of(cursor_)); }
    void next_element()
    {
        if (!open_.empty() && open_.back().array) {
            ++open_.back().element;
        }
    }
    void note() { document_.origin.emplace(here(), place()); }
    void key(std::string const& name)
    {
        open_.back().key = name;
        if (!open_.back().keys.insert(name).second) {
            problems_.push_back({place(), here(), "given twice (only one of them would count); remove one"});
        }
        note();
    }

    std::string name_;
    Cursor const& cursor_;
    Document& document_;
    std::vector<Open> open_;
    std::vector<Problem> problems_;
};

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

/// As a filter in front of its output: one behind its input takes a file that is cut off for a whole one.
std::string unpacked(std::string_view bytes)
{
    std::string text;
    auto sink = boost::iostreams::back_inserter(text);
    boost::iostreams::gzip_decompressor gzip;
    while (!bytes.empty()) {
        auto const taken = gzip.write(sink, bytes.data(), static_cast<std::streamsize>(bytes.size()));
        AIDC_ENSURE(taken > 0); // the sink takes all
        bytes.remove_prefix(static_cast<std::size_t>(taken));
    }
    gzip.close(sink, std::ios::out);
    return text;
}

} // namespace

std::string Document::where(std::string_view pointer) const
{
    while (true) {
        if (auto const at = origin.find(pointer); at != origin.end()) {
            return at->second;
        }
        auto const slash = pointer.rfind('/');
        if (slash == std::string_view::npos) {
            return "";
        }
        pointer = pointer.substr(0, slash);
    }
}

void Document::forget_below(std::string const& pointer)
{
    auto const from = origin.lower_bound(pointer + "/");
    auto to = from;
    while (to != origin.end() && to->first.starts_with(pointer + "/")) {
        ++to;
    }
    origin.erase(from, to);
}

Document parse_document(std::string const& text, std::string const& name)
{
    Document document;
    Cursor cursor;
    Tracker tracker(name, cursor, document);
    auto const event = [&tracker](int, Json::parse_event_t kind, Json& value) { return tracker.event(kind, value); };
    try {
        document.root =
            Json::parse(CountingIterator(text.data(), &cursor), CountingIterator(text.data() + text.size(), &cursor), event, true, true);
    }
    catch (Json::exception const& error) {
        throw InputErrors({{fmt::format("{}:{}", name, line_of(cursor)), "", "not valid JSON: " + syntax_fault(error.what())}});
    }
    if (auto problems = tracker.take_problems(); !problems.empty()) {
        throw InputErrors(std::move(problems));
    }
    return document;
}

std::string read_bytes(std::filesystem::path const& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path)) {
        throw InputErrors({{path.string(), "", "cannot be read; check the path and the permissions"}});
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string read_text(std::filesystem::path const& path)
{
    auto bytes = read_bytes(path);
    if (!is_gzip(bytes)) {
        return bytes;
    }
    try {
        return unpacked(bytes);
    }
    catch (boost::iostreams::gzip_error const&) {
        throw InputErrors({{path.string(), "", "is compressed by gzip and is cut off or damaged; get it again (\"gzip -t\" checks it)"}});
    }
}

std::string pointer_step(std::string_view key)
{
    std::string step;
    for (char const c : key) {
        step += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    return step;
}

std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            std::size_t const replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

} // namespace aidc
