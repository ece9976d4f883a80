package io.sluice.service.file;

import io.sluice.outbound.Hosts;
import io.sluice.service.LocalRoots;
import io.sluice.service.ServiceType;
import io.sluice.service.file.azure.AzureFiles;
import io.sluice.service.file.ftp.FtpFiles;
import io.sluice.service.file.local.LocalFiles;
import io.sluice.service.file.s3.S3Files;
import io.sluice.service.file.sftp.SftpFiles;
import io.sluice.service.file.swift.RackspaceFiles;
import io.sluice.service.file.swift.SwiftFiles;
import io.sluice.service.file.webdav.WebDavFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The door of this room: the file service types, to be registered with {@link io.sluice.service.Services}. */
public final class FileServiceTypes {
    private final List<ServiceType> types;

    /**
     * @param roots the folders below which {@code local_file} services may lie; relative ones start at the first
     * @param hosts how stores that speak HTTP are reached, and addresses that files are imported from
     * @param maxUploadBytes how large a file that comes from elsewhere may be
     */
    public FileServiceTypes(List<Path> roots, Hosts hosts, long maxUploadBytes) {
        LocalRoots local = new LocalRoots(roots);
        Intake intake = Intake.of(hosts, maxUploadBytes);
        this.types = Stream.of(
                        new LocalFiles(local),
                        new S3Files(hosts),
                        new AzureFiles(hosts),
                        new SwiftFiles(hosts),
                        new RackspaceFiles(hosts),
                        new FtpFiles(),
                        new SftpFiles(local),
                        new WebDavFiles(hosts))
                .<ServiceType>map(kind -> new FileServiceType(kind, intake))
                .toList();
    }

    public List<ServiceType> all() {
        return types;
    }
}
