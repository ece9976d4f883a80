package io.sluice.service;

import io.sluice.api.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One verb on one address of a service, as its documentation tells it. Immutable.
 *
 * @param path below the service with a slash in front, placeholders in braces: {@code /_table/orders/{id}}
 * @param name what it works on, for its identifier: {@code OrdersById}
 * @param takes the body, if it has one
 * @param gives the answers of success by status
 * @param batch failures may come as a batch error
 */
public record Operation(
        Verb verb,
        String path,
        String name,
        String summary,
        String text,
        List<Parameter> parameters,
        Optional<Data> takes,
        SortedMap<Integer, Data> gives,
        boolean batch) {

    public Operation {
        parameters = List.copyOf(parameters);
    }

    public static Operation of(Verb verb, String path, String name, String summary) {
        return new Operation(verb, path, name, summary, "", List.of(), Optional.empty(), new TreeMap<>(), false);
    }

    /** What can be told of an endpoint that has no more than an address and verbs. */
    public static Stream<Operation> of(Catalogue.Endpoint endpoint) {
        return endpoint.verbs().stream().map(verb -> plain(verb, endpoint.path()));
    }

    private static Operation plain(Verb verb, String path) {
        Operation operation = of(
                        verb,
                        "/" + path,
                        path.isEmpty() ? "Root" : path,
                        verb + " on " + (path.isEmpty() ? "the service itself" : path))
                .with(placeholders(path))
                .giving(200, Data.json("What the service answers.", Shape.ANY));
        return verb == Verb.GET || verb == Verb.DELETE
                ? operation
                : operation.taking(Data.json("What the service is given.", Shape.ANY));
    }

    private static List<Parameter> placeholders(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> segment.startsWith("{") && segment.endsWith("}"))
                .map(segment -> segment.substring(1, segment.length() - 1))
                .map(name -> Parameter.path(name, Shape.TEXT, "The " + name.replace('_', ' ') + "."))
                .toList();
    }

    /**
     * A parameter.
     *
     * @param place {@code path}, {@code query} or {@code header}
     */
    public record Parameter(
            String place,
            String name,
            Map<String, ?> schema,
            String text,
            @Nullable Object example) {
        public static Parameter path(String name, Map<String, ?> schema, String text) {
            return new Parameter("path", name, schema, text, null);
        }

        public static Parameter query(String name, Map<String, ?> schema, String text) {
            return new Parameter("query", name, schema, text, null);
        }

        public static Parameter header(String name, String text) {
            return new Parameter("header", name, Shape.TEXT, text, null);
        }

        public Parameter such(Object as) {
            return new Parameter(place, name, schema, text, as);
        }
    }

    /**
     * A body.
     *
     * @param mediaTypes the first is the usual one; the schema holds for JSON, others carry the same as text or bytes
     * @param example of the first
     */
    public record Data(
            String text,
            List<String> mediaTypes,
            Map<String, ?> schema,
            @Nullable Object example) {
        public Data {
            mediaTypes = List.copyOf(mediaTypes);
        }

        public static Data json(String text, Map<String, ?> schema) {
            return new Data(text, List.of("application/json"), schema, null);
        }

        public Data such(Object as) {
            return new Data(text, mediaTypes, schema, as);
        }

        public Data also(String... types) {
            List<String> all = new ArrayList<>(mediaTypes);
            all.addAll(Arrays.asList(types));
            return new Data(text, all, schema, example);
        }
    }

    public Operation saying(String words) {
        return new Operation(verb, path, name, summary, words, parameters, takes, gives, batch);
    }

    public Operation with(Parameter... more) {
        return with(Arrays.asList(more));
    }

    public Operation with(List<Parameter> more) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.addAll(more);
        return new Operation(verb, path, name, summary, text, all, takes, gives, batch);
    }

    public Operation taking(Data body) {
        return new Operation(verb, path, name, summary, text, parameters, Optional.of(body), gives, batch);
    }

    public Operation giving(int status, Data body) {
        SortedMap<Integer, Data> all = new TreeMap<>(gives);
        all.put(status, body);
        return new Operation(verb, path, name, summary, text, parameters, takes, all, batch);
    }

    public Operation asBatch() {
        return new Operation(verb, path, name, summary, text, parameters, takes, gives, true);
    }
}
