package io.sluice.service.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Writing to a disk of this machine, which may be full. */
public final class LocalDisk {
    private LocalDisk() {}

    /** Writes a file to its end and onto the disk. Failures of the content come out as they are; a full disk is a {@link StoreFailure}. */
    public static void write(Path file, InputStream content, OpenOption... options) throws IOException {
        OpenOption[] how = options.length > 0 ? options : new OpenOption[] {StandardOpenOption.WRITE};
        try (FileChannel channel = FileChannel.open(file, how);
                OutputStream out = new Watched(Channels.newOutputStream(channel))) {
            content.transferTo(out);
            channel.force(true);
        }
    }

    private static IOException told(IOException failure) {
        String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return said.contains("no space left") || said.contains("quota exceeded") || said.contains("not enough space")
                ? StoreFailure.full("the disk that it writes to is full", failure)
                : failure;
    }

    /** Java says only in words that a disk is full. */
    private static final class Watched extends FilterOutputStream {
        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw told(e);
            }
        }
    }
}
