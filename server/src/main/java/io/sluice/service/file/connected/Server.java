package io.sluice.service.file.connected;

import io.sluice.api.ApiException;
import io.sluice.service.ConfigField;
import io.sluice.service.Outbound;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Where a server is, by the config of a service, and how long it may take to answer. */
public record Server(String host, int port, Duration timeout) {
    private static final int DEFAULT_SECONDS = 90;
    private static final int MAX_SECONDS = 3600;

    /** What can never be reached is a 400. */
    public static Server of(ServiceDefinition definition, int port) {
        String host = definition
                .text("host")
                .map(String::trim)
                .orElseThrow(() -> ApiException.badRequest("The config needs 'host', the name of the server."));
        if (!host.matches("[\\p{L}\\p{N}._:%\\[\\]-]+")) {
            throw ApiException.badRequest(
                    "The config's 'host' is not the name of a host: leave out scheme, port and path.");
        }
        return new Server(
                host,
                number(definition, "port", port, 65_535),
                Duration.ofSeconds(number(definition, "timeout", DEFAULT_SECONDS, MAX_SECONDS)));
    }

    private static int number(ServiceDefinition definition, String field, int otherwise, int most) {
        try {
            int number = definition.number(field, otherwise);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw ApiException.badRequest("The config's '" + field + "' must be a whole number from 1 to " + most + ".");
    }

    /** The fields that {@link #of} reads. */
    public static List<ConfigField> fields(int port) {
        return List.of(
                ConfigField.of("host", "Host", "string").asRequired().describedAs("The name or address of the server."),
                ConfigField.of("port", "Port", "integer").or(port),
                ConfigField.of("timeout", "Timeout", "integer")
                        .or(DEFAULT_SECONDS)
                        .describedAs("How many seconds the server may take to answer."));
    }

    /** Logs in at the first of its addresses that can be reached. Each is judged, and the judged one is connected to. */
    Connection connect(Connector connector) throws StoreFailure {
        IOException last = new IOException("no address");
        for (InetAddress address : addresses()) {
            try {
                return connector.connect(address);
            } catch (StoreFailure said) {
                throw said;
            } catch (IOException e) {
                last = e;
            }
        }
        throw unreachable(last);
    }

    private List<InetAddress> addresses() throws StoreFailure {
        try {
            return Outbound.check(host);
        } catch (Outbound.Refused e) {
            throw StoreFailure.denied(String.valueOf(e.getMessage()), e);
        } catch (UnknownHostException e) {
            throw StoreFailure.unreachable("the name of its server is not known", e);
        }
    }

    private static StoreFailure unreachable(IOException cause) {
        return StoreFailure.unreachable(
                cause instanceof SocketTimeoutException
                        ? "its server did not answer in time"
                        : "its server cannot be reached",
                cause);
    }
}
