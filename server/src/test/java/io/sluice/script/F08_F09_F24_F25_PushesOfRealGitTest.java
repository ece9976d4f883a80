package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.outbound.Hosts;
import io.sluice.script.ScriptDefinition.Link;
import io.sluice.script.ScriptDefinition.OnFetchError;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.git.GitServiceTypes;
import io.sluice.testing.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people do to branches, on real repositories: over smart HTTP and in a folder. */
class F08_F09_F24_F25_PushesOfRealGitTest {
    private static final long GIT = 21;
    private static final String MAIN = "refs/heads/main";

    /** The two ways to the same repositories. */
    enum Way {
        HTTP,
        FOLDER
    }

    @TempDir
    Path machine;

    private Path root;
    private GitServer server;
    private Room room;
    private String first;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectory(machine.resolve("root"));
        server = GitServer.start(root);
        server.create("sales.git");
        room = new Room(machine);
    }

    @AfterEach
    void stop() throws Exception {
        room.close();
        server.close();
    }

    private void open(Way way) throws IOException {
        String base = way == Way.HTTP ? server.uri().toString() : "file://" + root;
        new GitServiceTypes(List.of(root), new Hosts(OutboundRule.PUBLIC_ONLY)).all().forEach(room.services::register);
        room.services.start(new ServiceDefinition(GIT, "git", "", "", "git", true, Map.of("base_url", base)));
        first = commit("a.js", "use lib.js\nreturn a1");
        commit("lib.js", "1");
        commit("b.js", "return b1");
        link(A, "main", "a.js");
        link(B, "refs/heads/main", "b.js");
        push(MAIN);
        assertThat(room.says(A) + room.says(B)).isEqualTo("a1b1");
    }

    private void link(ScriptId id, String reference, String path) {
        room.create(Room.definition(
                id, "", new Link(GIT, "sales.git", reference, path), OnFetchError.LAST_GOOD));
    }

    private String commit(String path, String text) throws IOException {
        return server.commit("sales.git", "main", path, text, "Change " + path);
    }

    private Pushed push(String reference) {
        return room.scripts.push(new Push(GIT, "sales", reference, "webhook:test"));
    }

    @ParameterizedTest
    @EnumSource
    void deliveriesInReverseOrderEndAtTheHead(Way way) throws IOException {
        open(way);
        commit("a.js", "return a2");
        String head = commit("b.js", "return b2");
        assertThat(push(MAIN).commit()).contains(head);
        assertThat(push(MAIN).scripts().values()).allMatch(Refreshed.Unchanged.class::isInstance);
        assertThat(room.says(A) + room.says(B)).isEqualTo("a2b2");
        assertThat(room.status(A).promotion()).isEqualTo(room.status(B).promotion());
    }

    @ParameterizedTest
    @EnumSource
    void anImportedFileMovesItsScriptOnly(Way way) throws IOException {
        open(way);
        commit("lib.js", "2");
        Pushed pushed = push(MAIN);
        assertThat(pushed.scripts().get(A)).isInstanceOf(Refreshed.Promoted.class);
        assertThat(pushed.scripts().get(B)).isInstanceOf(Refreshed.Unchanged.class);
        Version version = room.scripts.version(A, 2).orElseThrow();
        assertThat(version.source().siblings()).isEqualTo(Map.of("lib.js", "2"));
        assertThat(version.message()).contains("Change lib.js");
        assertThat(version.author()).contains("Ann Vale");
    }

    @ParameterizedTest
    @EnumSource
    void aHeadThatIsOlderTakesNothingBackUntilItStays(Way way) throws Exception {
        open(way);
        String before = commit("readme.md", "x");
        // Another branch keeps the newer commit: what no branch leads to, servers do not give out.
        server.point("sales.git", "refs/heads/kept", commit("b.js", "return b2"));
        push(MAIN);
        server.point("sales.git", MAIN, before);
        assertThat(push(MAIN).scripts().values()).allMatch(Refreshed.Unchanged.class::isInstance);
        assertThat(room.says(B)).isEqualTo("b2");
        room.time.pass(Finder.DOUBT);
        room.await(one -> one instanceof io.sluice.observe.Observation.ScriptPromoted up
                && up.script().equals(B.toString())
                && up.version() == 3);
        assertThat(room.says(B)).isEqualTo("b1");
    }

    @ParameterizedTest
    @EnumSource
    void aRewrittenBranchIsFollowedAndShown(Way way) throws IOException {
        open(way);
        server.point("sales.git", MAIN, first);
        commit("lib.js", "1");
        commit("b.js", "return other");
        push(MAIN);
        assertThat(room.says(B)).isEqualTo("other");
        assertThat(room.scripts.versions(B).getFirst().message()).contains("forced push: Change b.js");
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedBranchIsMissingAndTheLastGoodVersionsRun(Way way) throws IOException {
        open(way);
        server.delete("sales.git", MAIN);
        Pushed pushed = push(MAIN);
        assertThat(pushed.problem()).isEmpty();
        assertThat(room.status(A).state()).isEqualTo(ScriptState.MISSING);
        assertThat(room.says(A) + room.says(B)).isEqualTo("a1b1");
    }

    @ParameterizedTest
    @EnumSource
    void aTextThatDoesNotCompileRefusesTheCommit(Way way) throws IOException {
        open(way);
        commit("a.js", "return a2");
        String head = commit("b.js", "return\n!!!");
        Pushed pushed = push(MAIN);
        assertThat(((Refreshed.Refused) pushed.scripts().get(A)).why())
                .isEqualTo("commit " + head.substring(0, 7)
                        + " is refused as a whole: b.js line 2, column 1: unexpected !!!");
        assertThat(room.says(A) + room.says(B)).isEqualTo("a1b1");
        commit("b.js", "return b3");
        push(MAIN);
        assertThat(room.says(A) + room.says(B)).isEqualTo("a2b3");
    }

    @ParameterizedTest
    @EnumSource
    void aTagIsFollowedAndACommitStays(Way way) throws IOException {
        open(way);
        String old = commit("b.js", "return b2");
        ScriptId tagged = ScriptId.event("db.tagged.get");
        ScriptId pinned = ScriptId.event("db.pinned.get");
        server.tag("sales.git", "v1", old);
        link(tagged, "v1", "b.js");
        link(pinned, old, "b.js");
        assertThat(room.says(tagged) + room.says(pinned)).isEqualTo("b2b2");
        String next = commit("b.js", "return b3");
        server.tag("sales.git", "v1", next);
        assertThat(push("refs/tags/v1").scripts().keySet()).containsExactly(tagged);
        push(MAIN);
        assertThat(room.says(tagged) + room.says(pinned)).isEqualTo("b3b2");
    }
}
