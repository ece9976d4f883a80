package io.sluice.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * F2: proofs are compared in constant time. Secrets of webhooks live in one class, which gives nothing out and compares with
 * {@code MessageDigest.isEqual} alone.
 */
class F02_ConstantTimeTest {
    private static final JavaClasses ROOM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.sluice.webhook");
    private static final Set<String> COMPARISONS = Set.of(
            "equals",
            "equalsIgnoreCase",
            "contentEquals",
            "compareTo",
            "compare",
            "mismatch",
            "startsWith",
            "endsWith",
            "contains",
            "indexOf",
            "regionMatches",
            "matches",
            "hashCode",
            "deepEquals");

    @Test
    void a_secret_is_compared_by_message_digest_alone() {
        JavaClass secret = ROOM.get(Secret.class);
        Set<String> called = secret.getAccessesFromSelf().stream()
                .map(JavaAccess::getName)
                .filter(COMPARISONS::contains)
                .collect(Collectors.toSet());
        assertThat(called).isEmpty();
        assertThat(secret.getMethodCallsFromSelf())
                .extracting(call -> call.getTarget().getOwner().getSimpleName() + "." + call.getName())
                .contains("MessageDigest.isEqual");
    }

    @Test
    void a_secret_gives_nothing_out() {
        JavaClass secret = ROOM.get(Secret.class);
        assertThat(secret.getMethods())
                .filteredOn(method ->
                        !method.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PRIVATE))
                .extracting(method ->
                        method.getName() + ":" + method.getRawReturnType().getSimpleName())
                .containsExactlyInAnyOrder("signed:boolean", "is:boolean", "toString:String");
        assertThat(new Secret("hush-hush-hush-hush")).hasToString("a secret");
    }

    /** Senders see headers, bodies and secrets: none of them takes a proof apart but by a secret's own judgement. */
    @Test
    void senders_hold_no_secrets() {
        assertThat(ROOM.stream()
                        .filter(type -> type.getSimpleName().endsWith("Sender"))
                        .toList())
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(type -> assertThat(type.getFields())
                        .allSatisfy(field ->
                                assertThat(field.getRawType().isPrimitive()).isTrue()));
    }

    /** The examples of RFC 4231 (case 2) and of GitHub's documentation. */
    @Test
    void known_signatures() {
        assertThat(new Secret("Jefe")
                        .signed(
                                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                                "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(new Secret("It's a Secret to Everybody")
                        .signed(
                                "757107EA0EB2509FC211221CCE984B8A37570B6D7586C22C46F4379C8B043E17",
                                "Hello, World!".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5b",
                "zz",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3842",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384300"
            })
    void other_texts_sign_nothing(String digits) {
        assertThat(new Secret("Jefe").signed(digits, "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void a_token_is_the_secret_or_it_is_not() {
        Secret secret = new Secret("hush-hush-hush-hush");
        assertThat(secret.is("hush-hush-hush-hush")).isTrue();
        assertThat(secret.is("hush-hush-hush-hus")).isFalse();
        assertThat(secret.is("")).isFalse();
    }
}
