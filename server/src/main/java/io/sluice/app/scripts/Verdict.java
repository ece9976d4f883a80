package io.sluice.app.scripts;

import io.sluice.engine.Run.Printed;
import io.sluice.script.Likeness.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a case came to.
 *
 * @param file the test file
 * @param differences none: it passed
 */
record Verdict(String file, String name, List<Difference> differences, List<Printed> console, Duration took) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int WIDTH = 400;

    boolean passed() {
        return differences.isEmpty();
    }

    /** Why it failed: each difference in three lines, then what the script printed. */
    List<String> reasons() {
        List<String> lines = new ArrayList<>();
        for (Difference each : differences) {
            lines.add(each.path());
            lines.add("  expected " + shown(each.expected()));
            lines.add("  got      " + shown(each.actual()));
        }
        console.forEach(line -> lines.add("console." + line.level() + ": " + clip(line.text())));
        return lines;
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "nothing" : clip(value instanceof String text ? text : JSON.writeValueAsString(value));
    }

    private static String clip(String text) {
        String line = text.replace("\n", "\\n");
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH) + "…";
    }
}
