package io.sluice.service.file;

import io.sluice.api.ApiException;
import io.sluice.api.ResourcePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a file or folder lies in its store: plain names, judged once. None is empty, {@code .} or {@code ..}, or holds a slash, a
 * backslash or a control character.
 *
 * @param folder written with a slash at its end; the root is a folder without names
 */
public record FilePath(List<String> names, boolean folder) {
    private static final int MAX_LENGTH = 2000;
    private static final int MAX_NAME = 255;

    /** How the names of uploads begin that are not complete yet: no list shows them, and some stores clear them away. */
    private static final String PART = ".sluice-part-";

    public static final FilePath ROOT = new FilePath(List.of(), true);

    public FilePath {
        names = List.copyOf(names);
    }

    /** The path of a call, which its caller's rights were asked about as it was written. What may not be is a 400. */
    public static FilePath of(ResourcePath path) {
        if (path.text().contains("//")) {
            throw refused(path.text(), "a name in it is empty");
        }
        List<String> names = new ArrayList<>();
        for (String segment : path.segments()) {
            names.addAll(names(segment));
        }
        return new FilePath(
                names,
                path.folder() || names.isEmpty() || path.segments().getLast().endsWith("/"));
    }

    /** A path as plain text, such as {@code docs/a.txt}. What may not be is a 400. */
    public static FilePath of(String text) {
        List<String> names = names(text);
        return new FilePath(names, names.isEmpty() || text.endsWith("/"));
    }

    private static List<String> names(String text) {
        if (text.startsWith("/") || text.length() > MAX_LENGTH) {
            throw refused(text, text.startsWith("/") ? "it starts with a slash" : "it is too long");
        }
        List<String> names = new ArrayList<>();
        for (String name : text.split("/")) {
            if (!name.isEmpty()) {
                names.add(checked(name, text));
            }
        }
        return names;
    }

    private static String checked(String name, String whole) {
        if (name.equals("..") || name.equals(".")) {
            throw refused(whole, "'" + name + "' is not allowed in it");
        }
        if (name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            throw refused(whole, "it holds a backslash or a control character");
        }
        if (name.startsWith(PART)) {
            throw refused(whole, "names that begin with '" + PART + "' are kept for uploads under way; choose another");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
            throw refused(whole, "a name in it is longer than " + MAX_NAME + " bytes");
        }
        return name;
    }

    private static ApiException refused(String text, String why) {
        String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
        return ApiException.badRequest(
                "The path '" + shown.replaceAll("\\p{Cntrl}", "?") + "' is refused: " + why + ".");
    }

    /** That name or relative path below this folder. */
    public FilePath child(String text, boolean asFolder) {
        List<String> all = new ArrayList<>(names);
        List<String> more = names(text);
        if (more.isEmpty()) {
            throw ApiException.badRequest("A file or folder below '" + this + "' needs a name.");
        }
        all.addAll(more);
        return new FilePath(all, asFolder);
    }

    public FilePath parent() {
        return new FilePath(names.subList(0, names.size() - 1), true);
    }

    public boolean isRoot() {
        return names.isEmpty();
    }

    /** The last name, empty for the root. */
    public String name() {
        return names.isEmpty() ? "" : names.getLast();
    }

    /** Without a slash at the end: {@code docs/sub}. */
    public String bare() {
        return String.join("/", names);
    }

    /** As the API writes it: {@code docs/a.txt}, {@code docs/sub/}, and nothing for the root. */
    @Override
    public String toString() {
        return folder && !names.isEmpty() ? bare() + "/" : bare();
    }
}
