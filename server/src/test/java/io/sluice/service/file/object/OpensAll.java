package io.sluice.service.file.object;

import io.sluice.outbound.Hosts;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FileServiceTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes a service of each kind of object store, as a server does when it starts, and uses none. */
final class OpensAll {
    private static final Map<String, Object> CONFIG =
            Map.of("container", "photos", "key", "k", "secret", "s", "account_name", "acme", "account_key", "a2V5");

    private OpensAll() {}

    public static void main(String[] arguments) {
        try (Hosts hosts = new Hosts(OutboundRule.PUBLIC_ONLY)) {
            for (var type : new FileServiceTypes(List.of(Path.of("files")), hosts, 1 << 20).all()) {
                if (List.of("aws_s3", "azure_blob").contains(type.name())) {
                    type.config();
                    type.open(new ServiceDefinition(7, "files", "Files", "", type.name(), true, Map.copyOf(CONFIG)))
                            .close();
                    System.out.println("opened " + type.name());
                }
            }
        }
    }
}
