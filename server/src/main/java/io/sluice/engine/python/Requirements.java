package io.sluice.engine.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a {@code requirements.txt} may hold: packages of the index by their names, with versions, extras, conditions and hashes. pip
 * itself takes more, such as addresses, folders and options, by which a text would say where packages come from, or let pip ask
 * hosts that only the server reaches.
 */
final class Requirements {
    private static final int LONGEST = 1_000;

    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
    private static final Pattern HASHES = Pattern.compile("\\s--hash=sha(256|384|512):[0-9a-fA-F]{64,128}(?=\\s|$)");

    private static final String VERSION = "\\s*(===|==|~=|!=|<=|>=|<|>)\\s*[A-Za-z0-9.*+!_-]++\\s*";
    private static final String VERSIONS = VERSION + "(," + VERSION + ")*";
    private static final Pattern REQUIREMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*+"
            + "\\s*(\\[[A-Za-z0-9._,\\s-]*+])?\\s*"
            + "(" + VERSIONS + "|\\(" + VERSIONS + "\\))?"
            + "\\s*(;[A-Za-z0-9_.,'\"<>=!~()\\s*+-]*+)?");

    private static final Pattern AFTER_NAME = Pattern.compile("[^A-Za-z0-9._-].*");

    private static final List<String> ARCHIVES =
            List.of(".whl", ".zip", ".tar", ".tgz", ".tbz", ".txz", ".tlz", ".gz", ".bz2", ".xz", ".lzma");

    /** As pip takes it, which is how Python splits texts. */
    private static final Pattern LINE_END = Pattern.compile("\\r\\n|[\\n\\r\\x0b\\f\\x1c-\\x1e\\x85\\u2028\\u2029]");

    private Requirements() {}

    /** @param number of its first line, from 1 */
    private record Entry(int number, String text) {}

    /** Why pip is not asked to install this, with the line and what to do; empty when it may be. */
    static Optional<String> problem(String text) {
        return entries(text).stream()
                .filter(entry -> !isAllowed(entry.text()))
                .findFirst()
                .map(Requirements::refusal);
    }

    /** The same without its comments, in which pip would look for an encoding. */
    static String plain(String text) {
        return entries(text).stream().map(entry -> entry.text() + "\n").collect(Collectors.joining());
    }

    /** Lines that a backslash continues are one. */
    private static List<Entry> entries(String text) {
        List<Entry> entries = new ArrayList<>();
        String[] lines = LINE_END.split(text, -1);
        StringBuilder joined = new StringBuilder();
        int first = 1;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            boolean continues = line.endsWith("\\") && !line.stripLeading().startsWith("#");
            joined.append(continues ? line.substring(0, line.length() - 1) : line);
            if (!continues || i + 1 == lines.length) {
                String bare = COMMENT.matcher(joined).replaceFirst("").strip();
                if (!bare.isEmpty()) {
                    entries.add(new Entry(first, bare));
                }
                joined.setLength(0);
                first = i + 2;
            }
        }
        return entries;
    }

    private static boolean isAllowed(String entry) {
        String bare = HASHES.matcher(entry).replaceAll("").strip();
        return bare.length() <= LONGEST
                && REQUIREMENT.matcher(bare).matches()
                && !isArchive(bare)
                && !isArchive(AFTER_NAME.matcher(bare).replaceFirst(""));
    }

    /** pip takes such a name for a file, whatever extras stand behind it. */
    private static boolean isArchive(String name) {
        return ARCHIVES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }

    private static String refusal(Entry entry) {
        String text = entry.text();
        String shown = text.length() <= 100 ? text : text.substring(0, 97) + "...";
        return "line " + entry.number() + " (" + shown
                + ") is no package of an index. Name packages and their versions, such as"
                + " requests>=2.31,<3; addresses, folders and options cannot stand there."
                + " An administrator can name another index in scripts.pip_options.";
    }
}
