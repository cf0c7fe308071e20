// The processes that mpirun, or a batch system, has started as one program, and the little that they say to
// each other (MPI). Rank 0 leads: it alone complains and writes. Not what they say: that is
// batch/mpi_batch.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailflow::batch {

/// Whether this program was built with MPI.
[[nodiscard]] bool has_mpi();

/// How many processes were started together, as the environment has it; 1 when this one stands alone.
[[nodiscard]] int ranks_started();

/// The connection to the others. One in a process, and only its main thread uses it.
class Ranks {
public:
    Ranks();
    /// Waits for the others to get here.
    ~Ranks();
    Ranks(Ranks const&) = delete;
    Ranks& operator=(Ranks const&) = delete;

    [[nodiscard]] int rank() const { return rank_; }
    [[nodiscard]] int size() const { return size_; }
    [[nodiscard]] bool leads() const { return rank_ == 0; }

    /// What rank 0 says to all; every rank calls it.
    [[nodiscard]] std::string share(std::string text) const;

    struct Message {
        int from = 0;
        std::string text;
    };
    void send(int to, std::string_view text) const;
    /// The next message that has come, if any.
    [[nodiscard]] std::optional<Message> receive_now() const;
    /// The next message; waits for it.
    [[nodiscard]] Message receive() const;

    /// Ends all processes at once.
    [[noreturn]] void abort(int status) const;

private:
    int rank_ = 0;
    int size_ = 1;
};

} // namespace mailflow::batch
