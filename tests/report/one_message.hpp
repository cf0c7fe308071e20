// One message from Maya to Leo, and what goes wrong on its way: for tests of what is told of it.
#pragma once

#include "told.hpp"

#include "report/advice/advice.hpp"
#include "report/letter.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace mailflow::one_message {

using Json = nlohmann::ordered_json;

/// Maya's provider and Leo's shop; each test adds what goes wrong.
struct Setting {
    std::string networks = "";
    std::string provider = "";
    std::string shop = "";
    std::string network = "home"; // where Maya is
    std::string maya = "";
    std::string dns = "";
    std::string size = "4kB";
    std::string to = "leo@shop.example";
    std::string changes = "";
    std::string until = "7d";
    std::string expect = "";
};

struct Result : Played {
    [[nodiscard]] RecipientSummary const& first() const { return summary.recipients.at(0); }
    [[nodiscard]] std::string reply() const {
        auto const reply = last_reply(world, trace, summary, first());
        return reply ? to_line(*reply) : "";
    }
    [[nodiscard]] Advice advice() const {
        auto const found = first().settled
                               ? advise(world, trace, *first().settled)
                               : advise(world, trace, as_if_settled(trace.deferrals[first().deferral]));
        REQUIRE(found);
        return *found;
    }
};

inline Result result_of(Setting const& s) {
    return {{world_of(fmt::format(R"({{
        "format": 1, "title": "A test", "summary": "One message.", "until": "{}",
        "networks": {{ "home": {{}}, "isp": {{ "label": "The provider" }}, "shop": {{}} {} }},
        "servers": {{
          "mail.isp.example": {{ "network": "isp", "handles": ["isp.example"], "mailboxes": ["maya"],
                                "accounts": {{"maya": "secret"}} {} }},
          "mx1.shop.example": {{ "network": "shop", "handles": ["shop.example"],
                                "mailboxes": ["leo"] {} }} }},
        "people": {{ "maya": {{ "name": "Maya", "address": "maya@isp.example", "network": "{}",
                               "password": "secret" {} }} }},
        "dns": {{ {} }},
        "mail": [ {{ "id": "hello", "from": "maya", "to": ["{}"], "size": "{}" }} ],
        "changes": [ {} ],
        "expect": [ {} ] }})",
                                  s.until, s.networks, s.provider, s.shop, s.network, s.maya, s.dns, s.to,
                                  s.size, s.changes, s.expect))}};
}

/// The letter of the first message of that kind.
inline Letter letter_in(Result const& result, MessageKind kind) {
    for (std::size_t i = 0; i < result.trace.messages.size(); ++i)
        if (MessageId const id = result.trace.messages.id_at(i); result.trace.messages[id].kind == kind)
            return letter_of(result.world, result.trace, result.summary.index, id);
    FAIL("no such letter");
    return {};
}

inline std::string value_of(std::vector<Field> const& fields, std::string_view name) {
    for (Field const& field : fields)
        if (field.name == name)
            return field.value;
    return "(none)";
}

inline std::string const down = R"(, "up": false)";
inline std::string const repaired = R"({ "at": "2h", "server": "mx1.shop.example", "set": { "up": true },
                                  "note": "the shop starts its server again" })";

} // namespace mailflow::one_message
