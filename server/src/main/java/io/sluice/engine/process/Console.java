package io.sluice.engine.process;

import io.sluice.engine.Run.Printed;
import java.util.ArrayList;
import java.util.List;

/** What a run printed, up to a size. For one thread. */
public final class Console {
    private static final int MAX_CHARACTERS = 64 << 10;
    private static final int PER_LINE = 16;

    private final List<Printed> lines = new ArrayList<>();
    private int left = MAX_CHARACTERS;

    public void print(String level, String text) {
        if (left <= 0) {
            return;
        }
        int taken = Math.min(left, text.length());
        lines.add(new Printed(level, text.substring(0, taken)));
        left -= taken + PER_LINE;
        if (left <= 0) {
            lines.add(new Printed(
                    "warn", "(the console was cut here: a run can print " + MAX_CHARACTERS / 1024 + " KB)"));
        }
    }

    public List<Printed> lines() {
        return List.copyOf(lines);
    }
}
