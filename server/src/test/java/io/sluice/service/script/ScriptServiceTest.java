package io.sluice.service.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.Rights;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.engine.Invocation;
import io.sluice.script.Room;
import io.sluice.script.RunQueue;
import io.sluice.script.RunScope;
import io.sluice.script.ScriptAnswer;
import io.sluice.script.ScriptDefinition;
import io.sluice.script.ScriptDefinition.OnFetchError;
import io.sluice.script.ScriptId;
import io.sluice.script.Scripts;
import io.sluice.service.EventPath;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Script services as their callers and their administrators see them. */
class ScriptServiceTest {
    @TempDir
    Path folder;

    Room room;
    final List<RunQueue.Order> queued = new ArrayList<>();
    private final AtomicLong changes = new AtomicLong();

    @BeforeEach
    void open() {
        room = new Room(folder);
        ScriptServiceType.all(room.scripts, queued::add, changes::get).forEach(room.services::register);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Service service(String type, Map<String, Object> config) {
        ServiceDefinition definition = new ServiceDefinition(20, "php-test", "", "", type, true, config);
        room.store.write(tx -> room.scripts.create(tx, ScriptServiceConfig.script(definition), OptionalLong.empty()));
        room.services.start(definition);
        return room.services.find("php-test").orElseThrow().service();
    }

    private ServiceResult call(Service service, Verb verb, String path, Map<String, ?> parameters) {
        ServiceRequest request = new ServiceRequest(
                verb,
                "2",
                "php-test",
                ResourcePath.of(path),
                Parameters.of(parameters),
                Headers.NONE,
                Body.NONE,
                "/api/v2/php-test/" + path,
                Caller.ANONYMOUS,
                Rights.ALL);
        RunScope scope = room.open();
        return ScopedValue.where(RunScope.CURRENT, scope).call(() -> service.handle(request));
    }

    private static Object content(ServiceResult result) {
        return ((Content.Tree) result.content()).value();
    }

    @Test
    void every_language_is_a_type_also_those_without_an_engine() {
        assertThat(room.services.types())
                .filteredOn(type -> type.group().equals("Script"))
                .extracting(ServiceType::name, ServiceType::label)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("nodejs", "Node.js"),
                        org.assertj.core.groups.Tuple.tuple("php", "PHP"),
                        org.assertj.core.groups.Tuple.tuple("python3", "Python3"));
        assertThat(room.services.type("php").orElseThrow().description()).contains("501");
    }

    @Test
    void a_call_runs_the_script_with_request_response_and_resource() {
        Service service = service("nodejs", Map.of("content", "return hello"));
        ServiceResult result = call(service, Verb.POST, "some/path", Map.of("a", "1"));
        assertThat(result.status()).isEqualTo(200);
        assertThat(content(result)).isEqualTo("hello");
        Invocation run = room.engine.invocations().getLast();
        assertThat(run.event()).containsEntry("resource", "some/path");
        assertThat(((Map<?, ?>) run.event().get("request")).get("method")).isEqualTo("POST");
        assertThat((Map<?, ?>) run.event().get("response")).isEqualTo(EMPTY);
    }

    private static final Map<String, Object> EMPTY = new LinkedHashMap<>();

    static {
        EMPTY.put("content", null);
        EMPTY.put("content_type", null);
        EMPTY.put("status_code", 200);
    }

    @Test
    void a_script_that_does_nothing_answers_200_with_null() {
        ServiceResult result = call(service("nodejs", Map.of("content", "")), Verb.GET, "", Map.of());
        assertThat(result.status()).isEqualTo(200);
        assertThat(content(result)).isNull();
    }

    @Test
    void a_failed_run_is_an_exception_with_its_status() {
        Service service = service("nodejs", Map.of("content", "throw 418 teapot"));
        ApiException failed = catchThrowableOfType(ApiException.class, () -> call(service, Verb.GET, "", Map.of()));
        assertThat(failed.error().status()).isEqualTo(418);
    }

    @Test
    void the_access_list_is_the_services_own_unless_the_script_makes_it() {
        Service service = service("nodejs", Map.of("content", "return mine"));
        assertThat(content(call(service, Verb.GET, "", Map.of("as_access_list", "true"))))
                .isEqualTo(Map.of("resource", List.of("", "*")));
        Service own = ScriptServiceType.all(room.scripts, queued::add, changes::get)
                .getFirst()
                .open(new ServiceDefinition(
                        20, "php-test", "", "", "nodejs", true, Map.of("implements_access_list", true)));
        assertThat(content(call(own, Verb.GET, "", Map.of("as_access_list", "true"))))
                .isEqualTo("mine");
    }

    @Test
    void a_language_without_an_engine_answers_501_in_plain_words() {
        Service service = service("php", Map.of("content", "return 1;"));
        ApiException failed = catchThrowableOfType(ApiException.class, () -> call(service, Verb.GET, "", Map.of()));
        assertThat(failed.error().status()).isEqualTo(501);
        assertThat(failed.error().message()).contains("PHP");
    }

    @Test
    void a_queued_one_answers_202_and_leaves_the_run_to_the_queue() {
        Service service = service("nodejs", Map.of("queued", true, "content", "throw 500 now"));
        ServiceResult result = call(service, Verb.GET, "a/b", Map.of("log_output", "false"));
        assertThat(result.status()).isEqualTo(202);
        assertThat(content(result)).isEqualTo(Map.of("success", true));
        assertThat(queued).singleElement().satisfies(order -> {
            assertThat(order.script()).isEqualTo(ScriptId.service("php-test"));
            assertThat(order.print()).isFalse();
            assertThat(order.event()).containsEntry("resource", "a/b").doesNotContainKey("response");
        });
        assertThat(content(call(service, Verb.GET, "", Map.of("as_access_list", "true"))))
                .isEqualTo(Map.of("resource", List.of("", "*")));
        assertThat(queued).hasSize(1);
    }

    @Test
    void its_events_are_the_services_name_with_the_raw_path() {
        Service service = service("nodejs", Map.of("content", ""));
        ServiceRequest request = new ServiceRequest(
                Verb.GET,
                "2",
                "php-test",
                ResourcePath.of("a/b"),
                Parameters.NONE,
                Headers.NONE,
                Body.NONE,
                "",
                Caller.ANONYMOUS,
                Rights.ALL);
        assertThat(service.events(request)).containsExactly(new EventPath("php-test", "a/b"));
        assertThat(service.catalogue().endpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.path()).isEmpty();
            assertThat(endpoint.verbs()).containsExactly(Verb.values());
        });
    }

    @Test
    void the_record_of_its_script_is_made_from_its_config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("content", null);
        config.put("config", List.of());
        config.put("storage_service_id", 7);
        config.put("storage_path", "scripts/test.js");
        config.put("scm_repository", "df-scripts");
        config.put("scm_reference", null);
        config.put("on_fetch_error", "fail");
        config.put("timeout_ms", 100);
        config.put("outbound", List.of("example.com"));
        ScriptDefinition script =
                ScriptServiceConfig.script(new ServiceDefinition(20, "x", "", "", "nodejs", true, config));
        assertThat(script.id()).isEqualTo(ScriptId.service("x"));
        assertThat(script.linked()).isTrue();
        assertThat(script.link()).contains(new ScriptDefinition.Link(7, "df-scripts", "", "scripts/test.js"));
        assertThat(script.onFetchError()).isEqualTo(OnFetchError.FAIL);
        assertThat(script.timeoutMillis()).isEqualTo(100);
        assertThat(script.memoryMegabytes()).isEqualTo(128);
        assertThat(script.outbound()).containsExactly("example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "timeout_ms, soon",
        "storage_service_id, files",
        "on_fetch_error, perhaps",
        "config, text",
        "outbound, text"
    })
    void a_value_that_cannot_be_right_is_a_400_that_names_the_field(String field, String value) {
        ApiException refused = catchThrowableOfType(
                ApiException.class,
                () -> ScriptServiceConfig.script(
                        new ServiceDefinition(20, "x", "", "", "nodejs", true, Map.of(field, value))));
        assertThat(refused.error().status()).isEqualTo(400);
        assertThat(refused.error().message()).contains(field);
    }

    @Test
    void falsy_return_values_are_contents() {
        for (Object value : Arrays.asList(0, false, "", List.of(), Map.of(), null)) {
            ServiceResult result = ScriptAnswer.read(value, true);
            assertThat(result.status()).isEqualTo(200);
            assertThat(content(result)).isEqualTo(value);
        }
    }

    @Test
    void a_map_with_content_is_an_answer_any_other_map_is_content() {
        ServiceResult whole = ScriptAnswer.read(
                Map.of(
                        "content",
                        "as text",
                        "status_code",
                        201,
                        "content_type",
                        "text/plain",
                        "headers",
                        Map.of("X-A", 1)),
                true);
        assertThat(whole)
                .isEqualTo(new ServiceResult(201, new Content.Tree("as text"), "text/plain", Map.of("X-A", "1")));
        assertThat(content(ScriptAnswer.read(Map.of("a", 1), true))).isEqualTo(Map.of("a", 1));
        assertThat(ScriptAnswer.read(Map.of("response", Map.of("content", 1, "status_code", 202)), true)
                        .status())
                .isEqualTo(202);
        assertThat(ScriptAnswer.read(Map.of("status_code", 404), false).status())
                .isEqualTo(404);
        assertThat(ScriptAnswer.read(Map.of("status_code", 404, "name", "x"), true)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void F40_answers_that_cannot_be_sent_are_a_500() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("content", 1, "status_code", 999),
                Map.of("content", 1, "status_code", "abc"),
                Map.of("content", 1, "status_code", 200.5),
                Map.of("content", 1, "headers", Map.of("X-A", "a\r\nX-B: c")),
                Map.of("content", 1, "headers", Map.of("X A", "a")),
                Map.of("content", 1, "content_type", "text/plain\r\nX: y"))) {
            ApiException failed = catchThrowableOfType(ApiException.class, () -> ScriptAnswer.read(wrong, true));
            assertThat(failed.error().status()).isEqualTo(500);
            assertThat(failed.error().context()).isEqualTo(Map.of("reason", "script_answer"));
        }
    }

    @Test
    void a_service_without_its_record_is_a_404() {
        Service service = service("nodejs", Map.of("content", "return 1"));
        Scripts scripts = room.scripts;
        room.store.write(tx -> {
            scripts.delete(tx, ScriptId.service("php-test"));
            return null;
        });
        ApiException failed = catchThrowableOfType(ApiException.class, () -> call(service, Verb.GET, "", Map.of()));
        assertThat(failed.error().status()).isEqualTo(404);
    }
}
