package io.sluice.service.file.azure;

import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.StoreKind;
import io.sluice.service.file.object.Container;
import io.sluice.service.file.object.ObjectStoreContract;
import io.sluice.testing.AzuriteServer;
import java.util.HashMap;
import java.util.Map;

/** {@code azure_blob} on Azurite. */
class AzureContractTest extends ObjectStoreContract {
    @Override
    protected StoreKind kind() {
        return new AzureFiles(HOSTS);
    }

    @Override
    protected Map<String, Object> config() throws Exception {
        return Map.of(
                "account_name", AzuriteServer.ACCOUNT,
                "account_key", AzuriteServer.KEY,
                "endpoint", "http://127.0.0.1:" + AzuriteServer.get().port() + "/" + AzuriteServer.ACCOUNT);
    }

    @Override
    protected Map<String, Object> wrongConfig() throws Exception {
        Map<String, Object> wrong = new HashMap<>(config());
        wrong.put("account_key", "d3Jvbmc=");
        return wrong;
    }

    @Override
    protected Container raw(ServiceDefinition definition) {
        return AzureContainer.of(AzureSettings.of(definition), HOSTS);
    }
}
