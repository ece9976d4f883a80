package io.sluice.service.file.azure;

import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.StoreKind;
import io.sluice.service.file.object.Container;
import io.sluice.service.file.object.ObjectStoreContract;
import io.sluice.testing.AzuriteServer;
import java.util.Map;

/** {@code azure_blob} on Azurite. */
class AzureContractTest extends ObjectStoreContract {
    @Override
    protected StoreKind kind() {
        return new AzureFiles(HOSTS);
    }

    @Override
    protected int port() throws Exception {
        return AzuriteServer.get().port();
    }

    @Override
    protected Map<String, Object> config(int port) {
        return Map.of(
                "account_name", AzuriteServer.ACCOUNT,
                "account_key", AzuriteServer.KEY,
                "endpoint", "http://127.0.0.1:" + port + "/" + AzuriteServer.ACCOUNT);
    }

    @Override
    protected Map<String, Object> wrongKey() {
        return Map.of("account_key", "d3Jvbmc=");
    }

    @Override
    protected Container raw(ServiceDefinition definition) {
        return AzureContainer.of(AzureSettings.of(definition), HOSTS);
    }
}
