package io.sluice.service.file.s3;

import io.sluice.outbound.Hosts;
import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreKind;
import io.sluice.service.file.object.ContainerFiles;
import java.util.List;

/** {@code aws_s3}: a bucket of Amazon S3, or of a store that speaks its protocol. */
public record S3Files(Hosts hosts) implements StoreKind {
    @Override
    public String name() {
        return "aws_s3";
    }

    @Override
    public String label() {
        return "AWS S3";
    }

    @Override
    public String description() {
        return "Files and folders in a bucket of Amazon S3, or of another store that speaks its protocol.";
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("key", "Access Key ID", "string")
                        .describedAs(
                                "With the secret. Without both: those of the server's environment, or of the role of the"
                                        + " machine that it runs on."),
                ConfigField.of("secret", "Secret Access Key", "password").describedAs("Belongs to the key."),
                ConfigField.of("region", "Region", "string")
                        .or(S3Settings.FIRST_REGION)
                        .describedAs("Where the bucket lies, such as eu-central-1."),
                ConfigField.of("container", "Bucket", "string")
                        .asRequired()
                        .describedAs(
                                "Its name, or name/folder for a part of it. Made by the first upload when it is missing."),
                ConfigField.of("endpoint", "Endpoint", "string")
                        .describedAs("The address of a store other than Amazon's, such as https://minio.example:9000."),
                ConfigField.of("path_style", "Path Style", "boolean")
                        .describedAs(
                                "The bucket stands in the path, not before the host's name. Default: with an endpoint."),
                ConfigField.of("chunked_encoding", "Chunked Encoding", "boolean")
                        .describedAs(
                                "Uploads are signed in chunks, which not every store understands. Default: without an"
                                        + " endpoint."),
                new ConfigField(
                        "checksums",
                        "Checksums",
                        "picklist",
                        false,
                        null,
                        S3Settings.CHECKSUMS,
                        "Whether uploads carry the newer checksums always, or only where the protocol asks for them. Default:"
                                + " when_supported, with an endpoint when_required."));
    }

    @Override
    public FileStore open(ServiceDefinition definition) {
        S3Settings settings = S3Settings.of(definition);
        return new ContainerFiles(settings.place().prefix(), () -> S3Container.of(settings, hosts));
    }
}
