package io.sluice.service.system;

import io.sluice.access.Access;
import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.Rights;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.event.EventName;
import io.sluice.openapi.ScriptTypes;
import io.sluice.openapi.ScriptTypes.Moment;
import io.sluice.openapi.ScriptTypes.Subject;
import io.sluice.script.ScriptId;
import io.sluice.service.Described;
import io.sluice.service.Described.Description;
import io.sluice.service.Operation;
import io.sluice.service.Services;
import io.sluice.service.Shape;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code GET system/script/{id}/types}: TypeScript declarations, cut to what the reader may know. There need be no such script. */
record ScriptTypesOf(Services services, Access access) {
    private static final Description NOTHING = new Description(List.of(), Map.of());

    ServiceResult handle(ScriptId id, Caller caller) {
        byte[] text = ScriptTypes.of(subject(id, caller)).getBytes(StandardCharsets.UTF_8);
        return ServiceResult.of(
                200,
                new Content.Bytes(() -> new ByteArrayInputStream(text), text.length, "text/plain; charset=utf-8"));
    }

    private Subject subject(ScriptId id, Caller caller) {
        List<String> paths = paths(caller);
        if (id.kind() == ScriptId.Kind.SERVICE) {
            return new Subject(id.toString(), Moment.INSTEAD, "", id.name(), NOTHING, Optional.empty(), paths);
        }
        EventName name = EventName.read(id.name());
        Services.Running running = services.find(name.service())
                .orElseThrow(() -> ApiException.notFound("There is no service '" + name.service()
                        + "', so nothing is known of the event '" + id.name() + "'."));
        Description description = description(running, name, caller);
        return new Subject(
                id.toString(),
                name.before() ? Moment.BEFORE : Moment.AFTER,
                name.stage(),
                running.definition().name(),
                description,
                name.verb().flatMap(verb -> operation(description, verb, name.below())),
                paths.stream().filter(path -> !path.equals(running.definition().name() + "/")).toList());
    }

    /** The services that the reader reaches, by name. */
    private List<String> paths(Caller caller) {
        return services.all().stream()
                .filter(one -> one.definition().active())
                .filter(one -> access.reaches(caller, one.definition().id()))
                .map(one -> one.definition().name() + "/")
                .sorted()
                .toList();
    }

    private Description description(Services.Running running, EventName name, Caller caller) {
        long service = running.definition().id();
        if (!access.reaches(caller, service)) {
            return NOTHING;
        }
        if (!(running.service() instanceof Described described)) {
            return new Description(
                    running.service().catalogue().endpoints().stream()
                            .flatMap(Operation::of)
                            .toList(),
                    Map.of());
        }
        Rights rights = access.rights(caller, OptionalLong.of(service));
        String itsName = running.definition().name();
        boolean generic = name.path().contains("{table_name}");
        try {
            return described.describe(new Described.Scope(itsName, rights, !generic));
        } catch (ApiException away) {
            if (away.error().status() < 500) {
                throw away;
            }
            // The backend is away: what is known without it is better than nothing.
            return described.describe(new Described.Scope(itsName, rights, false));
        }
    }

    /** The operation at that path; one with placeholders stands for what has none of its own. */
    private static Optional<Operation> operation(Description description, Verb verb, String below) {
        return description.operations().stream()
                .filter(operation -> operation.verb() == verb)
                .filter(operation -> fits(segments(operation.path()), segments(below)))
                .min(Comparator.comparingLong(operation -> placeholders(operation.path())));
    }

    private static boolean fits(List<String> pattern, List<String> path) {
        if (pattern.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            if (!pattern.get(i).startsWith("{") && !pattern.get(i).equalsIgnoreCase(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> segments(String path) {
        return Stream.of(path.split("[/.]"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> segment.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static long placeholders(String path) {
        return path.chars().filter(character -> character == '{').count();
    }

    static Operation operation(String path) {
        return Operation.of(Verb.GET, path, "ScriptTypes", "TypeScript declarations for a script")
                .saying("Of its event with the real columns of the table, of platform and of the globals. There need be no such"
                        + " script: its name says what it will find.")
                .giving(200, new Operation.Data("The declarations.", List.of("text/plain"), Shape.TEXT, null));
    }
}
