package io.sluice.outbound;

import io.sluice.outbound.OutboundReply.None;
import io.sluice.outbound.OutboundReply.Why;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer: whole, or a {@link HostFailure}. When it is left before its end, the exchange is called off. */
final class WholeBody extends FilterInputStream {
    private final String host;
    private final Runnable callOff;
    private boolean ended;

    WholeBody(InputStream wire, String host, Runnable callOff) {
        super(wire);
        this.host = host;
        this.callOff = callOff;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        try {
            int count = in.read(into, from, most);
            ended |= count < 0;
            return count;
        } catch (IOException e) {
            throw HostFailure.of(Failures.explained(host, e), e);
        }
    }

    @Override
    public long skip(long bytes) throws IOException {
        long left = bytes;
        byte[] unread = new byte[(int) Math.min(8192, Math.max(bytes, 1))];
        while (left > 0) {
            int count = read(unread, 0, (int) Math.min(unread.length, left));
            if (count < 0) {
                break;
            }
            left -= count;
        }
        return bytes - left;
    }

    HostFailure tooLong(int most) {
        return HostFailure.of(
                new None(Why.FAILED, host + " sent more than the " + most + " bytes that are taken."), null);
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            callOff.run();
        }
    }
}
