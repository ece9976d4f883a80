package io.sluice.script;

import io.sluice.engine.Engines;
import io.sluice.engine.Gathering;
import io.sluice.engine.SourceSet;
import io.sluice.engine.Tree;
import io.sluice.service.TextSource;
import io.sluice.service.TextSource.Address;
import io.sluice.service.TextSource.Reading;

/** The files of a linked service around a script, at one commit where there are commits. For one look. */
final class LinkedTree implements Tree {
    private final TextSource texts;
    private final String repository;
    private final String reference;

    LinkedTree(TextSource texts, String repository, String reference) {
        this.texts = texts;
        this.repository = repository;
        this.reference = reference;
    }

    /** What came of gathering. */
    sealed interface Gathered {
        record Told(Gathering gathering) implements Gathered {}

        /** The source did not answer for one of the files. */
        record Silent(String why) implements Gathered {}
    }

    /** @param tree one that asks such a tree */
    static Gathered gathered(Engines engines, SourceSet entry, Tree tree) {
        try {
            return new Gathered.Told(engines.gather(entry, tree));
        } catch (Unanswered e) {
            return new Gathered.Silent(e.why);
        } catch (Unreadable e) {
            return new Gathered.Told(new Gathering.Refused(e.why));
        }
    }

    @Override
    public Leaf leaf(String path) {
        return leaf(reading(path));
    }

    Reading reading(String path) {
        return texts.read(new Address(repository, reference, path));
    }

    static Leaf leaf(Reading reading) {
        return switch (reading) {
            case Reading.Found found -> new Leaf.Text(found.text());
            case Reading.Missing missing -> new Leaf.None(missing.why());
            case Reading.Unfit unfit -> throw new Unreadable(unfit.why());
            case Reading.Unreachable silent -> throw new Unanswered(silent.why());
        };
    }

    /** Ends the gathering: what is imported is there, and another file in its place would be another script. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String why;

        Unreadable(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }

    /** Ends the gathering: nothing can be said of the script until its source answers. */
    static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String why;

        Unanswered(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }
}
