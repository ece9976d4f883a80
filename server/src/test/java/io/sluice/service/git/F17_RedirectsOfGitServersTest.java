package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.StubHost;
import io.sluice.testing.StubHost.Said;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Git server that leads elsewhere; hosts with an API are in {@code ProviderContract}. */
class F17_RedirectsOfGitServersTest extends FreshRepository {
    @Test
    void credentialsStayWithTheirHost() throws IOException {
        server.requiring("git", CANARY);
        List<String> elsewhere = List.of(
                "http://localhost:" + server.uri().getPort() + "/git",
                "http://169.254.169.254/latest",
                "http://[::1]:" + server.uri().getPort() + "/git",
                "http://2130706433:" + server.uri().getPort() + "/git");
        try (StubHost host = StubHost.start();
                Calls git = open(host.uri().toString(), NetLimits.DEFAULT, Map.of("token", CANARY))) {
            for (String to : elsewhere) {
                host.always(new Said(302, "Location: " + to + "/sales.git/info/refs?service=git-upload-pack\r\n", ""));
                git.unreachable("redirects to another", "sales.git", "", "orders.js");
            }
        }
        assertThat(server.requests()).isZero();
    }
}
