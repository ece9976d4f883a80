package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.Verb;
import io.sluice.store.Tx;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a call on records asks for beside the records themselves. */
record RecordOptions(Parameters parameters, boolean reading) {
    private static final int MOST = 100_000;

    /** From the query, and from the body where it may stand there: under the query's values. */
    static RecordOptions of(ServiceRequest request) {
        boolean reading = request.verb() == Verb.GET;
        if (!(request.payload() instanceof Map<?, ?> body)
                || !(reading || request.verb() == Verb.DELETE || body.containsKey("resource"))) {
            return new RecordOptions(request.parameters(), reading);
        }
        Map<String, Object> inBody = new LinkedHashMap<>();
        body.forEach((name, value) -> {
            if (value != null && !"resource".equals(name)) {
                inBody.put(String.valueOf(name), value);
            }
        });
        return new RecordOptions(request.parameters().orElse(inBody), reading);
    }

    Optional<List<String>> ids() {
        return parameters.text("ids").map(RecordOptions::words);
    }

    Optional<RecordFilter> filter() {
        Map<String, Object> params = new LinkedHashMap<>();
        if (parameters.value("params").orElse(null) instanceof Map<?, ?> given) {
            given.forEach((name, value) -> params.put(String.valueOf(name), value));
        }
        return parameters.text("filter", "where").map(text -> RecordFilter.parse(text, params));
    }

    Optional<String> order() {
        return parameters.text("order", "sort", "order_by");
    }

    long offset() {
        return Math.max(0, parameters.number("offset", "skip").orElse(0));
    }

    /** None, 0 and too much mean the most. */
    long limit() {
        long limit = parameters.number("limit", "top").orElse(MOST);
        return limit < 1 || limit > MOST ? MOST : limit;
    }

    boolean is(String flag) {
        return parameters.flag(flag);
    }

    /** The fields and relations of a record that were asked for: everything when reading, the key when writing, unless said. */
    Map<String, @Nullable Object> shape(Tx tx, RecordFamily family, Map<String, @Nullable Object> record) {
        Map<String, @Nullable Object> shaped = new LinkedHashMap<>(record);
        Set<String> fields = fields(family);
        if (!fields.contains("*")) {
            shaped.keySet().retainAll(fields);
        }
        for (String relation : related(family)) {
            shaped.put(relation, family.related(tx, relation, record));
        }
        return shaped;
    }

    private Set<String> fields(RecordFamily family) {
        return new LinkedHashSet<>(parameters
                .text("fields", "select")
                .map(RecordOptions::words)
                .orElse(List.of(reading ? "*" : family.key())));
    }

    /** The relations asked for; 400 for one that is not there. */
    List<String> related(RecordFamily family) {
        List<String> names =
                parameters.text("related").map(RecordOptions::words).orElse(List.of());
        if (names.contains("*")) {
            return family.relations();
        }
        for (String name : names) {
            if (!family.relations().contains(name)) {
                throw ApiException.badRequest("Unknown relationship: " + name);
            }
        }
        return names;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
