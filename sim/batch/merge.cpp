#include "batch/merge.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace mailflow::batch {

namespace {

/// "3, 5 and 7", or how many there are when they are many.
std::string numbers_in_words(std::vector<std::uint32_t> const& numbers) {
    constexpr std::size_t most_named = 8;
    std::vector<std::string> words;
    for (std::uint32_t const number : numbers)
        words.push_back(std::to_string(number));
    if (words.size() <= most_named)
        return join_words(words);
    words.resize(most_named);
    return fmt::format("{} and {} more", fmt::join(words, ", "), numbers.size() - most_named);
}

SpoolTrouble of_no_batch(std::string words) {
    return {SpoolTrouble::Why::usage, std::move(words)};
}
SpoolTrouble of_harm(std::string words) {
    return {SpoolTrouble::Why::file, std::move(words)};
}

/// What speaks against that file as a shard of any batch.
std::optional<SpoolTrouble> trouble_with(std::string const& path, SpoolRows const& rows) {
    constexpr std::uint32_t most_shards = 1'000'000;
    if (!rows.trouble().empty())
        return of_harm(rows.trouble());
    if (rows.is_of_other_version())
        return of_harm(
            fmt::format("{} was written by another version of mailflow; play that shard again", path));
    if (rows.has_foreign_lines())
        return of_harm(
            fmt::format("{} was changed on its way: its lines end in CRLF; copy it as it is", path));
    if (!rows.head() || rows.head()->shard.of > most_shards)
        return of_no_batch(fmt::format("{} is no output of `mailflow batch --shard`", path));
    return std::nullopt;
}

/// Whether these are all shards of one batch; `owners` has for each shard the file, or none yet.
std::string words_about(std::string const& path, SpoolHead const& head, SpoolHead const& first,
                        std::vector<std::string>& owners) {
    if (head.plan != first.plan || head.runs != first.runs || head.shard.of != first.shard.of ||
        head.parameters != first.parameters)
        return fmt::format(
            "{} is of another batch than the first file: other scenarios, parameters, seeds, limits or "
            "version, or not {}",
            path, count_of(first.shard.of, "shard", "shards"));
    std::string& owner = owners[head.shard.number - 1];
    if (owner == path)
        return fmt::format("{} is given twice", path);
    if (!owner.empty())
        return fmt::format("{} and {} are both shard {}/{}", owner, path, head.shard.number, head.shard.of);
    owner = path;
    return {};
}

/// Reads the shard to its end: all its rows must be there, and nothing but them.
std::string words_about_end(std::string const& path, SpoolRows& rows) {
    std::uint64_t count = 0;
    while (!rows.next().empty())
        ++count;
    std::uint64_t const wanted = rows.head()->rows;
    if (!rows.trouble().empty())
        return rows.trouble();
    if (rows.end() == SpoolEnd::open && count < wanted)
        return fmt::format("{} has {} of its {} rows: it was interrupted, and --resume goes on with it", path,
                           count, wanted);
    if (rows.end() == SpoolEnd::open)
        return fmt::format("{} has no end: it was cut off, or is what an interrupted batch left; play that "
                           "shard again, with --resume",
                           path);
    if (rows.end() == SpoolEnd::damaged || count != wanted)
        return fmt::format("{} is damaged: its checksum is wrong; play that shard again", path);
    return {};
}

} // namespace

std::variant<MergedRows, SpoolTrouble> MergedRows::open(std::vector<std::string> const& paths) {
    MergedRows merged;
    std::vector<std::string> owners;
    for (std::string const& path : paths) {
        SpoolRows rows{path};
        if (auto trouble = trouble_with(path, rows))
            return std::move(*trouble);
        SpoolHead const& head = *rows.head();
        if (merged.shards_.empty())
            owners.resize(head.shard.of);
        std::string words = words_about(
            path, head, merged.shards_.empty() ? head : *merged.shards_.front().rows.head(), owners);
        if (!words.empty())
            return of_no_batch(std::move(words));
        merged.shards_.push_back({path, std::move(rows)});
    }
    std::vector<std::uint32_t> missing;
    for (std::uint32_t i = 0; i < owners.size(); ++i)
        if (owners[i].empty())
            missing.push_back(i + 1);
    if (!missing.empty())
        return of_no_batch(fmt::format("of {} shards {} {} missing", owners.size(), numbers_in_words(missing),
                                       missing.size() == 1 ? "is" : "are"));
    for (ShardRows& shard : merged.shards_)
        if (std::string words = words_about_end(shard.path, shard.rows); !words.empty())
            return of_harm(std::move(words));
    merged.rewind();
    return merged;
}

void MergedRows::advance(std::size_t shard) {
    ShardRows& from = shards_[shard];
    from.front = from.rows.next();
    if (!from.front.empty())
        turns_.emplace(run_of(from.front), shard);
    else if (!from.rows.trouble().empty())
        trouble_ = from.rows.trouble();
}

std::string_view MergedRows::next() {
    if (last_)
        advance(*std::exchange(last_, std::nullopt));
    if (!trouble_.empty() || turns_.empty())
        return {};
    auto const [run, shard] = turns_.top();
    if (run != run_ + 1) {
        trouble_ = fmt::format("{} is damaged: it has run {} where run {} should come", shards_[shard].path,
                               run, run_ + 1);
        return {};
    }
    turns_.pop();
    run_ = run;
    last_ = shard;
    ++shards_[shard].taken;
    return shards_[shard].front;
}

void MergedRows::rewind() {
    turns_ = {};
    last_.reset();
    run_ = 0;
    for (std::size_t i = 0; i < shards_.size(); ++i) {
        shards_[i].rows.rewind();
        shards_[i].taken = 0;
        advance(i);
    }
}

} // namespace mailflow::batch
