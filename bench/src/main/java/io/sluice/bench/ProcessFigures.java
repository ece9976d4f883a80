package io.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What Linux counts for a process: CPU time in ticks of 10 ms, resident memory, flags. From {@code /proc}. */
final class ProcessFigures {
    /** USER_HZ, the unit of /proc/PID/stat: 100 a second on every architecture that a JDK 25 runs on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** Fields of /proc/PID/stat after the name, counted from 0: see proc_pid_stat(5), whose fields 14 to 17 these are. */
    private static final int UTIME = 11;

    private static final int STIME = 12;
    private static final int CHILDREN_UTIME = 13;
    private static final int CHILDREN_STIME = 14;

    private ProcessFigures() {}

    /** User and system time of all threads of this one process, in nanoseconds, to 10 ms. */
    static long cpuNanos(long pid) {
        return ticks(pid, UTIME, STIME) * NANOS_PER_TICK;
    }

    /** Names of threads as the kernel cuts them off: the JVM's compilers and the one for scripts. */
    private static final Pattern COMPILERS = Pattern.compile("C[12] CompilerThre|TruffleCompiler.*|JVMCI.*");

    /** CPU time of each thread of that process that compiles, by its number; one that ends is gone from it. */
    static Map<String, Long> compilerNanos(long pid) {
        Map<String, Long> nanos = new HashMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            threads.map(thread -> pid + "/task/" + thread.getFileName())
                    .filter(thread ->
                            COMPILERS.matcher(read(thread, "comm").strip()).matches())
                    .forEach(thread -> nanos.put(thread, ticks(thread, UTIME, STIME) * NANOS_PER_TICK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return nanos;
    }

    /** The same with all its descendants, those that have ended among them. */
    static long cpuNanosOfTree(long pid) {
        return tree(pid)
                        .map(p -> ticks(p, UTIME, STIME, CHILDREN_UTIME, CHILDREN_STIME))
                        .sum()
                * NANOS_PER_TICK;
    }

    /** VmRSS of the process and its descendants, added; pages that they share count several times. */
    static long residentBytesOfTree(long pid) {
        return tree(pid).map(ProcessFigures::residentBytes).sum();
    }

    /** The command line, program first. */
    static List<String> commandLine(long pid) {
        return Arrays.asList(read(pid, "cmdline").split("\0"));
    }

    private static LongStream tree(long pid) {
        LongStream descendants = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToLong(ProcessHandle::pid);
        return LongStream.concat(LongStream.of(pid), descendants);
    }

    private static long ticks(long pid, int... fields) {
        return ticks(Long.toString(pid), fields);
    }

    /** @param process its number, or {@code PID/task/TID} */
    private static long ticks(String process, int... fields) {
        String stat = read(process, "stat");
        // The name stands in brackets and may hold blanks and brackets itself.
        String[] values = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return values.length == 1
                ? 0
                : Arrays.stream(fields)
                        .mapToLong(f -> Long.parseLong(values[f]))
                        .sum();
    }

    private static long residentBytes(long pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }

    /** Empty for a process that has ended. */
    private static String read(long pid, String file) {
        return read(Long.toString(pid), file);
    }

    private static String read(String process, String file) {
        try {
            return Files.readString(Path.of("/proc", process, file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if ("No such process".equals(e.getMessage())) {
                return "";
            }
            throw new UncheckedIOException(e);
        }
    }
}
