// A batch that mpirun spreads over processes: the same bytes as in one.
#include "batch.hpp"

namespace {

/// mpirun also as root, and with more processes than cores, as in a container.
std::string const permissions = "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 "
                                "OMPI_MCA_rmaps_base_oversubscribe=true "
                                "OMPI_MCA_btl_vader_single_copy_mechanism=none ";

} // namespace

#ifdef MAILFLOW_MPIRUN

TEST_CASE("four processes of mpirun write what one writes") {
    Folder const folder;
    write(folder / "chancy.json", chancy_world);
    write(folder / "broken.json", "{");
    std::string const arguments =
        " batch " + shell_word(folder / ".") + " --seeds 1..300 --set /mail/0/size=4kB,1GB -o ";
    CHECK(mailflow_program(arguments + shell_word(folder / "one.csv")).status == 1);
    for (std::string const count : {"1", "4"}) {
        std::string const command =
            permissions + "'" MAILFLOW_MPIRUN "' -n " + count + " '" MAILFLOW_PROGRAM "'" + arguments +
            shell_word(folder / ("mpi" + count + ".csv")) + " >" + shell_word(folder / "out") + " 2>&1";
        int const ended = std::system(command.c_str());
        CAPTURE(count, content_of(folder / "out"));
        CHECK(WEXITSTATUS(ended) == 1);
        CHECK(content_of(folder / ("mpi" + count + ".csv")) == content_of(folder / "one.csv"));
    }
    CHECK(rows_of(content_of(folder / "one.csv")).size() == 1200);
}

TEST_CASE("of the processes of mpirun one complains, and all end") {
    Folder const folder;
    std::string const command =
        permissions + "'" MAILFLOW_MPIRUN "' -n 3 '" MAILFLOW_PROGRAM "' batch /nowhere/at/all.json >" +
        shell_word(folder / "out") + " 2>&1";
    int const ended = std::system(command.c_str());
    std::string const said = content_of(folder / "out");
    CHECK(WEXITSTATUS(ended) == 3);
    std::size_t const first = said.find("mailflow: cannot read /nowhere/at/all.json");
    REQUIRE(first != std::string::npos);
    CHECK(said.find("mailflow: cannot read", first + 1) == std::string::npos);
}

#else

TEST_CASE("without MPI, processes of mpirun are told so, and write nothing over each other") {
    Ended const ended = mailflow_program("--version; OMPI_COMM_WORLD_SIZE=4 '" MAILFLOW_PROGRAM "' batch " +
                                         shell_word(scenario_path("02-relaying-denied")));
    CHECK(ended.status == 2);
    CHECK(contains(ended.err, "built without MPI"));
}

#endif
