package io.sluice.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table that the benchmark prints. */
record Report(List<Finding> findings) {
    private static final String ROW = "%-60s %10s %10s  %s";
    private static final String DETAIL = "\n    %s";

    boolean allMet() {
        return findings.stream().noneMatch(f -> f instanceof Finding.Judged judged && !judged.isMet());
    }

    String text() {
        String head = ROW.formatted("bar", "limit", "measured", "");
        return findings.stream().map(Report::line).collect(Collectors.joining("\n", head + "\n", "\n"));
    }

    private static String line(Finding finding) {
        return switch (finding) {
            case Finding.Judged judged -> row(judged) + DETAIL.formatted(judged.detail());
            case Finding.Note note -> note.what() + DETAIL.formatted(note.detail());
        };
    }

    private static String row(Finding.Judged judged) {
        String verdict = judged.isMet() ? "pass" : "FAIL";
        String limit = figure(judged.limit(), judged.unit());
        return ROW.formatted(judged.what(), limit, figure(judged.measured(), judged.unit()), verdict);
    }

    private static String figure(double value, String unit) {
        String format = value >= 100 ? "%.0f %s" : value >= 10 ? "%.1f %s" : "%.3f %s";
        return String.format(Locale.ROOT, format, value, unit).strip();
    }
}
