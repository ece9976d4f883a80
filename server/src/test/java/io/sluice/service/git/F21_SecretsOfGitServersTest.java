package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Credentials of the {@code git} type; those of hosts with an API are in {@code ProviderContract}. */
class F21_SecretsOfGitServersTest extends FreshRepository {
    @Test
    void credentialsAreSentAndNeverShown() throws IOException {
        server.requiring("ann", CANARY);
        try (Calls git =
                open(server.uri().toString(), NetLimits.DEFAULT, Map.of("username", "ann", "password", CANARY))) {
            assertThat(git.found("sales.git", "", "orders.js").text()).isEqualTo("return 1");
        }
        try (Calls git = open(server.uri().toString(), NetLimits.DEFAULT, Map.of())) {
            git.unreachable("asks for credentials", "sales.git", "", "orders.js");
        }
        try (Calls git = open(server.uri().toString(), NetLimits.DEFAULT, Map.of("token", CANARY))) {
            git.unreachable("refuses the credentials", "sales.git", "", "orders.js");
            assertThat(git.read("sales.git", "", "orders.js").toString()).doesNotContain(CANARY);
            Calls.fails(502, "refuses the credentials", () -> git.get("", "_repo", "sales.git"));
            try {
                git.get("", "_repo", "sales.git");
            } catch (io.sluice.api.ApiException e) {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain(CANARY);
            }
        }
    }
}
