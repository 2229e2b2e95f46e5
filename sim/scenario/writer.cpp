#include "sim/scenario/writer.hpp"

#include "sim/scenario/describe.hpp"
#include "sim/scenario/json_writer.hpp"

namespace aidc {

std::string to_json(ScenarioSpec const& spec)
{
    Json root = Json::object();
    Writer writer(root);
    ScenarioSpec copy = spec; // describe() takes a mutable struct; a writer does not change it
    describe(writer, copy);
    return root.dump(2);
}

} // namespace aidc
