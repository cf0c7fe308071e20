#include "worlds/shrink.hpp"

#include <iterator>
#include <vector>

namespace mailflow::worlds {

namespace {

/// The way from the root to a value: the number of the child at each step.
using Path = std::vector<std::size_t>;

Json& value_at(Json& root, Path const& path) {
    Json* at = &root;
    for (std::size_t const child : path)
        at = &*std::next(at->begin(), static_cast<std::ptrdiff_t>(child));
    return *at;
}

/// The list or object without `count` of its children from `first` on.
Json without(Json const& container, std::size_t first, std::size_t count) {
    Json left = container.is_object() ? Json::object() : Json::array();
    std::size_t place = 0;
    for (auto child = container.begin(); child != container.end(); ++child, ++place) {
        if (place >= first && place < first + count)
            continue;
        if (container.is_object())
            left[child.key()] = *child;
        else
            left.push_back(*child);
    }
    return left;
}

class Shrinker {
public:
    Shrinker(Json scenario, StillFails const& still_fails)
        : smallest_(std::move(scenario)) // in braces it would be a list of one
        , still_fails_(still_fails) {}

    Json shrink() {
        do
            is_smaller_ = false;
        while ((shrink_below({}), is_smaller_) && tries_ < most_tries);
        return smallest_;
    }

private:
    /// Puts the value at the path, and keeps it if the scenario still fails.
    bool try_with(Path const& path, Json value) {
        if (++tries_ > most_tries)
            return false;
        Json candidate = smallest_;
        value_at(candidate, path) = std::move(value);
        if (!still_fails_(candidate))
            return false;
        smallest_ = std::move(candidate);
        return is_smaller_ = true;
    }

    void shrink_below(Path const& path) {
        Json const value = value_at(smallest_, path);
        if (value.is_number_unsigned() || value.is_number_integer())
            return lower(path);
        if (!value.is_structured())
            return;
        leave_out(path);
        for (std::size_t child = 0; child < value_at(smallest_, path).size(); ++child) {
            Path below = path;
            below.push_back(child);
            shrink_below(below);
        }
    }

    /// Children in lots of falling size, down to single ones.
    void leave_out(Path const& path) {
        for (std::size_t lot = value_at(smallest_, path).size(); lot > 0; lot /= 2)
            for (std::size_t first = 0; first < value_at(smallest_, path).size();)
                if (!try_with(path, without(value_at(smallest_, path), first, lot)))
                    first += lot;
    }

    void lower(Path const& path) {
        for (std::uint64_t number = value_at(smallest_, path).get<std::uint64_t>(); number > 1; number /= 2)
            if (!try_with(path, number / 2))
                break;
    }

    Json smallest_;
    StillFails const& still_fails_;
    std::size_t tries_ = 0;
    bool is_smaller_ = false;
};

} // namespace

Json shrink(Json scenario, StillFails const& still_fails) {
    return Shrinker{std::move(scenario), still_fails}.shrink();
}

} // namespace mailflow::worlds
