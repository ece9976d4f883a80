package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords();

    @Test
    void aHashFitsItsPasswordOnly() {
        String hash = passwords.hash("Correct.Horse.16x");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.hash("Correct.Horse.16x")).isNotEqualTo(hash);
        assertThat(passwords.fits("Correct.Horse.16x", Optional.of(hash))).isTrue();
        assertThat(passwords.fits("correct.Horse.16x", Optional.of(hash))).isFalse();
        assertThat(passwords.fits("", Optional.of(hash))).isFalse();
    }

    @Test
    void nothingFitsWhereThereIsNoHash() {
        assertThat(passwords.fits("nobody has this password", Optional.empty())).isFalse();
        assertThat(passwords.fits("nobody has this password", Optional.of("plain text")))
                .isFalse();
    }
}
