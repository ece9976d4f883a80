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

    /** Load averages over one, five and fifteen minutes: processes that run or want to. */
    record Load(double one, double five, double fifteen) {
        @Override
        public String toString() {
            return "%.2f %.2f %.2f".formatted(one, five, fifteen);
        }
    }

    static Load load() throws IOException {
        String[] words = Files.readString(Path.of("/proc/loadavg")).split(" ");
        return new Load(Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
    }

    /**
     * The benchmark keeps two to three cores busy itself, so only the load before it and one far above the cores behind it
     * tell of others.
     */
    static Finding loadNote(Load before, Load after) {
        int cores = Runtime.getRuntime().availableProcessors();
        boolean disturbed = before.one() > cores / 2.0 || after.five() > cores + 3;
        String verdict = disturbed ? "; other work ran here: repeat before you believe a figure" : "";
        return new Finding.Note("load average", before + " before, " + after + " after" + verdict);
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
