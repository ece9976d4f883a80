package io.sluice;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of docs/architecture.md and the arrows between them. A room that is not in the table cannot exist. */
class ArchitectureTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.sluice");

    /** Which room may call which: the table of the architecture page, row by row. */
    private static final Map<String, Set<String>> MAY_CALL = Map.ofEntries(
            Map.entry("config", Set.of()),
            Map.entry("http", Set.of("call", "webhook", "api", "encode", "observe")),
            // engine: only its PlatformCalls, which call implements (held below)
            // store: the record of calls that carried an Idempotency-Key (decision 006)
            Map.entry("call", Set.of("api", "access", "event", "service", "store", "observe", "engine")),
            Map.entry("api", Set.of()),
            Map.entry("access", Set.of("api", "store")),
            Map.entry("event", Set.of("api", "service", "script", "engine", "job", "observe")),
            // api: ApiError and Caller, the vocabulary that every room shares
            // outbound: what a script calls beyond this server (decision 011)
            Map.entry("script", Set.of("service", "engine", "store", "observe", "api", "outbound")),
            Map.entry("outbound", Set.of("service")),
            Map.entry("engine", Set.of("api", "observe")),
            Map.entry("webhook", Set.of("service", "script", "job", "store", "observe", "api")),
            Map.entry("service", Set.of("api")),
            Map.entry("service.sql", Set.of("service", "api")),
            // outbound: hosts that keep files or repositories are called by the one client that judges addresses
            // (decision 020)
            Map.entry("service.file", Set.of("service", "api", "outbound")),
            Map.entry("service.git", Set.of("service", "api", "outbound")),
            Map.entry("service.script", Set.of("service", "api", "script", "engine")),
            Map.entry("service.remote", Set.of("service", "api")),
            Map.entry(
                    "service.system",
                    // engine: the languages that system/script_type lists; observe: a service that cannot start is
                    // said, not thrown
                    Set.of(
                            "service", "api", "access", "event", "script", "webhook", "job", "openapi", "store",
                            "engine", "observe")),
            Map.entry("encode", Set.of("api")),
            Map.entry("openapi", Set.of("service", "api")),
            Map.entry("job", Set.of("store", "observe")),
            Map.entry("store", Set.of()),
            Map.entry("observe", Set.of()));

    /** Empty for {@code app}, which may call everything, and for what is not ours. */
    private static Optional<String> roomOf(JavaClass type) {
        if (!type.getPackageName().startsWith("io.sluice.")) {
            return Optional.empty();
        }
        String[] parts = type.getPackageName().substring("io.sluice.".length()).split("\\.");
        boolean kindOfService = parts[0].equals("service") && parts.length > 1;
        return Optional.of(kindOfService ? "service." + parts[1] : parts[0]);
    }

    private static Stream<Arrow> arrows() {
        return CODE.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(Arrow::of)
                .flatMap(Optional::stream);
    }

    private record Arrow(String from, String to, Dependency why) {
        static Optional<Arrow> of(Dependency why) {
            Optional<String> from = roomOf(why.getOriginClass());
            Optional<String> to = roomOf(why.getTargetClass().getBaseComponentType());
            return from.isPresent() && to.isPresent() && !from.equals(to)
                    ? Optional.of(new Arrow(from.get(), to.get(), why))
                    : Optional.empty();
        }
    }

    @Test
    void everyRoomIsInTheTable() {
        Set<String> rooms = new TreeSet<>();
        CODE.forEach(type -> roomOf(type).ifPresent(rooms::add));
        rooms.remove("app");
        assertThat(MAY_CALL.keySet()).containsAll(rooms);
    }

    @Test
    void arrowsGoOnlyWhereTheTableSays() {
        Map<String, String> wrong = new TreeMap<>();
        arrows().filter(arrow -> !arrow.from().equals("app"))
                .filter(arrow -> !MAY_CALL.getOrDefault(arrow.from(), Set.of()).contains(arrow.to()))
                .forEach(arrow -> wrong.putIfAbsent(
                        arrow.from() + " → " + arrow.to(), arrow.why().getDescription()));
        assertThat(wrong).isEmpty();
    }

    @Test
    void nobodyCallsApp() {
        assertThat(arrows().filter(arrow -> arrow.to().equals("app"))).isEmpty();
    }

    @Test
    void callKnowsNothingOfTheEngineButPlatformCalls() {
        assertThat(arrows().filter(arrow ->
                                arrow.from().equals("call") && arrow.to().equals("engine"))
                        .map(arrow -> arrow.why().getTargetClass().getName())
                        .filter(name -> !name.startsWith("io.sluice.engine.PlatformCalls")))
                .isEmpty();
    }

    @Test
    void scriptAndServicesKnowNoImplementationOfAService() {
        assertThat(arrows().filter(arrow -> Set.of("script", "event", "webhook").contains(arrow.from())
                        && arrow.to().startsWith("service.")))
                .isEmpty();
    }

    /** The server's side is known to http alone, the client's to outbound alone (decision 011). */
    @Test
    void onlyHttpAndOutboundKnowJetty() {
        assertThat(jettySeenFrom(room -> !Set.of("http", "outbound").contains(room)))
                .isEmpty();
        assertThat(jettySeenFrom("http"::equals).filter(name -> name.startsWith("org.eclipse.jetty.client")))
                .isEmpty();
        assertThat(jettySeenFrom("outbound"::equals).filter(name -> name.startsWith("org.eclipse.jetty.server")))
                .isEmpty();
    }

    private static Stream<String> jettySeenFrom(Predicate<String> room) {
        return CODE.stream()
                .filter(type -> room.test(roomOf(type).orElse("")))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(why -> why.getTargetClass().getName())
                .filter(name -> name.startsWith("org.eclipse.jetty"));
    }

    @Test
    void roomsAreFreeOfCycles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return roomOf(type).map(SliceIdentifier::of).orElseGet(SliceIdentifier::ignore);
                    }

                    @Override
                    public String getDescription() {
                        return "rooms";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CODE);
    }
}
