package io.sluice.engine.js;

import io.sluice.engine.Gathering;
import io.sluice.engine.SourceSet;
import io.sluice.engine.Tree;
import io.sluice.engine.js.Imports.How;
import io.sluice.engine.js.Imports.Import;
import io.sluice.engine.js.Resolver.Meaning;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads from a tree all that an entry imports, each file once, up to a number and a size. */
final class Gatherer {
    static final int MOST_FILES = 200;
    static final int MOST_CHARACTERS = 5 << 20;

    /** Files asked for, those that are not there included: each may be a call over the network. */
    static final int MOST_LOOKS = 2000;

    private final SourceSet entry;
    private final Tree tree;
    private final Resolver resolver = Resolver.in(this::text);
    private final Map<String, Optional<String>> looked = new HashMap<>();
    private final Map<String, String> absent = new LinkedHashMap<>();
    private final Map<String, String> found = new LinkedHashMap<>();
    private final Deque<Map.Entry<String, String>> unread = new ArrayDeque<>();
    private long characters;

    Gatherer(SourceSet entry, Tree tree) {
        this.entry = entry;
        this.tree = tree;
    }

    Gathering gather() {
        Optional<String> objection = imports(entry.path(), entry.text());
        while (objection.isEmpty() && !unread.isEmpty()) {
            Map.Entry<String, String> next = unread.remove();
            boolean code = !Paths.extension(next.getKey()).equals("json");
            objection = code ? imports(next.getKey(), next.getValue()) : Optional.empty();
        }
        return objection.<Gathering>map(Gathering.Refused::new).orElseGet(() -> new Gathering.Whole(entry.with(found)));
    }

    /** Takes up what a text imports; answers why it cannot be a part of the script. */
    private Optional<String> imports(String path, String text) {
        if (!text.contains("import") && !text.contains("require") && !text.contains("export")) {
            return Optional.empty();
        }
        for (Import one : Imports.of(text).all()) {
            Meaning meaning = resolver.meaning(path, one.specifier(), one.how() != How.REQUIRE);
            Optional<String> objection = tooMuch().or(() -> objection(path, text, one, meaning));
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private Optional<String> objection(String path, String text, Import one, Meaning meaning) {
        if (!(meaning instanceof Meaning.Nothing nothing)
                || nothing.outside()
                || one.optional()
                || Paths.isPackage(path)) {
            return Optional.empty();
        }
        String why = nothing.tried().isEmpty()
                ? ""
                : ": "
                        + absent.entrySet().stream()
                                .filter(each -> each.getKey().startsWith(nothing.tried()))
                                .map(Map.Entry::getValue)
                                .findFirst()
                                .orElse("nothing lies there");
        return Optional.of((path.isEmpty() ? entry.name() : path) + " line " + Imports.line(text, one.from())
                + " imports '" + shown(one.specifier()) + "', " + nothing.words() + why);
    }

    static String shown(String specifier) {
        String printable = specifier.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > 200 ? printable.substring(0, 200) + "…" : printable;
    }

    private Optional<String> tooMuch() {
        if (found.size() > MOST_FILES) {
            return Optional.of("it imports more than " + MOST_FILES + " files, directly or through others");
        }
        if (characters > MOST_CHARACTERS) {
            return Optional.of("what it imports is larger than " + (MOST_CHARACTERS >> 20) + " MB in all");
        }
        return looked.size() > MOST_LOOKS
                ? Optional.of("more than " + MOST_LOOKS + " files were looked for to find what it imports")
                : Optional.empty();
    }

    private Optional<String> text(String path) {
        if (path.equals(entry.path())) {
            return Optional.of(entry.text());
        }
        Optional<String> known = looked.get(path);
        return known != null ? known : look(path);
    }

    private Optional<String> look(String path) {
        if (tooMuch().isPresent()) {
            return Optional.empty();
        }
        Optional<String> text = switch (tree.leaf(path)) {
            case Tree.Leaf.Text leaf -> Optional.of(leaf.text());
            case Tree.Leaf.None none -> {
                absent.put(path, none.why());
                yield Optional.empty();
            }
        };
        looked.put(path, text);
        text.ifPresent(taken -> {
            found.put(path, taken);
            unread.add(Map.entry(path, taken));
            characters += taken.length();
        });
        return text;
    }
}
