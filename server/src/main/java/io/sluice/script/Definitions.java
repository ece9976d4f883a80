package io.sluice.script;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The committed records of all scripts, in memory. Read without locks; each change is one swap. */
final class Definitions {
    private final AtomicReference<Book> book = new AtomicReference<>(Book.of(Map.of()));

    /**
     * One state of all records. What else is known of them is gathered when it is first asked for: a thousand saves in a row gather it
     * once.
     *
     * @param listened services, in lower case, after which an active event script is named
     * @param places linked scripts by service and repository
     */
    private record Book(
            Map<ScriptId, SavedScript> byId,
            AtomicReference<@Nullable Set<String>> listened,
            AtomicReference<@Nullable Map<Long, Map<String, List<ScriptDefinition>>>> places) {
        static Book of(Map<ScriptId, SavedScript> byId) {
            return new Book(byId, new AtomicReference<>(), new AtomicReference<>());
        }

        boolean listensTo(String service) {
            @Nullable Set<String> known = listened.get();
            if (known == null) {
                known = byId.values().stream()
                        .map(SavedScript::definition)
                        .filter(script -> script.active() && script.id().kind() == ScriptId.Kind.EVENT)
                        .map(script -> service(script.id().name()))
                        .collect(Collectors.toUnmodifiableSet());
                listened.set(known);
            }
            return known.contains(service);
        }

        Map<String, List<ScriptDefinition>> byRepository(long service) {
            @Nullable Map<Long, Map<String, List<ScriptDefinition>>> known = places.get();
            if (known == null) {
                known = gathered();
                places.set(known);
            }
            return known.getOrDefault(service, Map.of());
        }

        private Map<Long, Map<String, List<ScriptDefinition>>> gathered() {
            return byId.values().stream()
                    .map(SavedScript::definition)
                    .filter(ScriptDefinition::linked)
                    .collect(Collectors.groupingBy(
                            script -> script.link().orElseThrow().serviceId(),
                            Collectors.groupingBy(
                                    script -> script.link().orElseThrow().repository())));
        }

        private static String service(String event) {
            int dot = event.indexOf('.');
            return (dot < 0 ? event : event.substring(0, dot)).toLowerCase(Locale.ROOT);
        }
    }

    void put(Collection<SavedScript> scripts) {
        book.updateAndGet(old -> {
            Map<ScriptId, SavedScript> all = new HashMap<>(old.byId());
            scripts.forEach(script -> all.put(script.id(), script));
            return Book.of(all);
        });
    }

    void remove(ScriptId id) {
        book.updateAndGet(old -> {
            Map<ScriptId, SavedScript> all = new HashMap<>(old.byId());
            all.remove(id);
            return Book.of(all);
        });
    }

    boolean listensTo(String service) {
        return book.get().listensTo(service);
    }

    Optional<SavedScript> saved(ScriptId id) {
        return Optional.ofNullable(book.get().byId().get(id));
    }

    Optional<ScriptDefinition> find(ScriptId id) {
        return saved(id).map(SavedScript::definition);
    }

    /** By id. */
    List<SavedScript> all() {
        return List.copyOf(new TreeMap<>(book.get().byId()).values());
    }

    /** The scripts that are linked to that service, by the repository as their records spell it; empty for storage services. */
    Map<String, List<ScriptDefinition>> byRepository(long service) {
        return book.get().byRepository(service);
    }

    /** The linked ones, of one service or, when empty, of any. */
    List<ScriptDefinition> linked(Optional<Long> service) {
        return all().stream()
                .map(SavedScript::definition)
                .filter(ScriptDefinition::linked)
                .filter(script ->
                        service.isEmpty() || script.link().orElseThrow().serviceId() == service.get())
                .toList();
    }
}
