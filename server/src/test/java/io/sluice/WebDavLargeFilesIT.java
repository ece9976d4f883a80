package io.sluice;

import io.sluice.testing.ApacheDav;
import io.sluice.testing.DavPeer;
import java.util.Map;
import java.util.UUID;

/** Large files in {@code webdav_file}, on Apache's mod_dav. */
class WebDavLargeFilesIT extends LargeFilesContract {
    @Override
    protected Map<String, Object> service() {
        DavPeer peer = ApacheDav.basic();
        return Map.of(
                "type",
                "webdav_file",
                "config",
                Map.of(
                        "base_uri",
                        "http://127.0.0.1:" + peer.port() + peer.path(),
                        "username",
                        DavPeer.USER,
                        "password",
                        DavPeer.PASSWORD,
                        "container",
                        "large-" + UUID.randomUUID()));
    }
}
