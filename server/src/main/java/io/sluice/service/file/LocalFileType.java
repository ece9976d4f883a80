package io.sluice.service.file;

import io.sluice.service.ConfigField;
import io.sluice.service.LocalRoots;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.util.List;

/** {@code local_file}: a folder of the machine that Sluice runs on. */
record LocalFileType(LocalRoots roots) implements ServiceType {
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
    public String group() {
        return "File";
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("container", "Root Folder", "string")
                        .asRequired()
                        .describedAs(
                                "The folder that this service shows: relative to the first of the server's file roots, or absolute"
                                        + " below one of them. Made when it is missing."),
                ConfigField.of("public_path", "Public Paths", "array")
                        .describedAs("Folders that may be read without credentials."));
    }

    @Override
    public Service open(ServiceDefinition definition) {
        String container = definition.text("container").orElse("");
        return new FileService(definition.name(), new LocalStore(roots.resolve(container), roots));
    }
}
