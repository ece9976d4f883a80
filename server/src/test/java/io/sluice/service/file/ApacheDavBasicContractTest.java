package io.sluice.service.file;

import io.sluice.testing.ApacheDav;
import io.sluice.testing.DavPeer;
import java.nio.file.Path;
import java.util.Map;

/** {@code webdav_file} on Apache's mod_dav with Basic. */
class ApacheDavBasicContractTest extends DavContract {
    @Override
    DavPeer server(Path work) {
        return ApacheDav.basic();
    }

    @Override
    Map<String, Object> config() {
        return Map.of("auth_type", 1);
    }
}
