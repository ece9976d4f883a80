package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.linked;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.TextSource.Address;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A version is a script with all that it imports, read at one commit. */
class GatheringTest extends FreshRoom {
    private static final String COMMIT = "1111111111111111111111111111111111111111";

    @Test
    void whatAScriptImportsIsReadAtTheCommitThatTheScriptWasReadAt() {
        room.source.has("lib/x", "x").has("a.js", "use lib/x\nreturn 1", COMMIT);
        room.create(linked(A, "a.js"));
        assertThat(room.says(A)).isEqualTo("1");
        assertThat(room.source.asked)
                .containsExactly(new Address("sales", COMMIT, "a.js"), new Address("sales", COMMIT, "lib/x"));
        Version version = room.scripts.version(A, 1).orElseThrow();
        assertThat(version.source().siblings()).isEqualTo(Map.of("lib/x", "x"));
        assertThat(version.source().path()).isEqualTo("a.js");
        assertThat(version.revision()).isEqualTo(COMMIT);
    }

    @Test
    void twoScriptsOfOneBranchAndWhatBothImportComeFromOneCommit() {
        room.source
                .has("lib/x", "x")
                .has("a.js", "use lib/x\nreturn a", COMMIT)
                .has("b.js", "use lib/x\nreturn b", COMMIT);
        room.source.headIs(COMMIT);
        room.create(linked(A, "a.js"));
        room.create(linked(B, "b.js"));
        room.scripts.refresh(List.of(A, B));
        assertThat(room.source.asked).extracting(Address::reference).containsOnly(COMMIT);
    }

    @Test
    void aChangeOfWhatIsImportedIsANewVersionAndOneOfOthersIsNot() {
        room.source.has("lib/x", "x").has("lib/y", "y").has("a.js", "use lib/x\nreturn 1", COMMIT);
        room.create(linked(A, "a.js"));
        room.says(A);
        room.source.has("lib/y", "other");
        assertThat(room.scripts.refresh(A)).isInstanceOf(Refreshed.Unchanged.class);
        room.source.has("lib/x", "other");
        assertThat(room.scripts.refresh(A)).isInstanceOf(Refreshed.Promoted.class);
        assertThat(room.scripts.versions(A)).extracting(Version::number).containsExactly(2, 1);
    }

    @Test
    void whatCannotBeReadLeavesTheLastGoodVersion() {
        room.source.has("lib/x", "x").has("a.js", "use lib/x\nreturn 1", COMMIT);
        room.create(linked(A, "a.js"));
        room.says(A);
        room.source.lacks("lib/x");
        assertThat(room.scripts.refresh(A))
                .isInstanceOfSatisfying(
                        Refreshed.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo("it uses lib/x: there is no such file"));
        assertThat(room.status(A).state()).isEqualTo(ScriptState.REFUSED);
        room.source.has("lib/x", "x2");
        room.source.afterRead = () -> {
            room.source.afterRead = () -> {};
            room.source.die();
        };
        assertThat(room.scripts.refresh(A))
                .isInstanceOfSatisfying(
                        Refreshed.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo("the host does not answer"));
        assertThat(room.status(A).state()).isEqualTo(ScriptState.STALE);
        assertThat(room.says(A)).isEqualTo("1");
    }

    /** No engine is asked whether it could do without: it would take another file, or none, for what is there. */
    @Test
    void anImportThatIsThereAndCannotBeReadRefusesTheScript() {
        room.source.has("lib/x", "x").has("a.js", "use lib/x\nreturn 1", COMMIT);
        room.create(linked(A, "a.js"));
        room.says(A);
        room.source.has("lib/x", "x2");
        room.source.isUnfit("lib/x");
        assertThat(room.scripts.refresh(A))
                .isInstanceOfSatisfying(
                        Refreshed.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo("lib/x is not text"));
        assertThat(room.status(A).state()).isEqualTo(ScriptState.REFUSED);
        assertThat(room.says(A)).isEqualTo("1");
    }

    @Test
    void aRestartAndARollbackHaveTheImportedTexts() {
        room.source.has("lib/x", "x1").has("a.js", "use lib/x\nreturn 1", COMMIT);
        room.create(linked(A, "a.js"));
        room.says(A);
        room.source.has("lib/x", "x2");
        room.scripts.refresh(A);
        room.restart();
        assertThat(room.status(A).version().orElseThrow().source().siblings()).containsEntry("lib/x", "x2");
        room.scripts.rollback(A, 1, java.util.OptionalLong.empty());
        assertThat(room.status(A).version().orElseThrow().source().siblings()).containsEntry("lib/x", "x1");
    }
}
