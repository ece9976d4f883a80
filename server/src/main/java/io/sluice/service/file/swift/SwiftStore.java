package io.sluice.service.file.swift;

import io.sluice.service.file.FileEntry;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.FirstBytes;
import io.sluice.service.file.StoreFailure;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A container of Swift. Swift shows a new object when all of it is there and keeps the old one till then, so an upload needs no other name
 * while it lasts. Folders are empty objects named {@code folder/}; what others write for folders counts too.
 */
final class SwiftStore implements FileStore {
    /** Content up to this size is held, so that it can be sent again after a new login. */
    private static final int HELD_BYTES = 1 << 20;

    private final Container container;
    private final ManyDeletes deletes;

    SwiftStore(Container container) {
        this.container = container;
        this.deletes = new ManyDeletes(container);
    }

    @Override
    public Optional<FileEntry> find(FilePath path) throws IOException {
        if (path.folder()) {
            return path.isRoot() ? Optional.of(root()) : folder(path);
        }
        return head(path).filter(head -> !head.isFolder()).map(head -> entry(path, head));
    }

    /** Asked twice: while a file is replaced, a cluster may say for a moment that there is none. */
    private Optional<Head> head(FilePath file) throws IOException {
        Optional<Head> first = container.head(file.bare());
        return first.isPresent() ? first : container.head(file.bare());
    }

    /** There, whether its container was made already or not. */
    private FileEntry root() throws IOException {
        return container
                .head("")
                .map(head -> entry(FilePath.ROOT, head))
                .orElseGet(() -> new FileEntry(FilePath.ROOT, Instant.EPOCH, 0));
    }

    /** By the object that stands for it, ours or of another kind of client; else by what lies in it. */
    private Optional<FileEntry> folder(FilePath path) throws IOException {
        Optional<Head> marker = container.head(path.toString());
        if (marker.isEmpty()) {
            marker = container.head(path.bare()).filter(Head::isFolder);
        }
        if (marker.isEmpty() && container.hasAny(path.toString())) {
            return Optional.of(new FileEntry(path, Instant.EPOCH, 0));
        }
        return marker.map(head -> entry(path, head));
    }

    private static FileEntry entry(FilePath path, Head head) {
        return new FileEntry(path, head.modified(), path.folder() ? 0 : head.size());
    }

    @Override
    public List<FileEntry> list(FilePath folder, boolean deep) throws IOException {
        Tree tree = new Tree(folder);
        for (Pages pages = new Pages(container, folder, !deep); pages.next(); ) {
            pages.page().forEach(tree::add);
        }
        return tree.entries();
    }

    @Override
    public InputStream open(FilePath file, long from, long length) throws IOException {
        if (length <= 0) {
            return InputStream.nullInputStream();
        }
        boolean toTheEnd = length > Long.MAX_VALUE - from;
        if (from == 0 && toTheEnd) {
            return get(file, Optional.empty());
        }
        String range = "bytes=" + from + "-" + (toTheEnd ? "" : from + length - 1);
        return new FirstBytes(get(file, Optional.of(range)), length);
    }

    private InputStream get(FilePath file, Optional<String> range) throws IOException {
        try {
            return container.get(file.bare(), range);
        } catch (FileNotFoundException e) {
            return container.get(file.bare(), range); // asked twice, like its head
        }
    }

    @Override
    public void write(FilePath file, InputStream content, OptionalLong length) throws IOException {
        if (length.isPresent() && length.getAsLong() <= HELD_BYTES) {
            container.put(file.bare(), held(content, (int) length.getAsLong()));
            return;
        }
        if (length.orElse(0) > Cluster.USUAL_MOST_BYTES
                && length.getAsLong() > container.cluster().mostBytes()) {
            throw Cluster.tooLarge(file.bare());
        }
        container.ready();
        DigestInputStream hashed = new DigestInputStream(content, md5());
        String stored = container.put(file.bare(), hashed, length);
        String sent = HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        if (!stored.isEmpty() && !stored.equalsIgnoreCase(sent)) {
            container.delete(file.bare());
            throw StoreFailure.unreachable("it stored something else than was sent, which was deleted", null);
        }
    }

    private static byte[] held(InputStream content, int length) throws IOException {
        byte[] bytes = content.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the content ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5"); // Swift's own check of what arrived
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void makeFolder(FilePath folder) throws IOException {
        container.putFolder(folder.toString());
    }

    @Override
    public void delete(FilePath file) throws IOException {
        container.delete(file.bare());
    }

    /** What stands for the folder goes last, so that a delete that fails in the middle can be made again. */
    @Override
    public void deleteFolder(FilePath folder, boolean contentOnly) throws IOException {
        if (contentOnly && !folder.isRoot()) {
            container.putFolder(folder.toString()); // it may be there only by what lies in it
        }
        for (Pages pages = new Pages(container, folder, false); pages.next(); ) {
            deletes.delete(pages.page().stream()
                    .map(Listed::whole)
                    .filter(name -> !name.equals(folder.toString()))
                    .toList());
        }
        if (!contentOnly && !folder.isRoot()) {
            deleteMarkers(folder);
        }
    }

    private void deleteMarkers(FilePath folder) throws IOException {
        if (container.head(folder.bare()).filter(Head::isFolder).isPresent()) {
            container.delete(folder.bare());
        }
        container.delete(folder.toString());
    }

    @Override
    public void copy(FilePath from, FilePath to) throws IOException {
        if (!container.copy(from.bare(), to.bare())) {
            throw new FileNotFoundException(from.toString());
        }
    }
}
