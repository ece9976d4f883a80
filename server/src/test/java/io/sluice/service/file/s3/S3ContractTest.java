package io.sluice.service.file.s3;

import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.StoreKind;
import io.sluice.service.file.object.Container;
import io.sluice.service.file.object.ObjectStoreContract;
import io.sluice.testing.S3Server;
import java.util.Map;

/** {@code aws_s3} on s3proxy, with what a custom endpoint has by default. */
class S3ContractTest extends ObjectStoreContract {
    @Override
    protected StoreKind kind() {
        return new S3Files(HOSTS);
    }

    @Override
    protected int port() throws Exception {
        return S3Server.get().port();
    }

    @Override
    protected Map<String, Object> config(int port) {
        return Map.of("key", S3Server.KEY, "secret", S3Server.SECRET, "endpoint", "http://127.0.0.1:" + port);
    }

    @Override
    protected Map<String, Object> wrongKey() {
        return Map.of("secret", "wrong");
    }

    @Override
    protected Container raw(ServiceDefinition definition) {
        return S3Container.of(S3Settings.of(definition), HOSTS);
    }
}
