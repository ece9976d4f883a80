package io.sluice.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The webhook is made at its host, with the address of this server and the secret. */
class InstallingTest extends FreshHookRoom {
    private static final Optional<String> HERE = Optional.of("https://sluice.example.com/");

    @Test
    void it_is_made_at_the_repository_and_brought_up_to_date_the_next_time() {
        long own = room.hook("repository", "acme/sales");
        Map<String, Object> made = room.webhooks.records().install(own, HERE, Optional.empty());
        assertThat(made)
                .containsEntry("is_new", true)
                .containsEntry("host_id", "h1")
                .containsEntry("url", "https://sluice.example.com/hooks/" + own);
        assertThat(room.host.hooks)
                .containsExactly(new StubHost.MadeHook(
                        "acme/sales", URI.create("https://sluice.example.com/hooks/" + own), HookRoom.SECRET));
        assertThat(room.webhooks.records().install(own, HERE, Optional.empty())).containsEntry("is_new", false);
    }

    @Test
    void a_webhook_for_any_repository_needs_to_be_told_at_which() {
        assertThatThrownBy(() -> room.webhooks.records().install(hook, HERE, Optional.empty()))
                .hasMessageContaining("any repository");
        assertThat(room.webhooks.records().install(hook, HERE, Optional.of("acme/stock")))
                .containsEntry("repository", "acme/stock");
    }

    @Test
    void a_host_that_refuses_says_why() {
        room.host.refusesHooks = Optional.of("the token needs the right admin:repo_hook");
        assertThatThrownBy(() -> room.webhooks.records().install(hook, HERE, Optional.of("acme/sales")))
                .hasMessageContaining("admin:repo_hook");
    }

    @Test
    void the_provider_must_be_the_kind_of_the_service() {
        long other = room.hook("provider", "gitlab", "repository", "acme/sales");
        assertThatThrownBy(() -> room.webhooks.records().install(other, HERE, Optional.empty()))
                .hasMessageContaining("by hand");
        assertThat(room.host.hooks).isEmpty();
    }

    @Test
    void without_an_address_nothing_is_made() {
        assertThatThrownBy(() -> room.webhooks.records().install(hook, Optional.empty(), Optional.of("acme/sales")))
                .hasMessageContaining("http.public_url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sluice.example.com",
                "ftp://x.example.com",
                "https://me:secret@x.example.com",
                "https:///x",
                "https://x/?a=b",
                "http://a b"
            })
    void addresses_that_are_none(String address) {
        assertThatThrownBy(() -> room.webhooks.records().install(hook, Optional.of(address), Optional.of("acme/sales")))
                .hasMessageContaining("https://sluice.example.com");
    }
}
