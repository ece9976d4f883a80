package io.sluice.service.file.ftp;

import io.sluice.service.file.StoreFailure;
import io.sluice.service.file.connected.Connection;
import io.sluice.service.file.connected.Node;
import io.sluice.service.file.connected.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.commons.net.ftp.FTPClient;
import org.jspecify.annotations.Nullable;

/** One control connection. Each command waits for its reply; one that got none leaves the connection unusable. */
final class FtpConnection implements Connection {
    private final FTPClient client;
    private final Lookup lookup;
    private final String home;
    private boolean usable = true;

    FtpConnection(FTPClient client, Dialect dialect, String home) {
        this.client = client;
        this.lookup = new Lookup(client, dialect);
        this.home = home;
    }

    /** Commands and their replies. */
    private interface Talk<T> {
        T hold() throws IOException;
    }

    private <T> T talk(Talk<T> talk) throws IOException {
        boolean clear = false;
        try {
            T said = talk.hold();
            clear = true;
            return said;
        } catch (StoreFailure | Refusal e) {
            clear = true;
            throw e;
        } finally {
            usable &= clear;
        }
    }

    void refuse(boolean done, String doing) throws IOException {
        if (!done) {
            throw Replies.refused(client, doing);
        }
    }

    @Override
    public String home() {
        return home;
    }

    @Override
    public boolean answers() {
        try {
            return client.sendNoOp();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean usable() {
        return usable;
    }

    @Override
    public Optional<Node> find(String path, boolean folder) throws IOException {
        return talk(() -> lookup.find(path, folder));
    }

    @Override
    public List<Node> list(String folder) throws IOException {
        return talk(() -> lookup.list(folder));
    }

    @Override
    public InputStream read(String file, long from, long length) throws IOException {
        return talk(() -> {
            long size = size(file);
            client.setRestartOffset(from);
            @Nullable InputStream data = client.retrieveFileStream(file);
            refuse(data != null, "read a file");
            return new FtpDownload(this, file, data, new FtpDownload.Extent(from, length, size)).begun();
        });
    }

    /** Of a file in bytes, -1 when the server does not tell. */
    long size(String file) throws IOException {
        String told = client.getSize(file);
        return told == null ? -1 : Long.parseLong(told.strip());
    }

    /** The reply behind data: whether the server says that it sent or got all of it. */
    boolean complete() throws IOException {
        return client.completePendingCommand();
    }

    /** What the server said last, as it said it. */
    String reply() {
        return String.valueOf(client.getReplyString()).strip();
    }

    /** Ends it in the middle of data. */
    void abandon() {
        usable = false;
        close();
    }

    @Override
    public void write(String file, InputStream content) throws IOException {
        talk(() -> {
            @Nullable OutputStream data = client.storeFileStream(file);
            refuse(data != null, "write a file");
            send(content, data);
            refuse(complete(), "write a file");
            return true;
        });
    }

    private void send(InputStream content, OutputStream data) throws IOException {
        try (data) {
            content.transferTo(data);
        } catch (IOException e) {
            refuse(complete(), "write a file"); // a full disk ends the data, and only the reply says why
            throw e;
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        talk(() -> {
            refuse(client.rename(from, to), "rename a file");
            return true;
        });
    }

    @Override
    public void delete(String file) throws IOException {
        talk(() -> {
            refuse(client.deleteFile(file), "delete a file");
            return true;
        });
    }

    @Override
    public void makeFolder(String folder) throws IOException {
        talk(() -> {
            refuse(client.makeDirectory(folder), "make a folder");
            return true;
        });
    }

    @Override
    public void deleteFolder(String folder) throws IOException {
        talk(() -> {
            leave();
            refuse(client.removeDirectory(folder), "delete a folder");
            return true;
        });
    }

    /** Some servers delete no folder that is being worked in. */
    private void leave() throws IOException {
        client.changeWorkingDirectory("/");
    }

    /** A link goes like a file at some servers, like a folder at others. */
    @Override
    public boolean removedAtOnce(String folder) throws IOException {
        return talk(() -> {
            leave();
            return client.deleteFile(folder) || client.removeDirectory(folder);
        });
    }

    @Override
    public void close() {
        try {
            client.disconnect();
        } catch (IOException e) {
            // Nothing is left to be lost.
        }
    }
}
