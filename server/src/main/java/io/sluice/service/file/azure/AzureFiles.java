package io.sluice.service.file.azure;

import io.sluice.outbound.Hosts;
import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreKind;
import io.sluice.service.file.object.ContainerFiles;
import java.util.List;

/** {@code azure_blob}: a container of Azure Blob Storage. */
public record AzureFiles(Hosts hosts) implements StoreKind {
    @Override
    public String name() {
        return "azure_blob";
    }

    @Override
    public String label() {
        return "Azure Blob Storage";
    }

    @Override
    public String description() {
        return "Files and folders in a container of Azure Blob Storage.";
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("account_name", "Account Name", "string")
                        .asRequired()
                        .describedAs("Of the storage account."),
                ConfigField.of("account_key", "Account Key", "password")
                        .asRequired()
                        .describedAs("One of the account's two keys."),
                new ConfigField(
                        "protocol",
                        "Protocol",
                        "picklist",
                        false,
                        "https",
                        List.of("https", "http"),
                        "Default: https."),
                ConfigField.of("container", "Container", "string")
                        .asRequired()
                        .describedAs(
                                "Its name, or name/folder for a part of it. Made by the first upload when it is missing."),
                ConfigField.of("endpoint", "Endpoint", "string")
                        .describedAs("The address of the account's blobs when it is not"
                                + " https://ACCOUNT.blob.core.windows.net: another cloud's, or http://127.0.0.1:10000/ACCOUNT"
                                + " of an emulator. It has its own protocol."));
    }

    @Override
    public FileStore open(ServiceDefinition definition) {
        AzureSettings settings = AzureSettings.of(definition);
        return new ContainerFiles(settings.place().prefix(), () -> AzureContainer.of(settings, hosts));
    }
}
