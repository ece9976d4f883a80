package io.sluice;

import io.sluice.testing.SwiftServer;
import java.io.IOException;
import java.util.Map;

/** Large files in {@code openstack_object_storage}, on Swift itself. */
class SwiftLargeFilesIT extends LargeFilesContract {
    @Override
    protected Map<String, Object> service() throws IOException {
        return Map.of(
                "type",
                "openstack_object_storage",
                "config",
                Map.of(
                        "username",
                        SwiftServer.USER,
                        "password",
                        SwiftServer.KEY,
                        "url",
                        SwiftServer.get().address() + "/auth/v1.0",
                        "container",
                        "large"));
    }
}
