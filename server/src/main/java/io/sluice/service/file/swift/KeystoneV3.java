package io.sluice.service.file.swift;

import io.sluice.outbound.HostClient;
import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Keystone's API v3: a password, for a token of one project.
 *
 * @param tokens where tokens are made
 */
record KeystoneV3(HostClient client, URI tokens, User user, Project project, Optional<String> region) implements Login {
    record User(String name, String domain, String password) {}

    record Project(String name, String domain) {}

    @Override
    public Session session() throws IOException {
        Identity.Answer answer = new Identity(client).post(tokens, Map.of("auth", question()));
        String id = answer.headers().get("x-subject-token");
        JsonNode token = answer.body().path("token");
        if (id == null || !token.isObject()) {
            throw StoreFailure.denied("what answers at 'url' is no Keystone of version 3", null);
        }
        String storage = Catalogue.v3(token.path("catalog")).in(region);
        return Session.at(client, tokens, storage, id, Catalogue.time(token.path("expires_at")));
    }

    private Map<String, Object> question() {
        Map<String, Object> who =
                Map.of("name", user.name(), "domain", Map.of("name", user.domain()), "password", user.password());
        return Map.of(
                "identity",
                Map.of("methods", List.of("password"), "password", Map.of("user", who)),
                "scope",
                Map.of("project", Map.of("name", project.name(), "domain", Map.of("name", project.domain()))));
    }
}
