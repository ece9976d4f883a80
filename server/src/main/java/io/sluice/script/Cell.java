package io.sluice.script;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What this node knows of one script beside its record and its current version. */
final class Cell {
    private final ScriptId id;
    private final RunStats stats = new RunStats();

    /** Held from the beginning of a read to the end of its promotion: one fetch at a time. */
    final ReentrantLock reading = new ReentrantLock();

    /** Guards {@link #flight}. */
    final ReentrantLock door = new ReentrantLock();

    @Nullable
    Flight flight;

    /** Changes while the writer of the store is held. */
    private volatile Age age = new Age(0, 0);

    private volatile Standing standing;
    private volatile @Nullable Failure failure;
    private volatile boolean gone;
    private volatile @Nullable Instant wanted;
    private volatile @Nullable Doubt doubt;

    /**
     * How the script stands, as its record has it.
     *
     * @param held its source has a good text that is not taken over, because its commit was refused as a whole
     */
    record Standing(ScriptState state, @Nullable String lastError, long promotion, boolean held) {
        Standing(ScriptState state, @Nullable String lastError, long promotion) {
            this(state, lastError, promotion, false);
        }
    }

    /**
     * What has happened since this server started.
     *
     * @param edits of the record, rollbacks included
     * @param clears how often it was said that the source may have something newer
     */
    record Age(long edits, long clears) {
        /** Whether nothing has happened since; whoever is patient no longer minds clears. */
        boolean isStill(Age now, boolean patient) {
            return equals(now) || patient && edits == now.edits;
        }
    }

    /**
     * The branch seems to have gone back, and since when.
     *
     * @param commit the older one that it points at, or the current version's when its host lacks that
     */
    record Doubt(String commit, Instant since) {}

    /**
     * The last look failed.
     *
     * @param reason what callers are told
     * @param count failures in a row
     * @param askAgain from when a call that cannot go on without it may ask the source
     * @param refusedHash the text that was turned down, to know it again
     */
    record Failure(
            Reason reason,
            String why,
            int count,
            Instant askAgain,
            @Nullable String refusedHash) {}

    /** Why there is no new version. */
    enum Reason {
        UNREADABLE,
        /** Its text is there, but could not be compiled at that moment. */
        NOT_NOW,
        UNCOMPILABLE,
        NO_ENGINE;

        /** Whether it says nothing about the text, so that the record's {@code on_fetch_error} decides. */
        boolean passing() {
            return this == UNREADABLE || this == NOT_NOW;
        }
    }

    Cell(ScriptId id, Standing standing) {
        this.id = id;
        this.standing = standing;
    }

    ScriptId id() {
        return id;
    }

    RunStats stats() {
        return stats;
    }

    Age age() {
        return age;
    }

    Standing standing() {
        return standing;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    /** What was read before this may not be stored. Called while the writer of the store is held. */
    void outdate() {
        age = new Age(age.edits + 1, age.clears);
        failure = null;
    }

    /** What was read before this may be older than what the source has. Called while the writer of the store is held. */
    void clear() {
        age = new Age(age.edits, age.clears + 1);
        failure = null;
    }

    void stands(Standing now, @Nullable Failure why) {
        standing = now;
        failure = why;
    }

    /** When its source is to be looked at next; null: not by itself. */
    @Nullable
    Instant wanted() {
        return wanted;
    }

    void want(@Nullable Instant when) {
        wanted = when;
    }

    @Nullable
    Doubt doubt() {
        return doubt;
    }

    /** @param commit what {@link Doubt} holds; empty when there is nothing to doubt. One that stays the same keeps its time. */
    void doubt(Optional<String> commit, Instant now) {
        @Nullable Doubt before = doubt;
        if (before == null || commit.filter(before.commit()::equals).isEmpty()) {
            doubt = commit.map(one -> new Doubt(one, now)).orElse(null);
        }
    }

    boolean isGone() {
        return gone;
    }

    /** The record was deleted. */
    void leave() {
        gone = true;
        outdate();
    }
}
