package io.sluice.outbound;

import io.sluice.outbound.OutboundReply.None;
import io.sluice.outbound.OutboundReply.Why;
import io.sluice.service.Outbound;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong on the way, in words for a script's author that show no address. */
final class Failures {
    private Failures() {}

    static None explained(String host, Throwable failure) {
        Throwable cause = known(failure);
        return switch (cause) {
            case Outbound.Refused refused -> none(Why.REFUSED, host, "is not called: " + refused.getMessage());
            case UnknownHostException unknown -> none(Why.FAILED, host, "is a host that is not known");
            case SocketTimeoutException late -> none(Why.TIMEOUT, host, "did not take a connection in time");
            case NoneFree busy -> none(Why.TIMEOUT, host, "has no connection free: other calls use all of them");
            case TimeoutException late -> none(Why.TIMEOUT, host, "did not answer in the time that was left");
            case ConnectException refused -> none(Why.FAILED, host, "takes no connections");
            case NoRouteToHostException lost -> none(Why.FAILED, host, "cannot be reached");
            case SSLException insecure -> none(Why.FAILED, host, "cannot be reached over trusted TLS");
            case BodyReader.TooLarge large -> none(Why.FAILED, host, "was cut off: " + large.getMessage());
            default -> none(Why.FAILED, host, "broke off its answer, or sent what is no HTTP");
        };
    }

    private static None none(Why why, String host, String what) {
        return new None(why, host + " " + what + ".");
    }

    /** The client wraps what happened, and so do streams. */
    private static Throwable known(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 8; depth++) {
            if (cause instanceof Outbound.Refused
                    || cause instanceof TimeoutException
                    || cause instanceof UnknownHostException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof ConnectException
                    || cause instanceof SSLException
                    || cause instanceof BodyReader.TooLarge) {
                return cause;
            }
            cause = cause.getCause();
        }
        return failure;
    }
}
