package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Compilation;
import io.sluice.engine.Gathering;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.SourceSet;
import io.sluice.engine.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A script with files around it, gathered, compiled and run as the server does it. */
final class Folder implements Tree {
    private final Map<String, String> files = new TreeMap<>();
    final List<String> looked = new ArrayList<>();
    final Js js = new Js();
    private String language = "nodejs";

    Folder has(String path, String text) {
        files.put(path, text);
        return this;
    }

    Folder typescript() {
        language = "typescript";
        return this;
    }

    @Override
    public Leaf leaf(String path) {
        looked.add(path);
        return files.containsKey(path) ? new Leaf.Text(files.get(path)) : new Leaf.None("there is no " + path);
    }

    Gathering gather(String entry) {
        String name = entry.substring(entry.lastIndexOf('/') + 1);
        SourceSet source = new SourceSet(name, entry, language, files.get(entry), Map.of());
        return Js.ENGINE.gather(source, this);
    }

    SourceSet gathered(String entry) {
        Gathering gathering = gather(entry);
        assertThat(gathering).isInstanceOf(Gathering.Whole.class);
        return ((Gathering.Whole) gathering).source();
    }

    /** Why it cannot be gathered. */
    String refused(String entry) {
        Gathering gathering = gather(entry);
        assertThat(gathering).isInstanceOf(Gathering.Refused.class);
        return ((Gathering.Refused) gathering).why();
    }

    Compilation compiled(String entry) {
        return Js.ENGINE.compile(gathered(entry));
    }

    /** Why it does not compile. */
    String uncompilable(String entry) {
        Compilation compilation = compiled(entry);
        assertThat(compilation).isInstanceOf(Compilation.Refused.class);
        return ((Compilation.Refused) compilation).where();
    }

    Program program(String entry) {
        Compilation compilation = compiled(entry);
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        return ((Compilation.Compiled) compilation).program();
    }

    Run run(String entry) {
        try (Program program = program(entry)) {
            return js.run(program);
        }
    }

    Object value(String entry) {
        return Js.completed(run(entry)).value();
    }
}
