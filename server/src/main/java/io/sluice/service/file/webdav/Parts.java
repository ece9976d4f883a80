package io.sluice.service.file.webdav;

import io.sluice.service.file.FilePath;
import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** Files under a hidden name beside their place, until all of them is there: servers show what a broken upload left. */
record Parts(Files files, DavAddresses addresses, InstantSource clock) {
    private static final String PART = ".sluice-part-";

    /** No upload lasts so long. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    /** Something to do with a part. */
    interface Step {
        void on(URI part) throws IOException;
    }

    static boolean is(String name) {
        return name.startsWith(PART);
    }

    /** Fills a part and puts it into place; what fails leaves no part, if the server can be reached. */
    void write(FilePath file, Step fill, Step place) throws IOException {
        URI part = addresses.beside(file, PART + UUID.randomUUID());
        try {
            fill.on(part);
            place.on(part);
        } catch (IOException | RuntimeException e) {
            remove(part, e);
            throw e;
        }
    }

    private void remove(URI part, Exception reason) {
        try {
            files.delete(part);
        } catch (IOException | RuntimeException e) {
            reason.addSuppressed(e); // it stays hidden until it is swept
        }
    }

    /** Removes a part whose writer is gone for good. */
    void sweep(FilePath folder, Resource part) throws IOException {
        if (part.modified().isBefore(clock.instant().minus(LEFT_BEHIND))
                && part.modified().toEpochMilli() > 0) {
            try {
                files.delete(addresses.in(folder, part));
            } catch (StoreFailure e) {
                if (e.kind() != StoreFailure.Kind.DENIED) {
                    throw e;
                }
                // a caller that may only read leaves it to others
            }
        }
    }
}
