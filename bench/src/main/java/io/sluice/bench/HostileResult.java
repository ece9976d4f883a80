package io.sluice.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What came of the hostile scripts of one kind.
 *
 * @param usual calls a millisecond that others make when nobody attacks: the plain ones, those with a script
 * @param failed calls of others
 * @param words about the first of them
 */
record HostileResult(ScriptKind kind, List<Attack> attacks, double[] usual, long failed, List<String> words) {
    private static final int LEAST_SCRIPTS = 60;
    private static final double MOST_BEYOND_MS = 250;
    private static final double LEAST_SHARE = 0.4;
    private static final int NAMED = 5;

    List<Finding> findings() {
        return List.of(
                new Finding.Floor(what("scripts"), attacks.size(), LEAST_SCRIPTS, "", answers()),
                beyond(),
                none("ended otherwise than they should", attack -> !attack.right()),
                none("the next run sees something of them", attack -> !attack.unseen()),
                new Finding.Bar(what("calls of others that failed"), failed, 0, "", text(words)),
                share("plain calls", 0),
                share("calls with a script", 1));
    }

    private String what(String figure) {
        return "hostile: " + kind.text() + ": " + figure;
    }

    /** How many answers there were of each status. */
    private String answers() {
        return attacks.stream()
                .collect(Collectors.groupingBy(attack -> attack.said().split(" ", 2)[0], Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(status -> status.getValue() + " answered " + status.getKey())
                .collect(Collectors.joining(", ", "", "; %.0f s in all".formatted(millis() / 1e3)));
    }

    private Finding beyond() {
        double most = attacks.stream().mapToDouble(Attack::beyond).max().orElse(Double.NaN);
        String worst = attacks.stream()
                .sorted(Comparator.comparingDouble(Attack::beyond).reversed())
                .limit(NAMED)
                .map(attack ->
                        "%.0f ms: %s".formatted(attack.beyond(), attack.script().name()))
                .collect(Collectors.joining("; "));
        return new Finding.Bar(what("most beyond the time limit"), most, MOST_BEYOND_MS, "ms", worst);
    }

    private Finding none(String figure, Predicate<Attack> wrong) {
        List<Attack> found = attacks.stream().filter(wrong).toList();
        return new Finding.Bar(
                what(figure),
                found.size(),
                0,
                "",
                text(found.stream().limit(NAMED).map(Attack::toString).toList()));
    }

    /** All calls that were made while a hostile one was under way, by those that are usual in that time. */
    private Finding share(String figure, int which) {
        long made = attacks.stream().mapToLong(attack -> attack.made()[which]).sum();
        return new Finding.Floor(
                what(figure + " beside them, share of usual"),
                made / (millis() * usual[which]),
                LEAST_SHARE,
                "",
                "%,d calls in %.1f s; usual are %.0f a second".formatted(made, millis() / 1e3, usual[which] * 1e3));
    }

    private double millis() {
        return attacks.stream().mapToDouble(Attack::millis).sum();
    }

    private static String text(List<String> examples) {
        return examples.isEmpty() ? "none" : String.join("; ", examples);
    }
}
