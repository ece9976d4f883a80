package io.sluice.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table that the benchmark prints. */
record Report(List<Finding> findings) {
    private static final String ROW = "%-60s %10s %10s  %s";
    private static final String DETAIL = "\n    %s";

    boolean allMet() {
        return findings.stream().noneMatch(f -> f instanceof Finding.Bar bar && !bar.isMet());
    }

    String text() {
        String head = ROW.formatted("bar", "limit", "measured", "");
        return findings.stream().map(Report::line).collect(Collectors.joining("\n", head + "\n", "\n"));
    }

    private static String line(Finding finding) {
        return switch (finding) {
            case Finding.Bar bar -> row(bar) + DETAIL.formatted(bar.detail());
            case Finding.Note note -> note.what() + DETAIL.formatted(note.detail());
        };
    }

    private static String row(Finding.Bar bar) {
        String verdict = bar.isMet() ? "pass" : "FAIL";
        return ROW.formatted(bar.what(), figure(bar.limit(), bar.unit()), figure(bar.measured(), bar.unit()), verdict);
    }

    private static String figure(double value, String unit) {
        String format = value >= 100 ? "%.0f %s" : value >= 10 ? "%.1f %s" : "%.3f %s";
        return String.format(Locale.ROOT, format, value, unit).strip();
    }
}
