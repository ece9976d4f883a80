package io.sluice.service.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store with nothing in it for each test, and the file API over it. What a kind of storage has to say stands in the hooks. */
public abstract class StoreUnderTest {
    protected FileStore store;
    protected FileCalls files;

    /** A store that shows a place of its own with nothing in it. Called before each test. */
    protected abstract FileStore open() throws Exception;

    /** Makes that many files named {@code 00000.txt}, {@code 00001.txt}, … in a folder that exists; to be overridden where the storage has a quicker way. */
    protected void fill(String folder, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            store.write(
                    FilePath.of(folder + "%05d.txt".formatted(i)),
                    new ByteArrayInputStream(new byte[] {'x'}),
                    OptionalLong.of(1));
        }
    }

    @BeforeEach
    void openStore() throws Exception {
        store = open();
        files = FileCalls.over(store);
    }

    @AfterEach
    void closeStore() throws IOException {
        if (store != null) { // not opened where its server is missing
            store.close();
        }
    }
}
