package io.sluice.service.file.swift;

import io.sluice.outbound.Hosts;
import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreKind;
import java.time.InstantSource;
import java.util.List;

/** {@code rackspace_cloud_files}: Swift, with an API key in place of a password. */
public record RackspaceFiles(Hosts hosts) implements StoreKind {
    @Override
    public String name() {
        return "rackspace_cloud_files";
    }

    @Override
    public String label() {
        return "Rackspace Cloud Files";
    }

    @Override
    public String description() {
        return "Files in a container of Rackspace Cloud Files.";
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("username", "User Name", "string").asRequired(),
                ConfigField.of("api_key", "API Key", "password").asRequired(),
                ConfigField.of("tenant_name", "Tenant Name", "string")
                        .describedAs("The account; Rackspace finds it by the user when empty."),
                ConfigField.of("url", "URL", "string")
                        .asRequired()
                        .describedAs("Of the identity service: https://identity.api.rackspacecloud.com/v2.0."),
                ConfigField.of("region", "Region", "string")
                        .asRequired()
                        .describedAs("ORD, DFW, LON, HKG, IAD or SYD."),
                ConfigField.of("container", "Container", "string")
                        .asRequired()
                        .describedAs("Made at the first write when it is missing."),
                ConfigField.of("auth_version", "Identity Version", "string")
                        .describedAs("2 or 1; only where the URL does not tell."));
    }

    @Override
    public FileStore open(ServiceDefinition definition) {
        return new Account(hosts, InstantSource.system(), definition, Account.Proof.API_KEY).store();
    }
}
