package io.sluice.script;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells a script from the things that sources send in its place. Pure. */
final class TextCheck {
    private static final JsonMapper JSON = JsonMapper.shared();

    private TextCheck() {}

    /** Why that text cannot be a script, in words; empty when it may be one. */
    static Optional<String> objection(String text) {
        String start = text.startsWith("\uFEFF") ? text.substring(1).strip() : text.strip();
        if (start.isEmpty()) {
            return Optional.of("the text is empty");
        }
        String head = start.substring(0, Math.min(start.length(), 60)).toLowerCase(Locale.ROOT);
        if (head.startsWith("<!doctype html") || head.startsWith("<html")) {
            return Optional.of("the source sent an HTML page instead of a script");
        }
        if (head.startsWith("version https://git-lfs.github.com/spec/")) {
            return Optional.of("the source sent a Git LFS pointer instead of a script");
        }
        if (isJsonDocument(start)) {
            return Optional.of("the source sent a JSON document instead of a script");
        }
        return Optional.empty();
    }

    private static boolean isJsonDocument(String text) {
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        if (!(first == '{' && last == '}') && !(first == '[' && last == ']')) {
            return false;
        }
        try {
            JsonNode tree = JSON.readTree(text);
            return tree.isContainer();
        } catch (JacksonException e) {
            // Not JSON, so it may well be a script that begins with a block.
            return false;
        }
    }
}
