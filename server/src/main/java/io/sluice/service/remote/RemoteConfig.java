package io.sluice.service.remote;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.Verb;
import io.sluice.service.BaseUrl;
import io.sluice.service.ServiceDefinition;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The config of a service, read and judged. Nothing is resolved or called for it. */
record RemoteConfig(
        URI base,
        Duration timeout,
        Duration connectTimeout,
        boolean replaceLink,
        boolean implementsAccessList,
        boolean keepSlash,
        List<Parameter> parameters,
        List<Header> headers) {
    private static final int TIMEOUT = 30;
    private static final int CONNECT = 5;
    private static final int LONGEST = 3_600;
    /** Connections are our own business. */
    private static final Set<String> OURS =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding", "te", "trailer");

    /** What a caller shows to us is nobody else's. */
    private static final Set<String> CREDENTIALS = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "x-api-key",
            "x-dreamfactory-api-key",
            "x-dreamfactory-session-token",
            "x-dreamfactory-script-token");

    /**
     * @param verbs mask of the verbs for which it holds
     */
    record Parameter(String name, String value, boolean exclude, boolean outbound, int verbs) {
        boolean holds(Verb verb) {
            return (verbs & verb.mask()) != 0;
        }
    }

    /**
     * @param verbs mask of the verbs for which it holds
     */
    record Header(String name, String value, boolean fromCaller, int verbs) {
        boolean holds(Verb verb) {
            return (verbs & verb.mask()) != 0;
        }
    }

    static RemoteConfig of(ServiceDefinition definition) {
        Map<?, ?> options = definition.config().get("options") instanceof Map<?, ?> map ? map : Map.of();
        return new RemoteConfig(
                BaseUrl.web(definition
                        .text("base_url")
                        .orElseThrow(() -> ApiException.badRequest("The config needs a base_url."))),
                seconds(options, "timeout", TIMEOUT),
                seconds(options, "connect_timeout", CONNECT),
                definition.flag("replace_link"),
                definition.flag("implements_access_list"),
                definition.flag("preserve_forward_trailing_slash"),
                rows(definition, "parameters").stream()
                        .map(RemoteConfig::parameter)
                        .toList(),
                rows(definition, "headers").stream().map(RemoteConfig::header).toList());
    }

    private static Duration seconds(Map<?, ?> options, String name, int otherwise) {
        Object value = options.get(name);
        if (value == null || value.toString().isBlank()) {
            return Duration.ofSeconds(otherwise);
        }
        try {
            BigDecimal seconds = new BigDecimal(value.toString().strip());
            if (seconds.signum() > 0 && seconds.compareTo(BigDecimal.valueOf(LONGEST)) <= 0) {
                return Duration.ofMillis(Math.max(1, seconds.movePointRight(3).longValue()));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw ApiException.badRequest(
                "The option " + name + " must be a number of seconds, above 0 and at most " + LONGEST + ".");
    }

    private static List<Map<?, ?>> rows(ServiceDefinition definition, String field) {
        List<Map<?, ?>> rows = new ArrayList<>();
        if (definition.config().get(field) instanceof List<?> list) {
            for (Object each : list) {
                if (!(each instanceof Map<?, ?> row) || text(row, "name").isBlank()) {
                    throw ApiException.badRequest("Each of the " + field + " must be an object with a name.");
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static Parameter parameter(Map<?, ?> row) {
        return new Parameter(
                text(row, "name"), text(row, "value"), flag(row, "exclude"), flag(row, "outbound"), verbs(row));
    }

    private static Header header(Map<?, ?> row) {
        String name = text(row, "name");
        String value = text(row, "value");
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            throw ApiException.badRequest("The name of a header may hold letters, digits and dashes only.");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw ApiException.badRequest("The header " + name + " cannot be set: Sluice sends it itself.");
        }
        if (flag(row, "pass_from_client") && CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
            throw ApiException.badRequest("The header " + name + " cannot be passed from the client: it holds the"
                    + " caller's login. Give it a value of its own, or let callers use a header of another name.");
        }
        if (!value.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 127)) {
            throw ApiException.badRequest("The value of the header " + name + " must be one line of text.");
        }
        return new Header(name, value, flag(row, "pass_from_client"), verbs(row));
    }

    private static String text(Map<?, ?> row, String field) {
        @Nullable Object value = row.get(field);
        return value == null ? "" : value.toString();
    }

    private static boolean flag(Map<?, ?> row, String field) {
        return Parameters.isTrue(text(row, field));
    }

    /** A mask, or the names of verbs; all when nothing is said. */
    private static int verbs(Map<?, ?> row) {
        Object action = row.get("action");
        if (action instanceof List<?> names) {
            return names.stream()
                    .flatMap(name -> Verb.parse(String.valueOf(name)).stream())
                    .mapToInt(Verb::mask)
                    .sum();
        }
        int mask = action instanceof Number number ? number.intValue() : 0;
        return mask == 0 ? 31 : mask;
    }
}
