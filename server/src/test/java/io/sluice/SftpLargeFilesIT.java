package io.sluice;

import io.sluice.testing.OpenSsh;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Large files in {@code sftp_file}, on OpenSSH. */
class SftpLargeFilesIT extends LargeFilesContract {
    @TempDir
    Path work;

    private @Nullable OpenSsh peer;

    @Override
    protected Map<String, Object> service() throws Exception {
        OpenSsh.need();
        OpenSsh made = OpenSsh.start(work);
        peer = made;
        Map<String, Object> config = new HashMap<>(made.login());
        config.putAll(Map.of("host", "127.0.0.1", "port", made.port(), "host_fingerprint", made.fingerprint()));
        return Map.of("type", "sftp_file", "config", config);
    }

    @AfterEach
    void end() {
        if (peer != null) {
            peer.close();
        }
    }
}
