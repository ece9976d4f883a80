package io.sluice.service.file;

import io.sluice.outbound.Hosts;
import io.sluice.service.LocalRoots;
import io.sluice.service.ServiceType;
import io.sluice.service.file.local.LocalFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The door of this room: the file service types, to be registered with {@link io.sluice.service.Services}. */
public final class FileServiceTypes {
    private final List<ServiceType> types;

    /**
     * @param roots the folders below which {@code local_file} services may lie; relative ones start at the first
     * @param hosts how stores that speak HTTP are reached
     */
    public FileServiceTypes(List<Path> roots, Hosts hosts) {
        this.types = Stream.of(new LocalFiles(new LocalRoots(roots)))
                .<ServiceType>map(FileServiceType::new)
                .toList();
    }

    public List<ServiceType> all() {
        return types;
    }
}
