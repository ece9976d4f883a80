package io.sluice.service.file;

import io.sluice.testing.DavPeer;
import io.sluice.testing.TomcatDav;
import java.nio.file.Path;

/** {@code webdav_file} on Tomcat's WebDAV servlet, which asks for Basic without being told so in the config. */
class TomcatDavBasicContractTest extends DavContract {
    @Override
    DavPeer server(Path work) throws Exception {
        return TomcatDav.basic(work);
    }
}
