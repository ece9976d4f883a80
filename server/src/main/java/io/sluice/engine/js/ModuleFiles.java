package io.sluice.engine.js;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;

/**
 * What the engine sees as files: the texts of one script, read only, and nothing of this machine. Paths of the machine are used as
 * values only; none is ever opened.
 */
final class ModuleFiles implements FileSystem {
    private final Modules modules;

    ModuleFiles(Modules modules) {
        this.modules = modules;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return Path.of("/(missing)/that");
        }
    }

    /** An address, which is the name of nothing here. */
    @Override
    public Path parsePath(URI uri) {
        return path(Modules.bare(uri.toString()));
    }

    @Override
    public Path parsePath(String text) {
        boolean relative =
                text.isEmpty() || text.startsWith(".") || text.startsWith("/") || text.startsWith(File.separator);
        return path(relative ? text : Modules.bare(text));
    }

    private String place(Path path) {
        return modules.real(toAbsolutePath(path).normalize().toString().replace(File.separatorChar, '/'));
    }

    @Override
    public Path toAbsolutePath(Path path) {
        return Path.of("/" + Paths.folder(modules.entry())).resolve(path);
    }

    @Override
    public Path toRealPath(Path path, LinkOption... options) {
        return path(place(path));
    }

    @Override
    public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options) {
        if (modes.contains(AccessMode.WRITE) || modes.contains(AccessMode.EXECUTE)) {
            throw refused();
        }
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
        return new Reading(modules.text(place(path)).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        return Map.of("isRegularFile", true, "isDirectory", false);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) {
        throw refused();
    }

    @Override
    public void delete(Path path) {
        throw refused();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter) {
        throw refused();
    }

    private static SecurityException refused() {
        return new SecurityException("scripts have no files");
    }

    /** A text as the engine reads it. */
    private static final class Reading implements SeekableByteChannel {
        private final ByteBuffer bytes;
        private boolean open = true;

        Reading(byte[] bytes) {
            this.bytes = ByteBuffer.wrap(bytes);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (!open) {
                throw new ClosedChannelException();
            }
            if (!bytes.hasRemaining()) {
                return -1;
            }
            int count = Math.min(target.remaining(), bytes.remaining());
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public int write(ByteBuffer source) {
            throw new NonWritableChannelException();
        }

        @Override
        public long position() {
            return bytes.position();
        }

        @Override
        public SeekableByteChannel position(long position) {
            bytes.position((int) Math.min(position, bytes.limit()));
            return this;
        }

        @Override
        public long size() {
            return bytes.limit();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new NonWritableChannelException();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
