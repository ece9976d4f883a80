package io.sluice.service.file;

import io.sluice.service.LocalRoots;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.local.LocalFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** {@code local_file} under the contract of all kinds of storage. */
class LocalFilesContractTest extends FileStoreContract {
    @TempDir
    Path root;

    @Override
    protected FileStore open() {
        return new LocalFiles(new LocalRoots(List.of(root)))
                .open(new ServiceDefinition(7, "files", "Files", "", "local_file", true, Map.of("container", "store")));
    }

    @Override
    protected void fill(String folder, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Files.writeString(root.resolve("store").resolve(folder).resolve("%05d.txt".formatted(i)), "x");
        }
    }
}
