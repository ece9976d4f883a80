package io.sluice.service.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.access.Problems;
import io.sluice.service.ConfigField;
import io.sluice.store.Secrets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretRowsTest {
    private final SecretRows rows = new SecretRows(new Secrets("a secret of this test"));
    private final ConfigField headers =
            ConfigField.of("headers", "Headers", "array").withSecretsInRows();
    private final Problems problems = new Problems();

    private static List<Object> one(String name, Object value) {
        return List.of(Map.of("name", name, "value", value));
    }

    @Test
    void aMaskKeepsWhatTheRowOfThatNameHad() {
        Object before = rows.stored(headers, one("X-Api-Key", "secret"), null, problems);
        assertThat(before.toString()).doesNotContain("secret");
        Object shown = SecretRows.shown(headers, before);
        Object after = rows.stored(headers, shown, before, problems);
        assertThat(rows.used(headers, after)).isEqualTo(one("X-Api-Key", "secret"));
        assertThat(problems.isEmpty()).isTrue();
    }

    /** The mask itself would be sent to the host, and nobody would know why it refuses it. */
    @Test
    void aMaskUnderANewNameIsNoValue() {
        Object before = rows.stored(headers, one("X-Api-Key", "secret"), null, problems);
        for (String name : List.of("X-Other-Key", "Plain")) {
            Problems found = new Problems();
            rows.stored(headers, one(name, ServiceConfig.MASK), before, found);
            assertThatThrownBy(found::throwIfAny)
                    .hasMessageContaining("The value of " + name + " in config.headers is masked");
        }
    }
}
