// Logs of jobs: five formats, what is kept of them, and what is wrong with them, with file and line.
#include "sim/scenario/job_log.hpp"
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

JobLog read(std::string const& text, JobLogOptions const& options = {})
{
    Folder const folder;
    return read_job_log(folder.write("jobs.log", text), options);
}

std::vector<Problem> problems_in_log(std::string const& text, JobLogOptions const& options = {})
{
    return problems_of([&] { read(text, options); });
}

/// One problem, in a line of the file, that says so; "" as line: of the file. Leaving bad rows out, the row is counted and the rest read.
void check_row(std::string const& text, std::string const& line, std::string const& part, JobLogOptions options = {})
{
    INFO(text);
    auto const problems = problems_in_log(text, options);
    INFO(text_of(problems));
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems[0].where, Catch::Matchers::EndsWith("jobs.log:" + line));
    CHECK_THAT(problems[0].message, ContainsSubstring(part));
    options.skip_bad_rows = true;
    auto const log = read(text, options);
    CHECK(log.skipped == 1);
    CHECK(log.skipped_why == problems_in_log(text, {.format = options.format, .machine = options.machine}));
    CHECK(log.rows == log.jobs.size() + log.skipped + log.left_out);
}

/// One problem of the file, whether bad rows are left out or not.
void check_file(std::string const& text, std::string const& where, std::string const& part, JobLogOptions options = {})
{
    for (bool const skip : {false, true}) {
        options.skip_bad_rows = skip;
        INFO(text);
        auto const problems = problems_in_log(text, options);
        INFO(text_of(problems));
        REQUIRE(problems.size() == 1);
        CHECK_THAT(problems[0].where, Catch::Matchers::EndsWith("jobs.log" + where));
        CHECK_THAT(problems[0].message, ContainsSubstring(part));
    }
}

/// A row in Standard Workload Format.
struct SwfRow {
    std::string id = "1", submit = "0", run = "60", allocated = "4", requested = "-1", time = "-1", status = "1";

    std::string text() const
    {
        return "  " + id + "\t" + submit + "  5 " + run + " " + allocated + " 905.50 -1 " + requested + " " + time + " -1 " + status
               + " 153 75 -1 3 -1 -1 -1\n";
    }
};

std::string swf(std::vector<SwfRow> const& rows)
{
    std::string text = "; Version: 2.2\n;   MaxNodes: 64\n; MaxProcs: 128\n;\n";
    for (auto const& row : rows) {
        text += row.text();
    }
    return text;
}

/// A workload of Batsim: jobs, a line each from line 3 on, and profiles.
std::string batsim(std::vector<std::string> const& jobs, std::string const& machine = "32")
{
    std::string text = "{\"nb_res\": " + machine + ",\n\"jobs\": [";
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        text += (i == 0 ? "\n" : ",\n") + jobs[i];
    }
    return text + R"(],
"profiles": {"minute": {"type": "delay", "delay": 60, "np": 4}, "mesh": {"type": "parallel", "cpu": [1, 2]},
             "a/b": {"type": "delay", "delay": "long"}, "none": {"type": "delay"}, "word": 3}})";
}

std::string const good_job = R"({"id": 0, "subtime": 0, "res": 1, "walltime": 100, "profile": "minute"})";

std::string const csv_names = "submit_s,run_s,processors\n";
std::string const philly_names = "timestamp,duration,num_gpus,gpu_time,cluster\n";

/// csv_names and a row of them, compressed by gzip -9n.
std::string const packed("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\x2b\x2e\x4d\xca\xcd\x2c\x89\x2f\xd6\x29\x2a\xcd\x03\x92\x05\x45\xf9\xc9"
                         "\xa9\xc5\xc5\xf9\x45\xc5\x5c\x06\x3a\x66\x06\x3a\x46\x5c\x00\xe6\xa3\x7a\x94\x21\x00\x00\x00",
                         51);

} // namespace

TEST_CASE("a Standard Workload Format row is a job: allocated processors before requested ones, the larger of the two times as estimate")
{
    auto const log = read(swf({{.id = "11", .submit = "566129", .run = "28826", .allocated = "1", .requested = "2", .time = "28800"},
                               {.id = "12", .submit = "566290", .run = "100", .allocated = "-1", .requested = "8", .time = "1200"},
                               {.id = "13", .submit = "566290.5", .run = "7", .allocated = "0", .requested = "3"}}));
    CHECK(log.format == JobLogFormat::swf);
    CHECK(log.machine == 128);
    REQUIRE(log.jobs.size() == 3);
    CHECK(log.jobs[0].id == 11);
    CHECK(log.jobs[0].submit_s == 566129.0); // the log's own zero
    CHECK(log.jobs[0].run_s == 28826.0);
    CHECK(log.jobs[0].processors == 1);
    CHECK(log.jobs[0].estimate_s == 28826.0);
    CHECK(log.jobs[1].processors == 8);
    CHECK(log.jobs[1].estimate_s == 1200.0);
    CHECK(log.jobs[2].submit_s == 566290.5);
    CHECK(log.jobs[2].processors == 3);
    CHECK(log.jobs[2].estimate_s == 7.0); // none is requested
}

TEST_CASE("rows without run time or processors, and parts of swapped jobs, are left out and counted")
{
    auto const log = read(swf({{.id = "1"},
                               {.id = "2", .run = "-1"},
                               {.id = "3", .run = "0"},
                               {.id = "4", .allocated = "-1", .requested = "-1"},
                               {.id = "1", .submit = "-1", .status = "2"},
                               {.id = "1", .submit = "-1", .status = "3"},
                               {.id = "1", .submit = "-1", .status = "4"},
                               {.id = "5", .run = "0", .allocated = "1000"}}),
                          {.machine = 128});
    CHECK(log.rows == 8);
    CHECK(log.jobs.size() == 1);
    CHECK(log.left_out == 7);
    CHECK(log.skipped == 0);
    auto const table = read(csv_names + "0,0,4\n0,60,0\n1,60,1\n");
    CHECK(table.left_out == 2);
    CHECK(table.jobs.size() == 1);
    CHECK(table.jobs[0].id == 0); // numbers count the jobs that are kept
}

TEST_CASE("what is wrong with a row of Standard Workload Format is told with its line")
{
    SwfRow const good{.id = "7", .submit = "10"};
    auto const two = [&](SwfRow const& second) { return swf({good, second}); };
    check_row(two({.id = "8", .submit = "9"}), "6", "is submitted at 9 s, and a row above at 10 s (rows stand in order of submission)");
    check_row(two({.id = "8", .submit = "-5"}), "6", "has -5 s as submit time, and no time is below 0");
    check_row(two({.id = "8", .submit = "12", .run = "-7"}), "6", "has -7 s as run time");
    check_row(two({.id = "8", .submit = "12", .time = "-2"}), "6", "has -2 s as requested time");
    check_row(two({.id = "8", .submit = "12", .allocated = "-4"}), "6", "asks for -4 processors, and jobs hold whole ones");
    check_row(two({.id = "8", .submit = "12", .allocated = "1.5"}), "6", "asks for 1.5 processors");
    check_row(two({.id = "8", .submit = "12", .allocated = "5e9"}), "6", "asks for 5e+09 processors");
    check_row(two({.id = "8", .submit = "12", .run = "long"}), "6", "has \"long\" as run time (field 4), which is not a number; write -1");
    check_row(two({.id = "8", .submit = "12", .run = "nan"}), "6", "has \"nan\" as run time (field 4), which is not a number");
    check_row(two({.id = "7", .submit = "12"}), "6", "has the id 7 of a row above (ids tell jobs apart)");
    check_row(two({.id = "7.5", .submit = "12"}), "6", "has the id 7.5, which is not a whole number");
    check_row(two({.id = "8", .submit = "12", .allocated = "129"}), "6", "asks for 129 processors and the machine has 128: it would wait",
              {.machine = 128});
    CHECK(read(two({.id = "8", .submit = "12", .allocated = "129"})).jobs.size() == 2); // no machine is told
}

TEST_CASE("a row with a wrong number of fields is bad, and the last one says that the file is cut off")
{
    auto const row = SwfRow{}.text();
    check_row(swf({{}}) + "  2 5 5 60 4\n" + SwfRow{.id = "3", .submit = "6"}.text(), "6",
              "has 5 fields and a row of this log has 18; mend the row or leave it out");
    check_row(swf({{}}) + "  2 5 5 60 4", "6",
              "has 5 fields and a row of this log has 18: the file is cut off in its last line; get it whole");
    check_row(row + row.substr(0, row.size() - 1) + " 7\n", "2", "has 19 fields and a row of this log has 18; mend");
    check_row(csv_names + "0,60,1\n5,60\n6,60,1\n", "3", "has 2 fields and a row of this log has 3; mend");
    check_row(csv_names + "0,60,1\n5,60,1,1\n", "3", "has 4 fields and a row of this log has 3; mend");
    check_row(csv_names + "0,60,1\n5,6", "3", "has 2 fields and a row of this log has 3: the file is cut off");
}

TEST_CASE("a table of dates is put in order, and counts from its first job")
{
    // First rows of the Philly log, one of them moved before midnight; rows at one time stay as they are in the file.
    auto const log = read(philly_names
                          + "2017-10-09 07:01:55,66.0,1,66.0,11cb48\n2017-10-08 23:59:59.5,2951.0,8,2951.0,6214e9\n"
                            "2017-10-09 07:01:55,7.0,2,7.0,11cb48\n\n2017-10-09T07:01:54,0.0,1,0.0,11cb48\n2017-10-09 00:00:00,9,1,9,x\n");
    CHECK(log.format == JobLogFormat::philly);
    CHECK(log.rows == 5);
    CHECK(log.left_out == 1);
    CHECK(log.unsorted == 2);
    CHECK(log.machine == 0);
    REQUIRE(log.jobs.size() == 4);
    double const seven_s = 7 * 3600 + 60 + 55.5;
    std::array const expected{Job{.id = 0, .submit_s = 0.0, .run_s = 2951.0, .estimate_s = 2951.0, .processors = 8},
                              Job{.id = 1, .submit_s = 0.5, .run_s = 9.0, .estimate_s = 9.0, .processors = 1},
                              Job{.id = 2, .submit_s = seven_s, .run_s = 66.0, .estimate_s = 66.0, .processors = 1},
                              Job{.id = 3, .submit_s = seven_s, .run_s = 7.0, .estimate_s = 7.0, .processors = 2}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(log.jobs[i].id == expected[i].id);
        CHECK(log.jobs[i].submit_s == expected[i].submit_s);
        CHECK(log.jobs[i].run_s == expected[i].run_s);
        CHECK(log.jobs[i].estimate_s == expected[i].estimate_s);
        CHECK(log.jobs[i].processors == expected[i].processors);
    }
}

TEST_CASE("times of several offsets from UTC are one time")
{
    auto const log =
        read(philly_names + "2017-10-09 08:00:00+08:00,1,1,1,x\n2017-10-09T00:00:02.25Z,1,1,1,x\n2017-10-08 23:59:00-01:00,1,1,1,x\n");
    REQUIRE(log.jobs.size() == 3);
    CHECK(log.jobs[1].submit_s == 2.25);
    CHECK(log.jobs[2].submit_s == 3540.0);
}

TEST_CASE("what is wrong with a row of a table is told with its line and column")
{
    auto const philly = [](std::string const& row) { return philly_names + "2017-10-09 07:01:55,66.0,1,66.0,11cb48\n" + row + ",1,x\n"; };
    for (std::string const date :
         {"yesterday", "2017-02-30 00:00:00", "2017-10-09", "2017-10-09 07:01", "2017-10-09 24:00:00", "2017-10-09 07:60:00",
          "2017-10-09 07:01:60", "2017-10-09 07:01:5", "2017-10-09 07:01:555", "2017-10-09 07:01:55.1.2", "2017-10-09 07:01:55+25:00",
          "2017-10-09 07:01:55 UTC", "2017-10-09_07:01:55"}) {
        check_row(philly(date + ",66,1"), "3", "has \"" + date + "\" as timestamp, not of the form 2017-10-09 07:01:55");
    }
    check_row(philly("2017-10-09 07:01:56,-66,1"), "3", "has -66 s as run time, and no time is below 0");
    check_row(philly("2017-10-09 07:01:56,66,"), "3", "has \"\" as num_gpus, which is not a number");
    check_row(philly("2017-10-09 07:01:56,66,769"), "3", "asks for 769 processors and the machine has 768", {.machine = 768});
    std::string const pai = "arrival_time,length,cpus\n5,6302.0,1\n";
    check_row(pai + "4,1,1\n", "3", "is submitted at 4 s, and a row above at 5 s");
    check_row(pai + "-4,1,1\n", "3", "has -4 s as submit time");
    check_row(pai + "6,1h,1\n", "3", "has \"1h\" as length, which is not a number; mend the row or leave it out");
    auto const own = csv_names.substr(0, csv_names.size() - 1) + ",id,estimate_s,priority\n0,60,1,5,90,-2\n";
    check_row(own + "1,60,1,5,90,0\n", "3", "has the id 5 of a row above");
    check_row(own + "1,60,1,x,90,0\n", "3", "has \"x\" as id, which is not a number");
    check_row(own + "1,60,1,6,-90,0\n", "3", "has -90 s as requested time");
    check_row(own + "1,60,1,6,90,0.5\n", "3", "has the priority 0.5, which is not a whole number of 32 bits");
    check_row(own + "1,60,1,6,90,3e9\n", "3", "has the priority 3e+09");
}

TEST_CASE("a table of seconds is read by the names of its columns")
{
    auto const log = read("\xEF\xBB\xBFpriority,processors,run_s,submit_s,id,estimate_s\r\n-2,4,60,7,12,90\r\n3, 1 ,30.5,7,11,10\r\n\r\n");
    CHECK(log.format == JobLogFormat::csv);
    REQUIRE(log.jobs.size() == 2);
    CHECK(log.jobs[0].id == 11); // at one time by id
    CHECK(log.jobs[0].priority == 3);
    CHECK(log.jobs[0].run_s == 30.5);
    CHECK(log.jobs[0].estimate_s == 30.5); // never below the run time
    CHECK(log.jobs[1].id == 12);
    CHECK(log.jobs[1].submit_s == 7.0); // the log's own zero
    CHECK(log.jobs[1].processors == 4);
    CHECK(log.jobs[1].estimate_s == 90.0);
    auto const pai = read("arrival_time,length,cpus\n0.0,6302.0,1\n68.0,1000.0,3\n");
    CHECK(pai.format == JobLogFormat::pai);
    REQUIRE(pai.jobs.size() == 2);
    CHECK(pai.jobs[1].id == 1);
    CHECK(pai.jobs[1].submit_s == 68.0);
    CHECK(pai.jobs[1].processors == 3);
}

TEST_CASE("columns that are missing, doubled or unknown are told at once, and leaving out rows is no help")
{
    check_file("submit_s,processors\n0,1\n", ":1",
               "has no column \"run_s\"; there are submit_s, processors; name the columns in the first line");
    check_file("timestamp,num_gpus\nx,1\n", ":1", "has no column \"duration\"");
    check_file("length,cpus\n1,1\n", ":1", "has no column \"arrival_time\"");
    check_file("submit_s,run_s,processors,run_s\n0,1,1,1\n", ":1", "names the column \"run_s\" twice; keep one");
    check_file("submit_s,run_s,processors,estimated_s\n0,1,1,1\n", ":1",
               "has an unknown column \"estimated_s\"; did you mean \"estimate_s\"?");
    check_file(
        "submit_s,run_s,processors,name_of_the_user\n0,1,1,1\n", ":1",
        "has an unknown column \"name_of_the_user\"; known: submit_s, run_s, processors, id, estimate_s, priority; remove the column");
    auto const problems = problems_in_log("submit_s\n0\n", {.skip_bad_rows = true});
    INFO(text_of(problems));
    CHECK(problems.size() == 2);
}

TEST_CASE("a workload of Batsim: run times from delays, jobs in any order")
{
    auto const log = read(batsim({R"({"id": 424242, "subtime": 16000, "res": 1, "walltime": 149, "profile": "minute", "user": "me"})",
                                  R"({"id": "7", "subtime": 4.5, "res": 2, "profile": "minute"})",
                                  R"({"id": 8, "subtime": 5, "res": 2, "walltime": -1, "profile": "minute"})",
                                  R"({"id": 9, "subtime": 6, "res": 2, "walltime": 30, "profile": "minute"})"}));
    CHECK(log.format == JobLogFormat::batsim);
    CHECK(log.machine == 32);
    CHECK(log.unsorted == 1);
    REQUIRE(log.jobs.size() == 4);
    CHECK(log.jobs[0].id == 7);
    CHECK(log.jobs[0].submit_s == 4.5);
    CHECK(log.jobs[0].run_s == 60.0);
    CHECK(log.jobs[0].estimate_s == 60.0);
    CHECK(log.jobs[0].processors == 2);
    CHECK(log.jobs[1].estimate_s == 60.0);
    CHECK(log.jobs[2].estimate_s == 60.0);
    CHECK(log.jobs[3].id == 424242);
    CHECK(log.jobs[3].estimate_s == 149.0);
}

TEST_CASE("what is wrong with a job of Batsim is told with line and pointer")
{
    struct BadJob {
        std::string job, pointer, part;
        int line = 4;
    };
    for (auto const& c : std::vector<BadJob>{
             {"3", "/jobs/1", "needs an object { ... }; mend it or leave the job out"},
             {R"({"subtime": 0, "res": 1, "profile": "minute"})", "/jobs/1", "has no \"id\"; add it or leave the job out"},
             {R"({"id": 1, "res": 1, "profile": "minute"})", "/jobs/1", "has no \"subtime\""},
             {R"({"id": 1, "subtime": 0, "profile": "minute"})", "/jobs/1", "has no \"res\""},
             {R"({"id": 1, "subtime": 0, "res": 1})", "/jobs/1", "has no \"profile\", the name of one"},
             {R"({"id": "w0!1", "subtime": 0, "res": 1, "profile": "minute"})", "/jobs/1/id", "\"w0!1\" is not a number; mend it"},
             {R"({"id": 1, "subtime": null, "res": 1, "profile": "minute"})", "/jobs/1/subtime", "null is not a number"},
             {R"({"id": 1, "subtime": -1, "res": 1, "profile": "minute"})", "/jobs/1", "has -1 s as submit time"},
             {R"({"id": 1, "subtime": 0, "res": 33, "profile": "minute"})", "/jobs/1", "asks for 33 processors and the machine has 32"},
             {R"({"id": 0, "subtime": 0, "res": 1, "profile": "minute"})", "/jobs/1", "has the id 0 of a row above"},
             {R"({"id": 1, "subtime": 0, "res": 1, "profile": "hour"})", "/jobs/1/profile", "\"hour\" is none of the \"profiles\""},
             {R"({"id": 1, "subtime": 0, "res": 1, "profile": "word"})", "/jobs/1/profile", "\"word\" is none of the \"profiles\""},
             {R"({"id": 1, "subtime": 0, "res": 1, "profile": "mesh"})", "/jobs/1/profile", "\"mesh\" is not of the type \"delay\""},
             {R"({"id": 1, "subtime": 0, "res": 1, "profile": "none"})", "/profiles/none", "has no \"delay\"", 6},
             {R"({"id": 1, "subtime": 0, "res": 1, "profile": "a/b"})", "/profiles/a~1b/delay", "\"long\" is not a number", 6},
         }) {
        INFO(c.job);
        auto const text = batsim({good_job, c.job});
        auto const problems = problems_in_log(text, {.machine = 32});
        INFO(text_of(problems));
        REQUIRE(problems.size() == 1);
        CHECK(names(problems, c.pointer, c.part));
        CHECK_THAT(problems[0].where, Catch::Matchers::EndsWith("jobs.log:" + std::to_string(c.line)));
        auto const log = read(text, {.machine = 32, .skip_bad_rows = true});
        CHECK(log.skipped == 1);
        CHECK(log.jobs.size() == 1);
    }
}

TEST_CASE("a file that is no workload of Batsim is refused as a whole")
{
    check_file("{\"profiles\": {}}", ":1", "has no \"jobs\", a list [ ... ] of a Batsim workload; take a whole one");
    check_file("{\"jobs\": []}", ":1", "has no \"profiles\", an object { ... } of a Batsim workload");
    check_file("{\n\"jobs\": {}, \"profiles\": {}}", ":2", "must be a list [ ... ]");
    check_file("{\n\"jobs\": [], \"profiles\": 3}", ":2", "must be an object { ... }");
    check_file("[]", ":1", "has no \"jobs\"", {.format = JobLogFormat::batsim});
    check_file(batsim({good_job}).substr(0, 60), ":3", "not valid JSON: ");
    CHECK(read(batsim({good_job}, "1e3")).machine == 0); // not a count
}

TEST_CASE("a log is known by how it begins, or told")
{
    CHECK(read("\n" + SwfRow{}.text()).format == JobLogFormat::swf); // without a head
    CHECK(read("; comment\n" + SwfRow{}.text()).machine == 0);
    CHECK(read("; MaxProcs: many\n" + SwfRow{}.text()).machine == 0);
    check_file("user,queue\nme,1\n", ":1", "is the beginning of no log that is known; name its format (swf, philly, pai, batsim, csv)");
    CHECK(problems_in_log("user,queue\nme,1\n", {.format = JobLogFormat::philly}).size() == 3); // its columns
}

TEST_CASE("a log without jobs is refused, and says where they went")
{
    check_file("", "", "is empty; a log needs at least one job");
    check_file(" \n\n", "", "is empty; a log needs at least one job");
    check_file("", "", "is empty; its first line names the columns", {.format = JobLogFormat::csv});
    check_file(swf({}), "", "has no job to run: 0 rows, 0 of them bad, 0 without run time or processors; take another log");
    check_file(swf({{.run = "-1"}}), "", "has no job to run: 1 rows, 0 of them bad, 1 without");
    check_file(csv_names, "", "has no job to run: 0 rows");
    check_file(batsim({}), "", "has no job to run: 0 rows");
    auto const problems = problems_in_log(csv_names + "0,60,x\n", {.skip_bad_rows = true});
    INFO(text_of(problems));
    REQUIRE(problems.size() == 2);
    CHECK_THAT(problems[0].message, ContainsSubstring("has no job to run: 1 rows, 1 of them bad"));
    CHECK_THAT(problems[1].message, ContainsSubstring("has \"x\" as processors")); // why
    CHECK_THAT(text_of(problems_of([] { read_job_log("/nonexistent/jobs.log", {}); })), ContainsSubstring("cannot be read"));
}

TEST_CASE("twenty problems of a log are told at once; left out, all are counted and twenty kept")
{
    std::string text = csv_names;
    for (int i = 0; i < 1000; ++i) {
        text += std::to_string(i) + ",60,x\n" + std::to_string(i) + ",60,2\n";
    }
    auto const problems = problems_in_log(text);
    REQUIRE(problems.size() == 20);
    CHECK_THAT(problems[19].where, Catch::Matchers::EndsWith(":40"));
    auto const log = read(text, {.skip_bad_rows = true});
    CHECK(log.rows == 2000);
    CHECK(log.jobs.size() == 1000);
    CHECK(log.skipped == 1000);
    CHECK(log.skipped_why == problems);
    // Several problems of one row are one row that is left out; one that comes too late in time is one, and not all after it.
    auto const rows = read(csv_names + "0,60,2\n5,-1,x\n-7,-8,1.5\n3,60,2\n9,60,2\n8,60,2\n10,60,2\n", {.skip_bad_rows = true});
    CHECK(rows.jobs.size() == 4);
    CHECK(rows.skipped == 3);
    CHECK(rows.skipped_why.size() == 5); // x, by which its row is not looked at further; -7, -8 and 1.5; 8 after 9
}

TEST_CASE("a log that is compressed is read as if it were not, and one that is cut off is refused")
{
    auto const log = read(packed);
    REQUIRE(log.jobs.size() == 1);
    CHECK(log.jobs[0].run_s == 60.0);
    CHECK(log.jobs[0].processors == 2);
    CHECK(read_text(Folder().write("two.gz", packed + packed)) == csv_names + "0,60,2\n" + csv_names + "0,60,2\n"); // files joined
    for (std::size_t length = 2; length < packed.size(); ++length) {
        check_file(packed.substr(0, length), "", "is compressed by gzip and is cut off or damaged; get it again");
    }
    auto damaged = packed;
    damaged[20] ^= 1;
    check_file(damaged, "", "is cut off or damaged");
    damaged = packed;
    damaged[44] ^= 1; // its check sum
    check_file(damaged, "", "is cut off or damaged");
    check_file(packed + "tail", "", "is cut off or damaged");
    Folder const folder;
    CHECK(read_bytes(folder.write("a.gz", packed)) == packed);
}
