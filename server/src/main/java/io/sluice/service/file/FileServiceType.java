package io.sluice.service.file;

import io.sluice.service.ConfigField;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.util.List;
import java.util.stream.Stream;

/** The file API over one kind of storage. */
record FileServiceType(StoreKind kind, Intake intake) implements ServiceType {
    private static final ConfigField PUBLIC_PATH = ConfigField.of("public_path", "Public Paths", "array")
            .describedAs("Folders that may be read without credentials.");

    @Override
    public String name() {
        return kind.name();
    }

    @Override
    public String label() {
        return kind.label();
    }

    @Override
    public String description() {
        return kind.description();
    }

    @Override
    public String group() {
        return "File";
    }

    @Override
    public List<ConfigField> config() {
        return Stream.concat(kind.config().stream(), Stream.of(PUBLIC_PATH)).toList();
    }

    @Override
    public Service open(ServiceDefinition definition) {
        return new FileService(
                definition.name(),
                kind.open(definition),
                intake,
                PublicFolders.of(definition.config().get(PUBLIC_PATH.name())));
    }
}
