package io.sluice.service.file.swift;

import io.sluice.outbound.HostClient;
import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Identity API v2.0: Keystone's until 2018, and Rackspace's today. No server of it can be had any more; this follows its documentation.
 *
 * @param tokens where tokens are made
 * @param credentials by the name of their kind: {@code passwordCredentials}, {@code RAX-KSKEY:apiKeyCredentials}
 */
record KeystoneV2(
        HostClient client,
        URI tokens,
        Map<String, Map<String, String>> credentials,
        Optional<String> tenant,
        Optional<String> region)
        implements Login {

    static Map<String, Map<String, String>> password(String user, String password) {
        return Map.of("passwordCredentials", Map.of("username", user, "password", password));
    }

    static Map<String, Map<String, String>> apiKey(String user, String key) {
        return Map.of("RAX-KSKEY:apiKeyCredentials", Map.of("username", user, "apiKey", key));
    }

    @Override
    public Session session() throws IOException {
        JsonNode access = new Identity(client)
                .post(tokens, Map.of("auth", question()))
                .body()
                .path("access");
        String token = access.path("token").path("id").asString("");
        if (token.isEmpty()) {
            throw StoreFailure.denied("what answers at 'url' is no identity service of version 2", null);
        }
        String storage = Catalogue.v2(access.path("serviceCatalog")).in(region);
        return Session.at(
                client,
                tokens,
                storage,
                token,
                Catalogue.time(access.path("token").path("expires")));
    }

    private Map<String, Object> question() {
        Map<String, Object> auth = new LinkedHashMap<>(credentials);
        tenant.ifPresent(name -> auth.put("tenantName", name));
        return auth;
    }
}
