package io.sluice.openapi;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of operations, each used once in a document: {@code getDbOrdersById}. */
final class OperationIds {
    private final Set<String> used = new HashSet<>();

    String of(String verb, String service, String name) {
        String wanted = verb + camel(service) + camel(name);
        String id = wanted;
        for (int i = 2; !used.add(id); i++) {
            id = wanted + i;
        }
        return id;
    }

    static String camel(String text) {
        return Arrays.stream(text.split("[^A-Za-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
