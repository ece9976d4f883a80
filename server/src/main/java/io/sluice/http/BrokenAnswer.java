package io.sluice.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** Ends an answer that failed half way, so that nobody can take it for a whole one. */
final class BrokenAnswer {
    private BrokenAnswer() {}

    /**
     * The missing last chunk tells it to most; where the end of the connection is the end of the body (HTTP/1.0), only a reset does.
     *
     * @return the status for the log
     */
    static int breakOff(Request request, Callback callback) {
        if (request.getConnectionMetaData().getConnection().getEndPoint().getTransport()
                instanceof SocketChannel channel) {
            reset(channel);
        }
        callback.failed(new IOException("the answer failed half way"));
        return 500;
    }

    private static void reset(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (java.nio.channels.ClosedChannelException alreadyGone) {
            // Nothing left to reset.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
