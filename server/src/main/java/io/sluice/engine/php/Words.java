package io.sluice.engine.php;

import io.sluice.engine.Compilation;
import io.sluice.engine.Limits;
import io.sluice.engine.Run.Limit;
import io.sluice.engine.Run.Outcome;
import io.sluice.engine.process.Stopped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what PHP says of errors, and leaves out the places of files on this machine. Pure. */
final class Words {
    private static final String OUT_OF_MEMORY = "Allowed memory size of ";
    private static final String OUT_OF_SYSTEM_MEMORY = "Out of memory";
    private static final String OUT_OF_TIME = "Maximum execution time of ";

    private final PhpBox box;

    Words(PhpBox box) {
        this.box = box;
    }

    /** A line for the console; {@code limit} is the one that it says was reached. */
    record Line(String level, String text, @Nullable Limit limit) {}

    String plain(String words) {
        return box.plain(words);
    }

    /** {@code PHP Warning:  Undefined variable $x in /…/script.php on line 3}, or what a script gave to {@code error_log}. */
    Line logged(String text) {
        String plain = box.plain(text).stripTrailing();
        String level = level(plain);
        boolean fatal = plain.startsWith("PHP Fatal error:");
        return new Line(level, plain, fatal ? limit(plain) : null);
    }

    private static String level(String text) {
        if (text.startsWith("PHP Warning:") || text.startsWith("PHP Deprecated:")) {
            return "warn";
        }
        return text.startsWith("PHP Notice:") ? "info" : "error";
    }

    private static @Nullable Limit limit(String message) {
        if (message.contains(OUT_OF_MEMORY) || message.contains(OUT_OF_SYSTEM_MEMORY)) {
            return Limit.MEMORY;
        }
        return message.contains(OUT_OF_TIME) ? Limit.TIME : null;
    }

    /** An error that PHP does not let a script catch. */
    Outcome fatal(Map<String, @Nullable Object> said, Limits limits) {
        String message = message(said);
        Limit limit = limit(message);
        return limit != null ? Stopped.by(limit, limits) : new Outcome.Threw(500, message, place(said));
    }

    Outcome thrown(Map<String, @Nullable Object> said) {
        int status = said.get("status") instanceof Number given ? given.intValue() : 500;
        String message = message(said);
        return new Outcome.Threw(status, message.isEmpty() ? String.valueOf(said.get("class")) : message, place(said));
    }

    /** Of a text that is no program. */
    Compilation.Refused refused(Map<String, @Nullable Object> said) {
        int line = places(said).stream()
                .findFirst()
                .map(place -> place.get(1) instanceof Number number ? number.intValue() : 0)
                .orElse(0);
        String source = PhpText.line(box.source().text(), line);
        return new Compilation.Refused(message(said) + (source.isEmpty() ? "" : ": " + source), line, 0);
    }

    private String message(Map<String, @Nullable Object> said) {
        // An uncaught error in a function that runs at the end carries its whole trace.
        String message = String.valueOf(said.getOrDefault("message", ""));
        return box.plain(message.lines().findFirst().orElse(""));
    }

    /** The innermost place that is in the script's own files. */
    private String place(Map<String, @Nullable Object> said) {
        return places(said).stream()
                .map(place -> box.place(
                        String.valueOf(place.getFirst()),
                        place.get(1) instanceof Number number ? number.intValue() : 0))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }

    private static List<List<?>> places(Map<String, @Nullable Object> said) {
        return said.get("places") instanceof List<?> places
                ? places.stream()
                        .<List<?>>mapMulti((place, next) -> {
                            if (place instanceof List<?> pair && pair.size() == 2) {
                                next.accept(pair);
                            }
                        })
                        .toList()
                : List.of();
    }
}
