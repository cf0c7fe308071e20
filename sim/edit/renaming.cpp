#include "edit/renaming.hpp"

#include "base/text.hpp"
#include "edit/format.hpp"
#include "scenario/places.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// Walks the values together with their forms and notes those that mean the thing.
class References {
public:
    References(std::string section, std::string name)
        : section_{std::move(section)}
        , name_{std::move(name)} {}

    void look_at(Value value, std::vector<ValueForm> const& ways) {
        if (ways.empty())
            return;
        ValueForm const& way = way_of(ways, value);
        switch (value.kind()) {
        case Kind::text: note(value, way); return;
        case Kind::list:
            for (Value const item : value)
                look_at(item, way.inner);
            return;
        case Kind::object: look_at_members(value, way); return;
        case Kind::null:
        case Kind::boolean:
        case Kind::number: return;
        }
    }

    std::vector<Value> found;

private:
    void look_at_members(Value object, ValueForm const& way) {
        ObjectForm const* const form = object_form(way.object);
        for (Value const member : object) {
            if (way.shape == Shape::map)
                look_at(member, way.inner);
            else if (KeyForm const* const key = form == nullptr ? nullptr : form->key(member.key()))
                look_at(member, ways_of(*key, object));
        }
    }

    void note(Value value, ValueForm const& way) {
        bool const may_mean = std::find(way.names.begin(), way.names.end(), section_) != way.names.end();
        std::string const said{value.text()};
        // Host names compare without regard to case (RFC 5321 section 2.4).
        bool const same = said == name_ || (section_ == "servers" && lower_case(said) == lower_case(name_));
        if (may_mean && same)
            found.push_back(value);
    }

    std::string section_;
    std::string name_;
};

} // namespace

std::vector<Splice> renaming(Document const& document, Value member, std::string_view key) {
    std::size_t const old_end = member.key_offset() + member.written_key().size();
    std::vector<Splice> splices{{member.key_offset(), old_end, json_string(key)}};
    bool const is_thing = depth_of(member) == 2;
    if (!is_thing)
        return splices;
    References references{std::string{member.parent().key()}, std::string{member.key()}};
    Value const whole{document, 0};
    references.look_at(whole, {*form_of(whole)});
    for (Value const value : references.found)
        splices.push_back({value.offset(), value.end_offset(), json_string(key)});
    return splices;
}

} // namespace mailflow
