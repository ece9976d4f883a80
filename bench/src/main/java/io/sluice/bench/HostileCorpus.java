package io.sluice.bench;

import io.sluice.bench.HostileScript.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The hostile scripts that the server's own tests read, of one language. */
final class HostileCorpus {
    private static final String TESTS = "server/src/test/resources/io/sluice/engine";
    private static final String BLOCK = "(?m)^### ";
    private static final String LEAVES = " ==> ";

    private HostileCorpus() {}

    /** {@code hostile.txt} and, where there is one, {@code leaks.txt} of that language; empty where there is neither. */
    static List<HostileScript> in(Path checkout, HostileLanguage language) throws IOException {
        Path folder = checkout.resolve(TESTS).resolve(language.folder());
        List<HostileScript> corpus = new ArrayList<>();
        Path hostile = folder.resolve("hostile.txt");
        if (Files.exists(hostile)) {
            corpus.addAll(scripts(Files.readString(hostile), language.look()));
        }
        Path leaks = folder.resolve("leaks.txt");
        if (Files.exists(leaks)) {
            corpus.addAll(leaks(Files.readString(leaks)));
        }
        return corpus;
    }

    /** Either blocks that begin with {@code ### ENDING name}, or a script a line below {@code [ending]}. */
    static List<HostileScript> scripts(String text, String look) {
        return text.contains("\n### ") || text.startsWith("### ") ? blocks(text, look) : lines(text, look);
    }

    private static List<HostileScript> blocks(String text, String look) {
        List<HostileScript> scripts = new ArrayList<>();
        for (String block : text.split(BLOCK)) {
            if (!block.isBlank() && !block.startsWith("#")) {
                String head = block.lines().findFirst().orElseThrow();
                int space = head.indexOf(' ');
                scripts.add(new HostileScript(
                        head.substring(space + 1),
                        Ending.of(head.substring(0, space)),
                        block.substring(head.length()).strip(),
                        look));
            }
        }
        return scripts;
    }

    private static List<HostileScript> lines(String text, String look) {
        List<HostileScript> scripts = new ArrayList<>();
        Ending ending = Ending.ANY;
        for (String line : code(text)) {
            if (line.matches("\\[[a-z]+]")) {
                ending = Ending.of(line.substring(1, line.length() - 1));
            } else {
                scripts.add(new HostileScript(line, ending, line, look));
            }
        }
        return scripts;
    }

    /** A line each: {@code attempt ==> look}. */
    static List<HostileScript> leaks(String text) {
        return code(text).stream()
                .map(line -> line.split(LEAVES, 2))
                .map(parts -> new HostileScript(parts[0], Ending.ANY, parts[0], parts[1]))
                .toList();
    }

    private static List<String> code(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
