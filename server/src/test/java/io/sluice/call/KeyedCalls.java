package io.sluice.call;

import io.sluice.api.ApiRequest;
import io.sluice.api.AuthorisedRequest;
import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.Rights;
import io.sluice.api.Verb;
import java.util.Map;
import java.util.Optional;

/** Calls that carry an Idempotency-Key, and who makes them. */
final class KeyedCalls {
    private KeyedCalls() {}

    static Caller person(long id, boolean admin) {
        Caller.Person person = new Caller.Person(id, "n", "n", "n", "n", "n@example.com", admin, "");
        return new Caller(
                Caller.Requestor.API,
                Optional.of(person),
                Optional.of(new Caller.App(3, "app")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** An upload whose file or folder is named by a header; its key is that header. */
    static AuthorisedRequest named(String header, String name) {
        ApiRequest request = new ApiRequest(
                Verb.POST,
                "2",
                "files",
                ResourcePath.of("docs/"),
                Parameters.NONE,
                Headers.of(Map.of("Idempotency-Key", header, header, name)),
                Body.raw(new byte[] {1}, ""),
                "/api/v2/files/docs/",
                "203.0.113.7",
                false);
        return new AuthorisedRequest(request, person(1, false), Rights.ALL);
    }
}
