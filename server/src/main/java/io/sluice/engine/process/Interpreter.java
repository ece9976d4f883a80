package io.sluice.engine.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks for an interpreter on this machine. */
public final class Interpreter {
    private static final List<String> FOLDERS =
            List.of("/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin", "/opt/homebrew/bin");
    private static final long ANSWER_MILLIS = 10_000;

    private Interpreter() {}

    /** The programs of these names, in the order of the names, those of the server's PATH first. */
    public static List<Path> candidates(List<String> names) {
        List<String> folders = new ArrayList<>();
        Optional.ofNullable(System.getenv("PATH"))
                .ifPresent(path -> folders.addAll(List.of(path.split(java.io.File.pathSeparator))));
        folders.addAll(FOLDERS);
        return names.stream()
                .flatMap(name -> folders.stream().distinct().map(folder -> Path.of(folder, name)))
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .toList();
    }

    /** What a program says on its standard output, line by line; empty when it cannot be run, fails, or says nothing in time. */
    public static Optional<List<String>> answer(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(ANSWER_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(said.lines().toList()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Those folders that a confined program does not see anyway, links resolved, none inside another. */
    public static List<Path> beyondTheSystem(Stream<Path> folders) {
        List<Path> found = new ArrayList<>();
        folders.filter(Files::exists)
                .map(Interpreter::real)
                .filter(path -> Stream.of("/usr", "/bin", "/lib").noneMatch(path::startsWith))
                .sorted()
                .forEach(path -> {
                    if (found.stream().noneMatch(path::startsWith)) {
                        found.add(path);
                    }
                });
        return List.copyOf(found);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }
}
