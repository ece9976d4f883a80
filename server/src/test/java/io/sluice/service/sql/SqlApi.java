package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.Drained;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.Rights;
import io.sluice.api.RowRule;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import io.sluice.service.sql.dialect.Dialect;
import io.sluice.testing.DatabaseServer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A service over a real database, called as the server would call it; answers as maps and lists. */
final class SqlApi implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final SqlService service;
    private final Rights rights;
    private final Caller caller;

    private SqlApi(SqlService service, Rights rights) {
        this(service, rights, Caller.PLATFORM);
    }

    private SqlApi(SqlService service, Rights rights, Caller caller) {
        this.service = service;
        this.rights = rights;
        this.caller = caller;
    }

    static SqlApi over(DatabaseServer server, Map<String, Object> config, Path root) {
        ServiceType type = SqlServiceTypes.all(List.of(root)).stream()
                .filter(each -> each.name().equals(server.type()))
                .findFirst()
                .orElseThrow();
        return new SqlApi(
                (SqlService) type.open(new ServiceDefinition(7, "sample", "Sample", "", server.type(), true, config)),
                Rights.ALL);
    }

    /** Over a dialect of the test's own. */
    static SqlApi over(Dialect dialect, Map<String, Object> config) {
        return new SqlApi(
                (SqlService) new SqlServiceType(dialect)
                        .open(new ServiceDefinition(7, "sample", "Sample", "", dialect.name(), true, config)),
                Rights.ALL);
    }

    /** The same service as a caller sees it whose role has that rule for every verb and table. */
    SqlApi ruled(RowRule rule) {
        return new SqlApi(service, new Rights() {
            @Override
            public int mask(String component) {
                return 31;
            }

            @Override
            public Optional<RowRule> rows(Verb verb, String component) {
                return Optional.of(rule);
            }
        });
    }

    SqlApi with(Rights other) {
        return new SqlApi(service, other);
    }

    /** As that person. */
    SqlApi as(long person) {
        return new SqlApi(
                service,
                rights,
                new Caller(
                        Caller.Requestor.API,
                        Optional.of(new Caller.Person(person, "Eve", "eve", "Eve", "", "eve@example.com", false, "")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true));
    }

    SqlService service() {
        return service;
    }

    ServiceRequest request(Verb verb, String address, Object body) {
        int query = address.indexOf('?');
        String path = query < 0 ? address : address.substring(0, query);
        return new ServiceRequest(
                verb,
                "2",
                "sample",
                ResourcePath.of(path),
                Parameters.parse(
                        query < 0
                                ? ""
                                : address.substring(query + 1)
                                        .replace(" ", "%20")
                                        .replace("'", "%27")),
                Headers.NONE,
                body == null ? Body.NONE : Body.of(body),
                "/api/v2/sample/" + address,
                caller,
                rights);
    }

    Object get(String address) {
        return call(Verb.GET, address, null);
    }

    Object post(String address, String json) {
        return call(Verb.POST, address, json(json));
    }

    Object patch(String address, String json) {
        return call(Verb.PATCH, address, json(json));
    }

    Object put(String address, String json) {
        return call(Verb.PUT, address, json(json));
    }

    Object delete(String address) {
        return call(Verb.DELETE, address, null);
    }

    Object call(Verb verb, String address, Object body) {
        ServiceResult result = service.handle(request(verb, address, body));
        assertThat(result.status()).isEqualTo(200);
        Object value = switch (result.content()) {
            case Content.Tree(Object tree) -> tree;
            case Content.Rows rows -> Drained.of(rows).value();
            case Content.Bytes bytes -> throw new AssertionError("bytes from a database");
        };
        assertThat(service.database().pool().active()).as("connections in use").isZero();
        return plain(value);
    }

    /** As one of many callers at once: others may have connections. */
    Object load(Verb verb, String address, String json) {
        ServiceResult result = service.handle(request(verb, address, json == null ? null : json(json)));
        return plain(
                switch (result.content()) {
                    case Content.Tree(Object tree) -> tree;
                    case Content.Rows rows -> Drained.of(rows).value();
                    case Content.Bytes bytes -> throw new AssertionError("bytes from a database");
                });
    }

    /** The error that the call ends with, as its envelope shows it. */
    Map<String, Object> fails(Verb verb, String address, String json) {
        ApiException e =
                catchThrowableOfType(ApiException.class, () -> call(verb, address, json == null ? null : json(json)));
        assertThat(e).as("%s %s should fail", verb, address).isNotNull();
        assertThat(service.database().pool().active()).as("connections in use").isZero();
        @SuppressWarnings("unchecked")
        Map<String, Object> error = (Map<String, Object>) plain(e.error().toMap());
        return error;
    }

    String failure(Verb verb, String address, String json) {
        Map<String, Object> error = fails(verb, address, json);
        return error.get("status_code") + " " + error.get("message");
    }

    static Object json(String text) {
        return plain(JSON.readValue(text.replace('`', '"'), Object.class));
    }

    /** Numbers by value, maps without order. */
    private static Object plain(Object value) {
        return switch (value) {
            case null -> null;
            case Number number ->
                new BigDecimal(
                        new BigDecimal(number.toString()).stripTrailingZeros().toPlainString());
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((name, each) -> copy.put(String.valueOf(name), plain(each)));
                yield new HashMap<>(copy);
            }
            case List<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(each -> copy.add(plain(each)));
                yield copy;
            }
            default -> value;
        };
    }

    @Override
    public void close() {
        service.close();
    }
}
