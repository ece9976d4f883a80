package io.sluice.service.git;

import io.sluice.service.TextSource;
import io.sluice.service.TextSource.Address;
import io.sluice.service.TextSource.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Scripts out of repositories: what is text, and lies in the repository itself. */
record LinkedTexts(RepoHost host) {
    private static final byte[] LFS_POINTER =
            "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

    Reading head(String repository, String reference) {
        try {
            Commit commit = host.head(Spot.of(new Address(repository, reference, "")));
            return found(commit.id(), commit);
        } catch (NotRead e) {
            return e.reading();
        }
    }

    Reading read(Address address) {
        try {
            Spot spot = Spot.of(address);
            return spot.isRoot() ? new Reading.Missing("no path is named in " + spot) : text(spot, host.read(spot));
        } catch (NotRead e) {
            return e.reading();
        }
    }

    private static Reading text(Spot spot, Blob blob) {
        if (isPointer(blob.bytes())) {
            return new Reading.Unfit(
                    spot + " is a pointer to a file in Git LFS; scripts must lie in the repository itself");
        }
        return TextSource.utf8(blob.bytes())
                .map(text -> found(text, blob.commit()))
                .orElseGet(() -> new Reading.Unfit(spot + " is not text: it is not valid UTF-8"));
    }

    private static boolean isPointer(byte[] bytes) {
        return bytes.length >= LFS_POINTER.length
                && Arrays.equals(bytes, 0, LFS_POINTER.length, LFS_POINTER, 0, LFS_POINTER.length);
    }

    private static Reading found(String text, Commit commit) {
        return new Reading.Found(text, commit.id(), commit.at(), commit.author(), commit.message());
    }
}
