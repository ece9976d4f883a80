package io.sluice.event;

import io.sluice.api.Verb;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of an event script, taken apart. Pure.
 *
 * @param path with dots, the service in front: {@code db._table.orders}
 * @param verb empty for events that belong to no verb
 * @param stage {@code pre_process}, {@code post_process}, {@code queued}; {@code api} for the final event
 */
public record EventName(String path, Optional<Verb> verb, String stage) {
    private static final List<String> STAGES = List.of("pre_process", "post_process", "queued");
    private static final String FINAL = "api";

    /** Reads {@code db._table.orders.get.post_process}; every text is some name. */
    public static EventName read(String name) {
        String stage = STAGES.stream()
                .filter(each -> name.endsWith("." + each))
                .findFirst()
                .orElse(FINAL);
        String event = stage.equals(FINAL) ? name : name.substring(0, name.length() - stage.length() - 1);
        int dot = event.lastIndexOf('.');
        Optional<Verb> verb = Optional.of(event.substring(dot + 1))
                .filter(word -> word.equals(word.toLowerCase(Locale.ROOT)))
                .flatMap(Verb::parse);
        return new EventName(verb.isPresent() && dot >= 0 ? event.substring(0, dot) : event, verb, stage);
    }

    public boolean before() {
        return stage.equals("pre_process");
    }

    public boolean after() {
        return stage.equals("post_process");
    }

    /** The first part of the path. */
    public String service() {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    /** What stands below the service, with slashes: {@code _table/orders}; empty for the service itself. */
    public String below() {
        int dot = path.indexOf('.');
        return dot < 0 ? "" : path.substring(dot + 1).replace('.', '/');
    }
}
