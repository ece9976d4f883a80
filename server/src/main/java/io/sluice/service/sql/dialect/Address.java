package io.sluice.service.sql.dialect;

import io.sluice.api.ApiException;
import io.sluice.service.ServiceDefinition;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and how to log in. Never to be logged.
 *
 * @param url JDBC address, without credentials
 * @param statements what the dialect itself wants on each new connection
 */
public record Address(String url, Properties properties, List<String> statements) {
    private static final String ENDS_A_PART = "/?&#;,\\@%()=";

    Address(String url, Properties properties) {
        this(url, properties, List.of());
    }

    @Override
    public String toString() {
        return "address of a database";
    }

    /** Host or database name: characters that would end this part of a JDBC address are refused. */
    static String plain(ServiceDefinition service, String field, String value) {
        if (value.chars().anyMatch(c -> c <= ' ' || ENDS_A_PART.indexOf(c) >= 0)) {
            throw refuse(service, field, "holds a character that is not allowed there");
        }
        return value;
    }

    static String hostAndPort(ServiceDefinition service, int usualPort) {
        String host = plain(service, "host", service.text("host").orElse("127.0.0.1"));
        int port = wholeNumber(service, "port", usualPort, 1, 65535);
        boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        return (bareIpv6 ? "[" + host + "]" : host) + ":" + port;
    }

    static String database(ServiceDefinition service) {
        return plain(
                service,
                "database",
                service.text("database").orElseThrow(() -> refuse(service, "database", "is required")));
    }

    /** A name such as a time zone or collation, safe inside a session setting. */
    static String word(ServiceDefinition service, String field, String value) {
        if (!value.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "/_+-:.".indexOf(c) >= 0))) {
            throw refuse(service, field, "holds a character that is not allowed there");
        }
        return value;
    }

    static ApiException refuse(ServiceDefinition service, String field, String why) {
        return ApiException.badRequest("Config field '" + field + "' of service '" + service.name() + "' " + why + ".");
    }

    /** A whole number within bounds; anything else is a 400 that names the field. */
    public static int wholeNumber(ServiceDefinition service, String field, int otherwise, int least, int most) {
        String why = "must be a whole number from " + least + " to " + most;
        try {
            int value = service.number(field, otherwise);
            if (value < least || value > most) {
                throw refuse(service, field, why);
            }
            return value;
        } catch (NumberFormatException e) {
            throw refuse(service, field, why);
        }
    }

    /** How long a new connection may take, and how long a call waits for one. */
    public static int connectSeconds(ServiceDefinition service) {
        return wholeNumber(service, "connect_timeout", 5, 1, 60);
    }

    /** How long a database may be silent: a little longer than it has for a statement, so that as a rule it says itself that time is up. */
    static int silentSeconds(int timeout) {
        return timeout + Math.min(timeout, 10);
    }

    /** A list of texts, or one text with the separator between them. */
    static List<String> texts(ServiceDefinition service, String field) {
        @Nullable Object given = service.config().get(field);
        if (given instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return service.text(field).map(text -> List.of(text.split(",", -1))).orElse(List.of());
    }

    /** The SQL that an administrator wants on each new connection: a list, or one statement. */
    public static List<String> statements(ServiceDefinition service, Dialect dialect) {
        @Nullable Object given = service.config().get("statements");
        List<String> statements = given instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : service.text("statements").map(List::of).orElse(List.of());
        List<String> some = statements.stream().filter(sql -> !sql.isBlank()).toList();
        if (dialect.embedded() && !some.isEmpty()) {
            // SQL in this process could reach files and classes of this machine.
            throw refuse(service, "statements", "cannot be used with a database that runs inside the server");
        }
        return some;
    }

    static Properties credentials(ServiceDefinition service) {
        Properties properties = new Properties();
        service.text("username").ifPresent(user -> properties.setProperty("user", user));
        service.text("password").ifPresent(secret -> properties.setProperty("password", secret));
        return properties;
    }

    /** Adds the driver options of the config; one that is not on the list is a 400. */
    static void addOptions(ServiceDefinition service, Set<String> allowed, Properties properties) {
        if (!(service.config().get("options") instanceof Map<?, ?> given)) {
            return;
        }
        given.forEach((key, value) -> {
            String option = String.valueOf(key);
            if (!allowed.contains(option)) {
                throw ApiException.badRequest("Option '" + option + "' of service '" + service.name()
                        + "' is not allowed. Allowed are: " + String.join(", ", new TreeSet<>(allowed)) + ".");
            }
            if (value != null) {
                properties.setProperty(option, String.valueOf(value));
            }
        });
    }
}
