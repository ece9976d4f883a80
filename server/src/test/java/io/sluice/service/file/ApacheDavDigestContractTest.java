package io.sluice.service.file;

import io.sluice.testing.ApacheDav;
import io.sluice.testing.DavPeer;
import java.nio.file.Path;
import java.util.Map;

/** {@code webdav_file} on Apache's mod_dav with Digest. */
class ApacheDavDigestContractTest extends DavContract {
    @Override
    DavPeer server(Path work) {
        return ApacheDav.digest();
    }

    @Override
    Map<String, Object> config() {
        return Map.of("auth_type", 2);
    }
}
