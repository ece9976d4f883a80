package io.sluice.service.sql;

import io.sluice.api.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The checks of a field, {@code validation} in the API, as they are kept: rule names with their options. Pure. */
final class FieldRules {
    private static final Set<String> KNOWN = Set.of(
            "api_read_only",
            "create_only",
            "not_null",
            "not_empty",
            "not_zero",
            "email",
            "url",
            "int",
            "float",
            "boolean",
            "match",
            "picklist",
            "multi_picklist");

    private FieldRules() {}

    /** Refuses what could never be checked. */
    static void check(String field, @Nullable Object validation) {
        if (validation == null) {
            return;
        }
        if (!(validation instanceof Map<?, ?>)) {
            throw ApiException.badRequest("The validation of field '" + field
                    + "' must be an object of rules, such as {\"not_empty\": {\"on_fail\": \"…\"}}.");
        }
        of(validation).forEach((rule, options) -> {
            if (!KNOWN.contains(rule)) {
                throw ApiException.badRequest(
                        "Field '" + field + "' has an unknown validation rule '" + rule + "'. Known are "
                                + String.join(", ", KNOWN.stream().sorted().toList()) + ".");
            }
            if (rule.equals("match") && pattern(options).isEmpty()) {
                throw ApiException.badRequest("The 'regexp' of field '" + field
                        + "' must be a regular expression between delimiters, such as /^[a-z]+$/, in base64.");
            }
        });
    }

    /** Each rule with its options, in the order in which they were given. */
    static Map<String, Map<?, ?>> of(@Nullable Object validation) {
        Map<String, Map<?, ?>> rules = new LinkedHashMap<>();
        if (validation instanceof Map<?, ?> given) {
            given.forEach((rule, options) ->
                    rules.put(String.valueOf(rule), options instanceof Map<?, ?> map ? map : Map.of()));
        }
        return rules;
    }

    /** The expression of {@code match}: base64 of {@code /…/flags}. */
    static Optional<Pattern> pattern(Map<?, ?> options) {
        try {
            String text = new String(
                    Base64.getDecoder().decode(String.valueOf(options.get("regexp"))), StandardCharsets.UTF_8);
            int end = text.isEmpty() ? 0 : text.lastIndexOf(text.charAt(0));
            if (end < 1) {
                return Optional.empty();
            }
            String flags = text.substring(end + 1);
            int mode = (flags.contains("i") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0)
                    | (flags.contains("m") ? Pattern.MULTILINE : 0)
                    | (flags.contains("s") ? Pattern.DOTALL : 0);
            return Optional.of(Pattern.compile(text.substring(1, end), mode));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The values that the field may have, empty when there is no list. */
    static List<String> picklist(Extra extra) {
        return extra.value("picklist") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
