#include "batch/ranks.hpp"

#include <charconv>
#include <cstdlib>
#include <cstring>

#ifdef MAILFLOW_MPI
#include <mpi.h>
#endif

namespace mailflow::batch {

int ranks_started() {
    // Open MPI; MPICH and what follows it.
    for (char const* const name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}) {
        char const* const text = std::getenv(name);
        int number = 0;
        if (text != nullptr && std::from_chars(text, text + std::strlen(text), number).ec == std::errc{} &&
            number > 1)
            return number;
    }
    return 1;
}

#ifdef MAILFLOW_MPI

bool has_mpi() {
    return true;
}

namespace {

constexpr int tag = 1;

Ranks::Message take(MPI_Message& handle, MPI_Status const& status) {
    int size = 0;
    MPI_Get_count(&status, MPI_CHAR, &size);
    Ranks::Message message{status.MPI_SOURCE, std::string(static_cast<std::size_t>(size), '\0')};
    MPI_Mrecv(message.text.data(), size, MPI_CHAR, &handle, MPI_STATUS_IGNORE);
    return message;
}

} // namespace

Ranks::Ranks() {
    int level = 0; // other threads run here, but none of them speaks
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &level);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
}

Ranks::~Ranks() {
    MPI_Finalize();
}

std::string Ranks::share(std::string text) const {
    int size = static_cast<int>(text.size());
    MPI_Bcast(&size, 1, MPI_INT, 0, MPI_COMM_WORLD);
    text.resize(static_cast<std::size_t>(size));
    MPI_Bcast(text.data(), size, MPI_CHAR, 0, MPI_COMM_WORLD);
    return text;
}

void Ranks::send(int to, std::string_view text) const {
    MPI_Send(text.data(), static_cast<int>(text.size()), MPI_CHAR, to, tag, MPI_COMM_WORLD);
}

std::optional<Ranks::Message> Ranks::receive_now() const {
    int there = 0;
    MPI_Message handle = MPI_MESSAGE_NULL;
    MPI_Status status;
    MPI_Improbe(MPI_ANY_SOURCE, tag, MPI_COMM_WORLD, &there, &handle, &status);
    return there != 0 ? std::optional{take(handle, status)} : std::nullopt;
}

Ranks::Message Ranks::receive() const {
    MPI_Message handle = MPI_MESSAGE_NULL;
    MPI_Status status;
    MPI_Mprobe(MPI_ANY_SOURCE, tag, MPI_COMM_WORLD, &handle, &status);
    return take(handle, status);
}

void Ranks::abort(int status) const {
    MPI_Abort(MPI_COMM_WORLD, status);
    std::abort();
}

#else // one process, which has nobody to talk to

bool has_mpi() {
    return false;
}

Ranks::Ranks() = default;
Ranks::~Ranks() = default;

std::string Ranks::share(std::string text) const {
    return text;
}

void Ranks::send(int, std::string_view) const {}

std::optional<Ranks::Message> Ranks::receive_now() const {
    return std::nullopt;
}

Ranks::Message Ranks::receive() const {
    return {};
}

void Ranks::abort(int status) const {
    std::exit(status);
}

#endif

} // namespace mailflow::batch
