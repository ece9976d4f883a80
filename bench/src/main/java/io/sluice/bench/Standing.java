package io.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server holds at one moment.
 *
 * @param liveBytes of the heap after a forced collection
 * @param contexts of JavaScript
 * @param descriptors open files and sockets of all its processes
 * @param processes with the workers
 * @param files below its temporary and its data folder
 */
record Standing(long liveBytes, long contexts, long descriptors, long processes, long files) {
    private static final String CONTEXT_CLASS = "com.oracle.truffle.polyglot.PolyglotContextImpl";

    /** Collects all garbage of the server first. */
    static Standing of(ServerProcess server, List<Path> folders) throws IOException, InterruptedException {
        List<String> histogram = histogram(server.pid());
        List<Long> processes = Stream.concat(
                        Stream.of(server.pid()),
                        ProcessHandle.of(server.pid()).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .toList();
        return new Standing(
                total(histogram),
                count(histogram),
                processes.stream().mapToLong(Standing::descriptors).sum(),
                processes.size(),
                folders.stream().mapToLong(Standing::files).sum());
    }

    /** Lines such as {@code 12: 100 2400 java.lang.Integer (java.base@25)}; the live objects only, so it collects first. */
    private static List<String> histogram(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (process.waitFor() != 0) {
            throw new BenchException("jcmd could not look into the server: " + lines);
        }
        return lines;
    }

    private static long total(List<String> histogram) {
        return histogram.stream()
                .filter(line -> line.startsWith("Total"))
                .map(line -> line.strip().split("\\s+"))
                .mapToLong(words -> Long.parseLong(words[2]))
                .findFirst()
                .orElseThrow(() -> new BenchException("jcmd answered without a total"));
    }

    private static long count(List<String> histogram) {
        return histogram.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 3 && words[3].equals(CONTEXT_CLASS))
                .mapToLong(words -> Long.parseLong(words[1]))
                .sum();
    }

    private static long descriptors(long pid) {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return open.count();
        } catch (IOException | UncheckedIOException e) {
            // It has ended meanwhile.
            return 0;
        }
    }

    private static long files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException e) {
            // One was deleted while it was looked at: count again.
            return files(folder);
        }
    }
}
