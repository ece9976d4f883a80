package io.sluice.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pushes pass a webhook's filter. */
class FilterTest {
    @ParameterizedTest
    @CsvSource({
        "main, main, true",
        "main, Main, false",
        "main, mainline, false",
        "release/*, release/1.2, true",
        "release/*, release/1/2, false",
        "release/**, release/1/2, true",
        "v?.*, v1.0, true",
        "v?.*, v10, false",
        "**/*.js, orders.js, true",
        "**/*.js, a/b/orders.js, true",
        "*.js, a/orders.js, false",
        "scripts/**, scripts/a/b.js, true",
        "scripts/**, scriptsx/b.js, false",
        "a.c, abc, false",
        "'[a-z]+', b, false",
        "'[a-z]+', '[a-z]+', true",
        "'\\E.*\\Q', x, false"
    })
    void patterns(String pattern, String name, boolean fits) {
        assertThat(Glob.of(pattern).matches(name)).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "*a*a*a*a*a*a*a*a*a"})
    void patterns_that_are_not_taken(String pattern) {
        assertThat(Glob.isUsable(pattern)).isFalse();
    }

    @Test
    void branches_choose_among_the_moves_of_a_delivery() {
        Filter filter = Filter.of(List.of("main", "v*"), List.of());
        assertThat(filter.of(claim(Optional.empty(), "refs/heads/main", "refs/heads/dev", "refs/tags/v1")))
                .extracting(Claim.Move::name)
                .containsExactly("main", "v1");
        assertThat(filter.of(claim(Optional.empty(), "refs/heads/dev"))).isEmpty();
    }

    @Test
    void paths_leave_out_only_what_tells_all_its_paths() {
        Filter filter = Filter.of(List.of(), List.of("scripts/**"));
        assertThat(filter.of(claim(Optional.of(List.of("README.md")), "refs/heads/main")))
                .isEmpty();
        assertThat(filter.of(claim(Optional.of(List.of("README.md", "scripts/a.js")), "refs/heads/main")))
                .hasSize(1);
        assertThat(filter.of(claim(Optional.empty(), "refs/heads/main"))).hasSize(1);
    }

    private static Claim claim(Optional<List<String>> paths, String... references) {
        return new Claim(
                "acme/sales",
                java.util.Arrays.stream(references)
                        .map(reference -> new Claim.Move(reference, "", "", false, false, false))
                        .toList(),
                paths);
    }
}
