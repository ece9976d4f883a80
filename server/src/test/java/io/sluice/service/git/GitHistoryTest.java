package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.GitHost;
import io.sluice.service.GitHost.Ancestry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the {@code git} type tells of commits. */
class GitHistoryTest extends FreshRepository {
    private static final String NOWHERE = "1234567890123456789012345678901234567890";

    private static GitHost host(Calls git) {
        return (GitHost) git.service();
    }

    @ParameterizedTest
    @EnumSource
    void commitsStandBeforeAfterOrApart(Way way) throws IOException {
        String second = server.commit("sales.git", "main", "orders.js", "2", "Two");
        String third = server.commit("sales.git", "main", "orders.js", "3", "Three");
        server.reset("sales.git", "main", second);
        String other = server.commit("sales.git", "main", "orders.js", "4", "Four");
        server.reset("sales.git", "kept", third);
        try (Calls git = open(way)) {
            assertThat(host(git).ancestry("sales.git", first, first)).isEqualTo(Ancestry.SAME);
            assertThat(host(git).ancestry("sales.git", first, other)).isEqualTo(Ancestry.AFTER);
            assertThat(host(git).ancestry("sales.git", other, first)).isEqualTo(Ancestry.BEFORE);
            assertThat(host(git).ancestry("sales.git", third, other)).isEqualTo(Ancestry.APART);
            assertThat(host(git).ancestry("sales.git", NOWHERE, other)).isEqualTo(Ancestry.APART);
            assertThat(host(git).ancestry("sales.git", other, NOWHERE))
                    .isEqualTo(way == Way.HTTP ? Ancestry.UNANSWERED : Ancestry.UNKNOWN);
            assertThat(host(git).ancestry("nothing.git", first, other)).isEqualTo(Ancestry.UNKNOWN);
            assertThat(host(git).ancestry("sales.git", "main", other)).isEqualTo(Ancestry.UNKNOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gitItselfServesAHistoryAsDeepAsItTakes(boolean filters) throws Exception {
        server.configure("sales.git", "uploadpack", "allowFilter", Boolean.toString(filters));
        List<String> line = new ArrayList<>(List.of(first));
        for (int i = 0; i < 70; i++) { // more than are asked for at first
            line.add(server.commit("sales.git", "main", "orders.js", "return " + i, "Step " + i));
        }
        server.reset("sales.git", "main", line.get(69));
        String forced = server.commit("sales.git", "main", "orders.js", "forced", "Forced");
        server.reset("sales.git", "kept", line.get(70));
        try (GitHttpBackend backend = GitHttpBackend.start(root);
                Calls git = open(backend.uri().toString(), NetLimits.DEFAULT, Map.of())) {
            assertThat(host(git).ancestry("sales.git", line.get(69), forced)).isEqualTo(Ancestry.AFTER);
            assertThat(host(git).ancestry("sales.git", first, forced)).isEqualTo(Ancestry.AFTER);
            assertThat(host(git).ancestry("sales.git", forced, first)).isEqualTo(Ancestry.BEFORE);
            assertThat(host(git).ancestry("sales.git", line.get(70), forced)).isEqualTo(Ancestry.APART);
            assertThat(host(git).ancestry("sales.git", NOWHERE, forced)).isEqualTo(Ancestry.APART);
            assertThat(host(git).defaultBranch("sales.git")).contains("main");
            assertThat(host(git).blobs("sales.git", first).orElseThrow()).containsOnlyKeys("orders.js");
        }
    }

    @ParameterizedTest
    @EnumSource
    void blobsAreTheIdsOfPlainFiles(Way way) throws IOException {
        server.commit("sales.git", "main", "lib/money.js", "1", "Lib");
        server.commitEntry("sales.git", "main", "link.js", FileMode.SYMLINK, "/etc/passwd".getBytes());
        server.commitEntry("sales.git", "main", "sub", FileMode.GITLINK, new byte[0]);
        String last = server.commit("sales.git", "main", "copy.js", "return 1", "Copy");
        try (Calls git = open(way)) {
            Map<String, String> blobs = host(git).blobs("sales.git", last).orElseThrow();
            assertThat(blobs.keySet()).isEqualTo(Set.of("copy.js", "lib/money.js", "orders.js"));
            assertThat(blobs.get("copy.js"))
                    .isEqualTo(blobs.get("orders.js"))
                    .isEqualTo("5efef616fdb95f38965663da5d9017572eee950b");
            assertThat(host(git).blobs("sales.git", NOWHERE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDefaultBranchIsWhereHeadLeads(Way way) throws IOException {
        server.create("empty.git");
        try (Calls git = open(way)) {
            assertThat(host(git).defaultBranch("sales.git")).contains("main");
            assertThat(host(git).defaultBranch("nothing.git")).isEmpty();
        }
    }

    @Test
    void aRepositoryHasOneName() {
        try (Calls git = open(Way.HTTP)) {
            assertThat(host(git).fullName("/Team/Sales.git")).isEqualTo("team/sales");
            assertThat(host(git).fullName("team/sales")).isEqualTo("team/sales");
        }
    }
}
