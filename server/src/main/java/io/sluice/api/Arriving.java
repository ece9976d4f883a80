package io.sluice.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The bytes of a request that are still on their way. They are read ahead as far as somebody wants to see them, and streamed at most
 * once. Confined to the thread of its call.
 */
public final class Arriving {
    private static final byte[] NOTHING = {};

    private final InputStream rest;
    private final OptionalLong length;
    private final int most;
    private byte[] ahead = NOTHING;
    private boolean ended;
    private boolean streamed;

    /**
     * @param bytes break off with a {@link BrokenBody}, and never just end before their length
     * @param length in bytes, when it is known
     * @param most how many bytes may be held in memory
     */
    public Arriving(InputStream bytes, OptionalLong length, int most) {
        this.rest = bytes;
        this.length = length;
        this.most = most;
    }

    /** All of the bytes, when there are no more of them than that, and than may be held. */
    public Optional<byte[]> within(int limit) {
        refuseTheSecondTime();
        int wanted = Math.min(limit, most);
        if (!ended && length.orElse(0) <= wanted) {
            readAhead(wanted);
        }
        return ended && ahead.length <= wanted ? Optional.of(ahead) : Optional.empty();
    }

    private void readAhead(int wanted) {
        int missing = wanted + 1 - ahead.length;
        if (missing <= 0) {
            return;
        }
        try {
            byte[] more = rest.readNBytes(missing);
            ended = more.length < missing;
            int had = ahead.length;
            if (had == 0) {
                ahead = more;
            } else {
                ahead = Arrays.copyOf(ahead, had + more.length);
                System.arraycopy(more, 0, ahead, had, more.length);
            }
        } catch (IOException e) {
            throw BrokenBody.explained(e);
        }
    }

    /** All of the bytes. More than may be held are a 413. */
    public byte[] all() {
        return within(most)
                .orElseThrow(() -> new ApiException(ApiError.of(
                        413,
                        "The request body is larger than the " + most
                                + " bytes that this server takes; only uploads of files may be larger, as long as no script listens"
                                + " to them.")));
    }

    /** The bytes as they come; unless all of them are held, asked for once. Their failures are {@link BrokenBody}s. */
    public InputStream stream() {
        refuseTheSecondTime();
        InputStream held = new ByteArrayInputStream(ahead);
        if (ended) {
            return held;
        }
        streamed = true;
        ahead = NOTHING;
        return new SequenceInputStream(held, rest);
    }

    private void refuseTheSecondTime() {
        if (streamed) {
            throw new IllegalStateException("the body was streamed; it cannot be read a second time");
        }
    }

    /** In bytes, when it is known. */
    public OptionalLong length() {
        return ended ? OptionalLong.of(ahead.length) : length;
    }
}
