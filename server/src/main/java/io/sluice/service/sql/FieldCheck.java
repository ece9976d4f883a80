package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds a value against the checks of its field. Pure. */
final class FieldCheck {
    private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "n", "f", "");

    /** How far an expression may look around in a value before the value counts as wrong. */
    private static final int MOST_STEPS = 1_000_000;

    private final Column column;
    private final Extra extra;
    private final boolean creating;

    FieldCheck(Column column, Extra extra, boolean creating) {
        this.column = column;
        this.extra = extra;
        this.creating = creating;
    }

    /** Whether the value is to be written; false when it is to be dropped silently. What is wrong is a 400. */
    boolean holds(@Nullable Object value) {
        for (Map.Entry<String, Map<?, ?>> rule :
                FieldRules.of(extra.value("validation")).entrySet()) {
            if (rule.getKey().equals("api_read_only")) {
                return false;
            }
            Optional<String> fault = fault(rule.getKey(), rule.getValue(), value);
            if (fault.isPresent()) {
                return failed(rule.getValue(), fault.get());
            }
        }
        return true;
    }

    private boolean failed(Map<?, ?> options, String message) {
        String instead = options.get("on_fail") instanceof String text && !text.isBlank() ? text : "";
        if (instead.equals("ignore_field")) {
            return false;
        }
        throw ApiException.badRequest(instead.isEmpty() ? "Field '" + column.name() + "' " + message : instead);
    }

    /** What is wrong, empty when the rule holds. Of all rules only {@code not_null} has something against null. */
    private Optional<String> fault(String rule, Map<?, ?> options, @Nullable Object value) {
        if (rule.equals("create_only")) {
            return unless(creating, "can only be set during record creation.");
        }
        if (rule.equals("not_null")) {
            return unless(value != null, "value can not be null.");
        }
        return value == null
                ? Optional.empty()
                : fault(rule, options, value, String.valueOf(value).strip());
    }

    private Optional<String> fault(String rule, Map<?, ?> options, Object value, String text) {
        return switch (rule) {
            case "not_empty" -> unless(!text.isEmpty(), "value can not be empty.");
            case "not_zero" -> unless(!text.isEmpty() && !zero(text), "value can not be empty.");
            case "email" -> unless(text.isEmpty() || email(text), "value must be a valid email address.");
            case "url" -> unless(text.isEmpty() || url(text, options), "value must be a valid URL.");
            case "int" -> unless(integer(text, options), "value is not in the valid range.");
            case "float" -> unless(number(text, options), "value is not an acceptable float value.");
            case "boolean" ->
                unless(value instanceof Boolean || bool(text), "value is not an acceptable boolean value.");
            case "match" -> unless(matches(text, options), "value is invalid.");
            case "picklist" -> unless(FieldRules.picklist(extra).contains(text), "value is invalid.");
            case "multi_picklist" -> selections(text, options);
            default -> Optional.empty();
        };
    }

    private static Optional<String> unless(boolean holds, String message) {
        return holds ? Optional.empty() : Optional.of(message);
    }

    private static boolean zero(String text) {
        return decimal(text).filter(number -> number.signum() == 0).isPresent();
    }

    private static Optional<BigDecimal> decimal(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean email(String text) {
        int at = text.lastIndexOf('@');
        String host = text.substring(at + 1);
        boolean shape = at > 0 && at == text.indexOf('@') && host.indexOf('.') > 0 && !host.endsWith(".");
        return shape
                && text.length() <= 254
                && text.chars().noneMatch(c -> c <= ' ' || c == ',' || c == '<' || c == '>');
    }

    private static boolean url(String text, Map<?, ?> options) {
        try {
            URI uri = new URI(text);
            String sections = String.valueOf(options.get("sections")).toLowerCase(Locale.ROOT);
            boolean path = !sections.contains("path")
                    || uri.getPath() != null && !uri.getPath().isEmpty();
            boolean query = !sections.contains("query") || uri.getQuery() != null;
            return uri.getScheme() != null && uri.getHost() != null && path && query;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean integer(String text, Map<?, ?> options) {
        String formats = String.valueOf(options.get("formats")).toLowerCase(Locale.ROOT);
        String lower = text.toLowerCase(Locale.ROOT);
        boolean hex = formats.contains("hex") && lower.startsWith("0x");
        boolean octal = formats.contains("octal") && lower.startsWith("0") && lower.length() > 1 && !hex;
        try {
            BigInteger number = new BigInteger(hex ? text.substring(2) : text, hex ? 16 : octal ? 8 : 10);
            return options.get("range") instanceof Map<?, ?> range ? within(new BigDecimal(number), range) : true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean within(BigDecimal number, Map<?, ?> range) {
        Optional<BigDecimal> least = decimal(String.valueOf(range.get("min")));
        Optional<BigDecimal> most = decimal(String.valueOf(range.get("max")));
        return least.filter(min -> number.compareTo(min) < 0).isEmpty()
                && most.filter(max -> number.compareTo(max) > 0).isEmpty();
    }

    private static boolean number(String text, Map<?, ?> options) {
        boolean comma = ",".equals(options.get("decimal"));
        return decimal(comma ? text.replace(',', '.') : text).isPresent();
    }

    private static boolean bool(String text) {
        return Parameters.isTrue(text) || FALSE.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Expressions come from whoever may change the schema, values from anyone: one that takes forever is refused. */
    private static boolean matches(String text, Map<?, ?> options) {
        Optional<Pattern> pattern = FieldRules.pattern(options);
        try {
            return pattern.isPresent()
                    && pattern.get().matcher(new Limited(text)).find();
        } catch (TooLong e) {
            return false;
        }
    }

    private Optional<String> selections(String text, Map<?, ?> options) {
        String delimiter = options.get("delimiter") instanceof String given && !given.isEmpty() ? given : ",";
        List<String> chosen = Arrays.stream(text.split(Pattern.quote(delimiter), -1))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
        int least = decimal(String.valueOf(options.get("min")))
                .map(BigDecimal::intValue)
                .orElse(1);
        int most = decimal(String.valueOf(options.get("max")))
                .map(BigDecimal::intValue)
                .orElse(Integer.MAX_VALUE);
        if (chosen.size() < least) {
            return Optional.of("value does not contain enough selections.");
        }
        if (chosen.size() > most) {
            return Optional.of("value contains too many selections.");
        }
        return unless(FieldRules.picklist(extra).containsAll(chosen), "value is invalid.");
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("an expression looked around for too long", null, false, false);
        }
    }

    /** Text that may be looked at only so often. */
    private static final class Limited implements CharSequence {
        private final String text;
        private int steps;

        Limited(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps > MOST_STEPS) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
