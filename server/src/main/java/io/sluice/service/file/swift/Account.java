package io.sluice.service.file.swift;

import io.sluice.api.ApiException;
import io.sluice.outbound.HostClient;
import io.sluice.outbound.Hosts;
import io.sluice.service.BaseUrl;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FileStore;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Reads the config of a service: how to log in, and which container it shows. */
record Account(Hosts hosts, InstantSource clock, ServiceDefinition definition, Proof proof) {
    private static final String DEFAULT_DOMAIN = "Default";

    /** What a user proves himself with. */
    enum Proof {
        PASSWORD("password"),
        API_KEY("api_key");

        private final String field;

        Proof(String field) {
            this.field = field;
        }
    }

    FileStore store() {
        Login login = login();
        String container = needed("container");
        if (container.contains("/")) {
            throw ApiException.badRequest("The container is the name of one container; it cannot hold a slash.");
        }
        return new SwiftStore(new Container(new Cluster(new Sessions(login, clock)), container));
    }

    private Login login() {
        URI url = BaseUrl.web(needed("url"), "url");
        AuthVersion version = AuthVersion.of(definition, url);
        HostClient client = hosts.at(url);
        String user = needed("username");
        String secret = needed(proof.field);
        URI logins = version.logins(url);
        return switch (version) {
            case V1 -> new AuthV1(client, logins, v1User(user), secret, clock);
            case V2 ->
                new KeystoneV2(client, logins, v2Credentials(user, secret), definition.text("tenant_name"), region());
            case V3 -> v3(client, logins, user, secret);
        };
    }

    /** Tempauth's users are {@code account:user}. */
    private String v1User(String user) {
        return definition
                .text("tenant_name")
                .filter(account -> proof == Proof.PASSWORD && !user.contains(":"))
                .map(account -> account + ":" + user)
                .orElse(user);
    }

    private Map<String, Map<String, String>> v2Credentials(String user, String secret) {
        return switch (proof) {
            case PASSWORD -> KeystoneV2.password(user, secret);
            case API_KEY -> KeystoneV2.apiKey(user, secret);
        };
    }

    private Login v3(HostClient client, URI logins, String user, String password) {
        if (proof == Proof.API_KEY) {
            throw ApiException.badRequest("Rackspace's identity service has the versions 2 and 1 only.");
        }
        return new KeystoneV3(
                client,
                logins,
                new KeystoneV3.User(user, definition.text("domain").orElse(DEFAULT_DOMAIN), password),
                new KeystoneV3.Project(
                        needed("tenant_name"), definition.text("project_domain").orElse(DEFAULT_DOMAIN)),
                region());
    }

    private Optional<String> region() {
        return definition.text("region");
    }

    private String needed(String field) {
        return definition
                .text(field)
                .orElseThrow(() -> ApiException.badRequest("The config needs the field '" + field + "'."));
    }
}
