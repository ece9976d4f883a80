package io.sluice;

import io.sluice.testing.AzuriteServer;
import java.util.Map;

/** Large files in {@code azure_blob}. */
class AzureLargeFilesIT extends LargeFilesContract {
    @Override
    protected Map<String, Object> service() {
        return Map.of(
                "type",
                "azure_blob",
                "config",
                Map.of(
                        "account_name",
                        AzuriteServer.ACCOUNT,
                        "account_key",
                        AzuriteServer.KEY,
                        "container",
                        "large",
                        "endpoint",
                        "http://127.0.0.1:" + AzuriteServer.get().port() + "/" + AzuriteServer.ACCOUNT));
    }
}
