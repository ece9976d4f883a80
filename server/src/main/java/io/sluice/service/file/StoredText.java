package io.sluice.service.file;

import io.sluice.api.ApiException;
import io.sluice.service.TextSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Files as texts that scripts are linked to. The revision is the hash of the bytes: times can be set back, hashes cannot. */
record StoredText(FileStore store) implements TextSource {
    @Override
    public Reading read(Address address) {
        try {
            return found(FilePath.of(address.path().replaceAll("^/+|/+$", "")));
        } catch (ApiException e) {
            return new Reading.Missing(e.error().message());
        } catch (StoreFailure e) {
            return new Reading.Unreachable(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Reading.Unreachable("the file '" + address.path() + "' could not be read from its storage");
        }
    }

    private Reading found(FilePath path) throws IOException {
        Optional<FileEntry> entry = store.find(path);
        if (path.isRoot() || entry.isEmpty()) {
            return new Reading.Missing("there is no file '" + path + "'");
        }
        byte[] bytes;
        try (InputStream in = store.open(path, 0, Long.MAX_VALUE)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            return new Reading.Unfit("the file '" + path + "' is larger than the " + MAX_BYTES / (1 << 20)
                    + " MB that a script may have");
        }
        return TextSource.utf8(bytes)
                .<Reading>map(text -> new Reading.Found(
                        text, Hashes.sha256(bytes), entry.get().modified(), Optional.empty(), Optional.empty()))
                .orElseGet(() -> new Reading.Unfit("the file '" + path + "' is not text: it is not valid UTF-8"));
    }
}
