package io.sluice.service.git;

import io.sluice.api.ApiException;
import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Credentials of services at hosts with an API. */
final class Logins {
    private Logins() {}

    static final ConfigField COMMIT_STATUS = ConfigField.of("commit_status", "Commit Status", "boolean")
            .or(false)
            .describedAs(
                    "Show at each commit what became of its scripts. The token needs the right to write statuses.");

    /** The token of the config, without the spaces that copying leaves around it. */
    static Optional<String> token(ServiceDefinition definition) {
        return definition.text("token").map(String::trim).map(Logins::visible);
    }

    private static String visible(String token) {
        if (!token.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw ApiException.badRequest("The token holds characters that no token has.");
        }
        return token;
    }

    static String basic(String username, String password) {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** The name of an account or a group, as addresses have it. */
    static String owner(String field, String text) {
        String name = text.trim();
        if (!name.matches("~?[A-Za-z0-9_.-]+") || name.matches("\\.+")) {
            throw ApiException.badRequest("The " + field + " must be the name of an account, as in its address.");
        }
        return name;
    }
}
