package io.sluice.service.file.swift;

import io.sluice.outbound.Hosts;
import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreKind;
import java.time.InstantSource;
import java.util.List;

/** {@code openstack_object_storage}: a container of OpenStack Swift. */
public record SwiftFiles(Hosts hosts) implements StoreKind {
    @Override
    public String name() {
        return "openstack_object_storage";
    }

    @Override
    public String label() {
        return "OpenStack Object Storage";
    }

    @Override
    public String description() {
        return "Files in a container of OpenStack Swift.";
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("username", "User Name", "string")
                        .asRequired()
                        .describedAs("For auth v1: account:user, or the user alone with the account as tenant_name."),
                ConfigField.of("password", "Password", "password").asRequired(),
                ConfigField.of("tenant_name", "Project (Tenant) Name", "string").describedAs("Needed for Keystone."),
                ConfigField.of("url", "URL", "string")
                        .asRequired()
                        .describedAs("Of the identity service: https://keystone.example.com:5000/v3,"
                                + " or https://swift.example.com/auth/v1.0."),
                ConfigField.of("region", "Region", "string")
                        .describedAs("As in Keystone's catalogue; the first region when empty."),
                ConfigField.of("container", "Container", "string")
                        .asRequired()
                        .describedAs("Made at the first write when it is missing."),
                ConfigField.of("auth_version", "Identity Version", "string")
                        .describedAs("3, 2 or 1; only where the URL does not tell."),
                ConfigField.of("domain", "User Domain", "string")
                        .or("Default")
                        .describedAs("The name of the user's domain; Keystone v3 only."),
                ConfigField.of("project_domain", "Project Domain", "string")
                        .or("Default")
                        .describedAs("The name of the project's domain; Keystone v3 only."));
    }

    @Override
    public FileStore open(ServiceDefinition definition) {
        return new Account(hosts, InstantSource.system(), definition, Account.Proof.PASSWORD).store();
    }
}
