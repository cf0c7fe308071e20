// All pieces of advice of a run, each said once: what is the same for many names or many people is one piece.
#pragma once

#include "report/advice/advice.hpp"

namespace mailflow {

class AdviceList {
public:
    void add(Advice const& advice);

    /// "Maya: Type both again.", in the order in which they were added first; as a sentence begins.
    [[nodiscard]] std::vector<std::string> lines() const;

private:
    struct Piece {
        std::vector<std::string> culprits;
        std::vector<std::string> names; // that it is about
        Advice first;
    };

    std::vector<Piece> pieces_;
};

} // namespace mailflow
