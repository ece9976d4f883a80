package io.sluice.service.file.s3;

import io.sluice.testing.SwiftServer;
import java.util.Map;

/** {@code aws_s3} on the S3 API of OpenStack Swift, which knows less of the protocol than Amazon. */
class SwiftS3ContractTest extends S3ContractTest {
    @Override
    protected int port() throws Exception {
        return SwiftServer.get().port();
    }

    @Override
    protected Map<String, Object> config(int port) {
        return Map.of("key", SwiftServer.USER, "secret", SwiftServer.KEY, "endpoint", "http://127.0.0.1:" + port);
    }
}
