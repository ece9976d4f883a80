package io.sluice.service.file;

import io.sluice.service.LocalRoots;
import io.sluice.service.ServiceType;
import java.nio.file.Path;
import java.util.List;

/** The door of this room: the file service types, to be registered with {@link io.sluice.service.Services}. */
public final class FileServiceTypes {
    private final List<ServiceType> types;

    /** {@code roots}: the folders below which {@code local_file} services may lie; relative ones start at the first. */
    public FileServiceTypes(List<Path> roots) {
        this.types = List.of(new LocalFileType(new LocalRoots(roots)));
    }

    public List<ServiceType> all() {
        return types;
    }
}
