package io.sluice.service.file.webdav;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code WWW-Authenticate} asks for (RFC 9110, 11.6.1): schemes with parameters, all in one line with commas between. */
record Challenges(List<Challenge> all) {
    /**
     * @param scheme in lower case
     * @param parameters names in lower case
     */
    record Challenge(String scheme, Map<String, String> parameters) {
        String text(String parameter) {
            return parameters.getOrDefault(parameter, "");
        }
    }

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern PARAMETER =
            Pattern.compile("\\G(" + TOKEN + ")\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(" + TOKEN + "))\\s*(?:,\\s*|$)");
    /** A scheme with nothing behind it, or with a token that is of no interest here. */
    private static final Pattern SCHEME = Pattern.compile("\\G(" + TOKEN + ")(?:\\s+(?=" + TOKEN
            + "\\s*=\\s*[^=,\\s])|\\s+[A-Za-z0-9._~+/-]+=*\\s*(?:,\\s*|$)|\\s*(?:,\\s*|$))");

    static Challenges parse(String header) {
        List<Challenge> found = new ArrayList<>();
        Matcher scheme = SCHEME.matcher(header);
        Matcher parameter = PARAMETER.matcher(header);
        int at = 0;
        while (at < header.length()) {
            if (!found.isEmpty() && parameter.find(at) && parameter.start() == at) {
                found.getLast().parameters().put(lower(parameter.group(1)), value(parameter));
                at = parameter.end();
            } else if (scheme.find(at) && scheme.start() == at) {
                found.add(new Challenge(lower(scheme.group(1)), new HashMap<>()));
                at = scheme.end();
            } else {
                at++; // what is no challenge is passed over
            }
        }
        return new Challenges(found);
    }

    private static String value(Matcher parameter) {
        return parameter.group(2) == null
                ? parameter.group(3)
                : parameter.group(2).replaceAll("\\\\(.)", "$1");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Of several of one scheme, the first that we can answer. */
    Optional<Challenge> first(String scheme, java.util.function.Predicate<Challenge> wanted) {
        return all.stream()
                .filter(each -> each.scheme().equals(scheme))
                .filter(wanted)
                .findFirst();
    }
}
