package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the figures were measured on, for the report's head. */
final class Machine {
    private Machine() {}

    static String text() throws IOException {
        return "%d cores (%s), Linux %s, %s %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        System.getProperty("os.version"),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.vm.version"));
    }

    /** "0.45 1.71 1.40": over one, five and fifteen minutes. */
    static String load() throws IOException {
        return Stream.of(Files.readString(Path.of("/proc/loadavg")).split(" "))
                .limit(3)
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
    }

    private static String processor() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
