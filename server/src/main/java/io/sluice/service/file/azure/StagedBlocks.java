package io.sluice.service.file.azure;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.sluice.service.file.object.Container;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** A blob on its way in blocks. The store forgets those that are never committed after a week. */
final class StagedBlocks implements Container.Upload {
    private final BlockBlobClient blob;
    private final AzureErrors errors;
    private final String type;

    /** Blocks of two uploads of one file must not be taken for each other. */
    private final UUID run = UUID.randomUUID();

    private final List<String> blocks = new ArrayList<>();

    StagedBlocks(BlockBlobClient blob, AzureErrors errors, String type) {
        this.blob = blob;
        this.errors = errors;
        this.type = type;
    }

    @Override
    public void part(byte[] content) throws IOException {
        // All names of a blob's blocks must be equally long.
        byte[] name = "%s-%05d".formatted(run, blocks.size()).getBytes(StandardCharsets.US_ASCII);
        String block = Base64.getEncoder().encodeToString(name);
        try {
            blob.stageBlock(block, BinaryData.fromBytes(content));
        } catch (RuntimeException e) {
            throw errors.of(e);
        }
        blocks.add(block);
    }

    @Override
    public void finish() throws IOException {
        try {
            blob.commitBlockListWithResponse(
                    new BlockBlobCommitBlockListOptions(blocks).setHeaders(new BlobHttpHeaders().setContentType(type)),
                    null,
                    Context.NONE);
        } catch (RuntimeException e) {
            throw errors.of(e);
        }
    }

    @Override
    public void abandon() {
        // nothing to call: the store forgets them
    }
}
