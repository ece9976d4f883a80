package io.sluice.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bare repositories in a folder, filled by the command {@code git}.
 *
 * @param folder where they lie, {@code NAME.git} each
 */
record BareRepositories(Path folder) {
    void make(String name) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        git("", "init", "-q", "--bare", "--initial-branch=main", folder.resolve(name + ".git").toString());
    }

    /** Commits those files on {@code main}, by path, beside those that are there. */
    void commit(String name, Map<String, String> files, boolean first) throws IOException, InterruptedException {
        StringBuilder stream = new StringBuilder("commit refs/heads/main\n"
                + "committer Bench <bench@example.com> " + System.currentTimeMillis() / 1000 + " +0000\n"
                + "data 5\nbench\n" + (first ? "" : "from refs/heads/main^0\n"));
        files.forEach((path, text) -> stream.append("M 100644 inline ")
                .append(path)
                .append("\ndata ")
                .append(text.getBytes(StandardCharsets.UTF_8).length)
                .append('\n')
                .append(text)
                .append('\n'));
        git(stream.toString(), "--git-dir", folder.resolve(name + ".git").toString(), "fast-import", "--quiet");
    }

    private static void git(String input, String... words) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(concatenated(words)).redirectErrorStream(true);
        Process process = started(command);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new BenchException("git " + List.of(words) + " failed: " + said);
        }
    }

    private static List<String> concatenated(String... words) {
        return Stream.concat(Stream.of("git"), Stream.of(words))
                .toList();
    }

    private static Process started(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException e) {
            throw new BenchException("this needs the command git", e);
        }
    }
}
