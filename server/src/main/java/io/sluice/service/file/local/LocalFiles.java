package io.sluice.service.file.local;

import io.sluice.service.ConfigField;
import io.sluice.service.LocalRoots;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreKind;
import java.util.List;

/** {@code local_file}: a folder of the machine that Sluice runs on. */
public record LocalFiles(LocalRoots roots) implements StoreKind {
    @Override
    public String name() {
        return "local_file";
    }

    @Override
    public String label() {
        return "Local File Storage";
    }

    @Override
    public String description() {
        return "Files and folders on the machine that Sluice runs on.";
    }

    @Override
    public List<ConfigField> config() {
        return List.of(ConfigField.of("container", "Root Folder", "string")
                .asRequired()
                .describedAs(
                        "The folder that this service shows: relative to the first of the server's file roots, or absolute"
                                + " below one of them. Made when it is missing."));
    }

    @Override
    public FileStore open(ServiceDefinition definition) {
        return new LocalStore(roots.resolve(definition.text("container").orElse("")), roots);
    }
}
