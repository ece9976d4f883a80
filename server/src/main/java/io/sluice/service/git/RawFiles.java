package io.sluice.service.git;

import java.util.Locale;

/** Files that a host gives as they are: bytes of at most the size that a file may have, and no page in their place. */
record RawFiles(HostApi calls, Refusals refusals) {
    private static final String ANYTHING = "*/*";

    byte[] read(String target, Spot spot) throws NotRead {
        ApiAnswer answer = calls.get(target, ANYTHING);
        refusals.check(answer, Spot.shown(spot.toString()));
        boolean page = answer.header("content-type").toLowerCase(Locale.ROOT).contains("html")
                && !spot.path().toLowerCase(Locale.ROOT).matches(".*\\.x?html?");
        if (page) {
            throw refusals.notTheFile();
        }
        return sized(answer.body(), spot);
    }

    static byte[] sized(byte[] bytes, Spot spot) throws NotRead {
        if (bytes.length > RepoHost.MAX_FILE_BYTES) {
            throw NotRead.unfit(Spot.shown(spot.toString()) + " is larger than the "
                    + RepoHost.MAX_FILE_BYTES / (1 << 20) + " MB that a file may have");
        }
        return bytes;
    }
}
