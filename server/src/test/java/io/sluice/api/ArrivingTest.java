package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Bodies that are still on their way: looked at, taken in or streamed, and never two of these by mistake. */
class ArrivingTest {
    private static final byte[] TEXT = "{\"a\": 12345}".getBytes(StandardCharsets.UTF_8);

    private static Body body(OptionalLong length, int most) {
        return Body.arriving(new Arriving(new ByteArrayInputStream(TEXT), length, most), "application/json");
    }

    private static Body ofKnownLength(int most) {
        return body(OptionalLong.of(TEXT.length), most);
    }

    private static void fails(int status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        failure -> assertThat(failure.error().status()).isEqualTo(status));
    }

    @Test
    void itIsTakenInWhenSomebodyWantsToSeeItAndStaysThere() throws IOException {
        for (Body body : new Body[] {ofKnownLength(12), body(OptionalLong.empty(), 12)}) {
            assertThat(body.isEmpty()).isFalse();
            assertThat(body.payload()).isEqualTo(java.util.Map.of("a", 12345));
            assertThat(body.bytes()).isEqualTo(TEXT);
            assertThat(body.length()).hasValue(12);
            assertThat(body.stream().readAllBytes()).isEqualTo(TEXT);
            assertThat(body.stream().readAllBytes()).isEqualTo(TEXT);
            assertThat(body.text()).startsWith("{");
        }
    }

    @Test
    void whatIsLargerThanMayBeHeldIsRefusedHoweverOftenItIsAskedFor() throws IOException {
        for (Body body : new Body[] {ofKnownLength(11), body(OptionalLong.empty(), 11)}) {
            fails(413, body::bytes);
            fails(413, body::payload);
            fails(413, body::text);
            assertThat(body.stream().readAllBytes()).isEqualTo(TEXT);
        }
    }

    @Test
    void lookingAheadLosesNothing() throws IOException {
        for (OptionalLong length : new OptionalLong[] {OptionalLong.of(12), OptionalLong.empty()}) {
            Body body = body(length, 12);
            assertThat(body.isWithin(0)).isFalse();
            assertThat(body.isWithin(5)).isFalse();
            assertThat(body.isWithin(11)).isFalse();
            assertThat(body.stream().readAllBytes()).isEqualTo(TEXT);
            Body other = body(length, 12);
            assertThat(other.isWithin(3)).isFalse();
            assertThat(other.isWithin(12)).isTrue();
            assertThat(other.isWithin(4)).isFalse();
            assertThat(other.bytes()).isEqualTo(TEXT);
        }
    }

    @Test
    void whatWasStreamedIsNotThereASecondTime() throws IOException {
        Body body = ofKnownLength(100);
        assertThat(body.stream().read()).isEqualTo('{');
        for (ThrowingCallable again :
                new ThrowingCallable[] {body::stream, body::bytes, body::payload, body::text, () -> body.isWithin(5)}) {
            assertThatThrownBy(again).isInstanceOf(IllegalStateException.class).hasMessageContaining("streamed");
        }
    }

    @Test
    void whatBreaksOffIsSaidToWhoeverWantedToSeeIt() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new BrokenBody(new ApiException(ApiError.of(408, "too slow")));
            }
        };
        Body body = Body.arriving(new Arriving(broken, OptionalLong.of(5), 100), "");
        fails(408, body::bytes);
        fails(408, body::text);
        assertThatThrownBy(() -> body.stream().readAllBytes()).isInstanceOf(BrokenBody.class);
    }
}
