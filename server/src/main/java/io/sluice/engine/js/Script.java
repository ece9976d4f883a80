package io.sluice.engine.js;

import io.sluice.engine.Run.Outcome.Threw;
import io.sluice.engine.Where;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * A text, wrapped as a function.
 *
 * @param opening what stands before the text on its first line
 * @param original the text as it was written
 * @param modules what it can load, none for a text that imports no files
 */
record Script(Source source, String opening, Original original, Optional<Modules> modules) {
    private static final List<String> STATUS_NAMES = List.of("status_code", "status", "code");
    private static final Pattern STATUS = Pattern.compile("[45]\\d\\d");
    private static final Pattern NO_FUNCTION = Pattern.compile("^invokeMember \\((.*?)\\) on .* failed due to: .*");
    private static final Pattern CLASS = Pattern.compile("^(Error: )?(Unhandled promise rejection: )?");

    static Script of(String name, String text, String opening) {
        return of(text, opening, Original.of(name, text), Optional.empty());
    }

    static Script of(String code, String opening, Original original, Optional<Modules> modules) {
        Source source = JsRuntime.source(original.name(), opening + code + "\n})");
        return new Script(source, opening, original, modules);
    }

    /** What a thrown error or value says. Reads its properties, so it may run the script's getters. */
    Threw threw(PolyglotException e) {
        @Nullable Value thrown = e.getGuestObject();
        return new Threw(status(thrown), message(e, thrown), where(e));
    }

    private static int status(@Nullable Value thrown) {
        if (thrown == null || !thrown.hasMembers()) {
            return 500;
        }
        for (String name : STATUS_NAMES) {
            Value value = thrown.getMember(name);
            if (value != null && STATUS.matcher(value.toString()).matches()) {
                return Integer.parseInt(value.toString());
            }
        }
        return 500;
    }

    private static String message(PolyglotException e, @Nullable Value thrown) {
        if (thrown != null && thrown.isString()) {
            return thrown.asString();
        }
        Value message = thrown != null && thrown.hasMembers() ? thrown.getMember("message") : null;
        String words =
                message != null && message.isString() && !message.asString().isEmpty()
                        ? message.asString()
                        : String.valueOf(e.getMessage());
        return NO_FUNCTION.matcher(CLASS.matcher(words).replaceFirst("")).replaceFirst("'$1' is not a function");
    }

    private Where where(PolyglotException e) {
        Where place = where(e.getSourceLocation());
        for (PolyglotException.StackFrame frame : e.getPolyglotStackTrace()) {
            if (place.known()) {
                return place;
            }
            place = frame.isGuestFrame() ? where(frame.getSourceLocation()) : Where.UNKNOWN;
        }
        return place;
    }

    private Where where(@Nullable SourceSection at) {
        if (at == null) {
            return Where.UNKNOWN;
        }
        int line = at.getStartLine();
        if (at.getSource().equals(source)) {
            return original.place(line, at.getStartColumn() - (line == 1 ? opening.length() : 0));
        }
        return modules.flatMap(all -> all.place(at)).orElse(Where.UNKNOWN);
    }
}
