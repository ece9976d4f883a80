package io.sluice.service.file.azure;

import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.core.util.polling.LongRunningOperationStatus;
import com.azure.core.util.polling.SyncPoller;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobCopyInfo;
import com.azure.storage.blob.models.BlobDownloadAsyncResponse;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.sluice.outbound.Hosts;
import io.sluice.service.file.StoreFailure;
import io.sluice.service.file.object.Container;
import io.sluice.service.file.object.ContainerMissing;
import io.sluice.service.file.object.ExplainedStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A container of a storage account. */
final class AzureContainer implements Container {
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_COPY = Duration.ofMinutes(30);
    private static final int RANGE_BEHIND_THE_END = 416;
    private static final int CONFLICT = 409;

    private final BlobContainerClient client;
    private final BlobContainerAsyncClient downloads;
    private final AzureErrors errors;

    private AzureContainer(BlobContainerClient client, BlobContainerAsyncClient downloads) {
        this.client = client;
        this.downloads = downloads;
        this.errors = new AzureErrors(client.getBlobContainerName());
    }

    static AzureContainer of(AzureSettings settings, Hosts hosts) {
        BlobServiceClientBuilder account = new BlobServiceClientBuilder()
                .endpoint(settings.endpoint().toString())
                .credential(new StorageSharedKeyCredential(settings.account(), settings.key()))
                .httpClient(new SentByHosts(hosts))
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL, TRIES, (Duration) null, PAUSE, LONGEST_PAUSE, null));
        String name = settings.place().container();
        return new AzureContainer(
                account.buildClient().getBlobContainerClient(name),
                account.buildAsyncClient().getBlobContainerAsyncClient(name));
    }

    private BlobClient blob(String key) {
        return client.getBlobClient(key);
    }

    private <T> T ask(Supplier<T> call) throws IOException {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw errors.of(e);
        }
    }

    @Override
    public Optional<Listed> find(String key) throws IOException {
        try {
            BlobProperties blob = ask(() -> blob(key).getProperties());
            return Optional.of(new Listed(key, blob.getLastModified().toInstant(), blob.getBlobSize()));
        } catch (FileNotFoundException | ContainerMissing e) {
            return Optional.empty();
        }
    }

    @Override
    public Page list(String prefix, boolean deep, Optional<String> after, int most) throws IOException {
        ListBlobsOptions options = new ListBlobsOptions().setPrefix(prefix).setMaxResultsPerPage(most);
        PagedIterable<BlobItem> pages =
                deep ? client.listBlobs(options, null) : client.listBlobsByHierarchy("/", options, null);
        PagedResponse<BlobItem> page =
                ask(() -> pages.iterableByPage(after.orElse(null)).iterator().next());
        return new Page(
                page.getValue().stream().map(AzureContainer::listed).toList(),
                Optional.ofNullable(page.getContinuationToken()).filter(token -> !token.isEmpty()));
    }

    private static Listed listed(BlobItem item) {
        return Boolean.TRUE.equals(item.isPrefix())
                ? Listed.beginning(item.getName())
                : new Listed(
                        item.getName(),
                        item.getProperties().getLastModified().toInstant(),
                        item.getProperties().getContentLength());
    }

    @Override
    public InputStream open(String key, long from, long length) throws IOException {
        BlobRange range = length > Long.MAX_VALUE - from ? new BlobRange(from) : new BlobRange(from, length);
        try {
            @Nullable
            BlobDownloadAsyncResponse response = downloads
                    .getBlobAsyncClient(key)
                    .downloadStreamWithResponse(range, new DownloadRetryOptions().setMaxRetryRequests(0), null, false)
                    .block();
            if (response == null) {
                throw new IOException("the SDK gave no answer and no error");
            }
            return new ExplainedStream(new BlobStream(response), errors::of);
        } catch (BlobStorageException e) {
            if (e.getStatusCode() == RANGE_BEHIND_THE_END) {
                return InputStream.nullInputStream();
            }
            throw errors.of(e);
        } catch (RuntimeException e) {
            throw errors.of(e);
        }
    }

    @Override
    public void put(String key, byte[] content, String type) throws IOException {
        ask(() -> blob(key)
                .getBlockBlobClient()
                .uploadWithResponse(
                        new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(content))
                                .setHeaders(new BlobHttpHeaders().setContentType(type)),
                        null,
                        Context.NONE));
    }

    @Override
    public Upload begin(String key, String type) {
        return new StagedBlocks(blob(key).getBlockBlobClient(), errors, type);
    }

    @Override
    public void delete(List<String> keys) throws IOException {
        SideBySide.each(keys, this::delete);
    }

    /** A blob with snapshots goes with them or not at all. */
    private void delete(String key) throws IOException {
        ask(() -> blob(key).deleteIfExistsWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE));
    }

    @Override
    public void copy(String from, String to) throws IOException {
        String source = blob(from).getBlobUrl();
        SyncPoller<BlobCopyInfo, Void> copying = ask(() -> blob(to).beginCopy(source, PAUSE));
        try {
            finish(copying);
        } catch (IOException e) {
            undo(copying, to, e);
            throw e;
        }
    }

    private void finish(SyncPoller<BlobCopyInfo, Void> copying) throws IOException {
        LongRunningOperationStatus end =
                ask(() -> copying.waitForCompletion(LONGEST_COPY).getStatus());
        if (!end.equals(LongRunningOperationStatus.SUCCESSFULLY_COMPLETED)) {
            throw StoreFailure.unreachable("the store did not end copying: " + end, null);
        }
    }

    /** A copy that failed leaves an empty blob, or one that still grows. */
    private void undo(SyncPoller<BlobCopyInfo, Void> copying, String to, IOException why) {
        try {
            copying.cancelOperation();
        } catch (RuntimeException e) {
            why.addSuppressed(e); // it has ended already
        }
        try {
            delete(to);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public void make() throws IOException {
        try {
            client.create();
        } catch (BlobStorageException e) {
            if (e.getStatusCode() != CONFLICT) { // it is there: somebody was quicker
                throw errors.of(e);
            }
        } catch (RuntimeException e) {
            throw errors.of(e);
        }
    }

    @Override
    public void close() {
        // the client holds nothing but our own, which all services share
    }
}
