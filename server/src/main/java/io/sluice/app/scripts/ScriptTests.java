package io.sluice.app.scripts;

import io.sluice.event.Rehearsal;
import io.sluice.script.DryRun;
import io.sluice.script.DryRuns;
import io.sluice.script.Likeness.Difference;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@code sluice script test}: the test files below a folder. */
public final class ScriptTests {
    private final DryRuns runs;
    private final PrintWriter out;
    private final List<Verdict> verdicts = new ArrayList<>();

    private ScriptTests(DryRuns runs, PrintWriter out) {
        this.runs = runs;
        this.out = out;
    }

    /**
     * What is asked for.
     *
     * @param place a folder, or one test file
     * @param filter only cases whose name, or whose file's name, holds this text
     * @param junit where a report in JUnit's XML goes
     */
    public record Asked(Path place, Optional<String> filter, Optional<Path> junit) {}

    /** Prints each case and the counts; exit status 0 when all passed, else 1. */
    public static int run(Asked asked, DryRuns runs, PrintWriter out) {
        List<Path> files = files(asked.place());
        if (files.isEmpty()) {
            throw new UsageException("There is no test file (*.test.yaml) below " + asked.place() + ".");
        }
        ScriptTests tests = new ScriptTests(runs, out);
        files.forEach(file -> tests.file(file, asked.filter()));
        asked.junit().ifPresent(file -> JUnitReport.write(file, tests.verdicts));
        return tests.counts();
    }

    private static List<Path> files(Path place) {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        try (Stream<Path> all = Files.walk(place)) {
            return all.filter(TestFile::isOne)
                    .filter(file -> !hidden(place.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UsageException("Cannot look for test files below " + place + ": " + e);
        }
    }

    private static boolean hidden(Path below) {
        return StreamSupport.stream(below.spliterator(), false)
                .anyMatch(part ->
                        part.toString().startsWith(".") || part.toString().equals("node_modules"));
    }

    private void file(Path file, Optional<String> filter) {
        try {
            TestFile read = TestFile.read(file, (entry, type) -> ScriptFile.read(entry, type, runs));
            List<TestFile.Case> chosen = read.cases().stream()
                    .filter(each -> filter.isEmpty()
                            || each.name().contains(filter.get())
                            || String.valueOf(file.getFileName()).contains(filter.get()))
                    .toList();
            if (!chosen.isEmpty()) {
                out.println(file);
                chosen.forEach(each -> tell(run(read, each)));
            }
        } catch (UsageException e) {
            // A file that cannot be read is a test that fails; the others go on.
            out.println(file);
            tell(new Verdict(
                    file.toString(),
                    "the test file",
                    List.of(new Difference("file", "a test file", e.getMessage())),
                    List.of(),
                    Duration.ZERO));
        }
    }

    private Verdict run(TestFile file, TestFile.Case each) {
        Rehearsal rehearsal = ScriptRun.rehearsal(runs, file.draft(), each.setting());
        DryRun run = rehearsal.run();
        return new Verdict(
                file.file().toString(),
                each.name(),
                each.expectation().differences(rehearsal),
                run.console(),
                run.took());
    }

    private void tell(Verdict verdict) {
        verdicts.add(verdict);
        out.println((verdict.passed() ? "  ok    " : "  FAIL  ") + verdict.name());
        if (!verdict.passed()) {
            verdict.reasons().forEach(line -> out.println("          " + line));
        }
    }

    private int counts() {
        long passed = verdicts.stream().filter(Verdict::passed).count();
        long failed = verdicts.size() - passed;
        out.println(passed + " passed, " + failed + " failed");
        out.flush();
        return failed == 0 && passed > 0 ? 0 : 1;
    }
}
