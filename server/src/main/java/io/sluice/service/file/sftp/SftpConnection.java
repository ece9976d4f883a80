package io.sluice.service.file.sftp;

import io.sluice.service.file.FirstBytes;
import io.sluice.service.file.connected.Connection;
import io.sluice.service.file.connected.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CopyMode;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;

/** One SFTP channel in a session of its own. Requests carry numbers, so what is broken off leaves the others in order. */
final class SftpConnection implements Connection {
    private final ClientSession session;
    private final SftpClient client;
    private final String home;

    private SftpConnection(ClientSession session, SftpClient client, String home) {
        this.session = session;
        this.client = client;
        this.home = home;
    }

    static SftpConnection over(ClientSession session, SftpClient client) throws IOException {
        return new SftpConnection(session, client, client.canonicalPath("."));
    }

    /** Requests and their replies. */
    private interface Talk<T> {
        T hold() throws IOException;
    }

    private static <T> T talk(String doing, Talk<T> talk) throws IOException {
        try {
            return talk.hold();
        } catch (SftpException e) {
            throw Faults.said(e, doing);
        }
    }

    @Override
    public String home() {
        return home;
    }

    @Override
    public boolean answers() {
        try {
            client.canonicalPath(".");
            return usable();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean usable() {
        return client.isOpen() && session.isOpen();
    }

    @Override
    public Optional<Node> find(String path, boolean folder) throws IOException {
        Node.Kind wanted = folder ? Node.Kind.FOLDER : Node.Kind.FILE;
        return talk("look at a file", () -> {
            try {
                return Optional.of(node(path.substring(path.lastIndexOf('/') + 1), client.stat(path)))
                        .filter(node -> node.kind() == wanted);
            } catch (SftpException e) {
                if (Faults.isMissing(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static Node node(String name, Attributes told) {
        Instant modified = told.getModifyTime() == null
                ? Instant.EPOCH
                : told.getModifyTime().toInstant();
        return new Node(name, kind(told), modified, told.getSize());
    }

    private static Node.Kind kind(Attributes told) {
        if (told.isRegularFile()) {
            return Node.Kind.FILE;
        }
        if (told.isDirectory()) {
            return Node.Kind.FOLDER;
        }
        return told.isSymbolicLink() ? Node.Kind.LINK : Node.Kind.OTHER;
    }

    @Override
    public List<Node> list(String folder) throws IOException {
        return talk("list a folder", () -> {
            List<Node> nodes = new ArrayList<>();
            try (SftpClient.CloseableHandle opened = client.openDir(folder)) {
                for (@Nullable List<DirEntry> some = client.readDir(opened);
                        some != null;
                        some = client.readDir(opened)) {
                    some.stream()
                            .filter(entry -> isName(entry.getFilename()))
                            .map(entry -> node(entry.getFilename(), entry.getAttributes()))
                            .forEach(nodes::add);
                }
            }
            return nodes;
        });
    }

    private static boolean isName(String name) {
        return !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0;
    }

    /** Asks ahead, so that a far server is not waited for with each block. */
    @Override
    public InputStream read(String file, long from, long length) throws IOException {
        return talk("read a file", () -> {
            InputStream content = client.read(file);
            try {
                content.skip(from); // before the first byte is asked for this moves the beginning, and no byte comes
                return new FirstBytes(content, length);
            } catch (IOException | RuntimeException e) {
                content.close();
                throw e;
            }
        });
    }

    @Override
    public void write(String file, InputStream content) throws IOException {
        OutputStream out = talk(
                "write a file",
                () -> client.write(file, EnumSet.of(OpenMode.Write, OpenMode.Create, OpenMode.Truncate)));
        try (out) {
            content.transferTo(out);
        } catch (SftpException e) {
            throw Faults.saidOfContent(e);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        talk("rename a file", () -> {
            OpenSSHPosixRenameExtension posix = client.getExtension(OpenSSHPosixRenameExtension.class);
            if (posix != null && posix.isSupported()) {
                posix.posixRename(from, to);
            } else if (client.getVersion() >= SftpConstants.SFTP_V5) {
                client.rename(from, to, CopyMode.Overwrite);
            } else {
                client.rename(from, to);
            }
            return true;
        });
    }

    @Override
    public void delete(String file) throws IOException {
        talk("delete a file", () -> {
            client.remove(file);
            return true;
        });
    }

    @Override
    public void makeFolder(String folder) throws IOException {
        talk("make a folder", () -> {
            client.mkdir(folder);
            return true;
        });
    }

    @Override
    public void deleteFolder(String folder) throws IOException {
        talk("delete a folder", () -> {
            client.rmdir(folder);
            return true;
        });
    }

    @Override
    public boolean removedAtOnce(String folder) throws IOException {
        return talk("delete a link", () -> {
            boolean link = client.lstat(folder).isSymbolicLink();
            if (link) {
                client.remove(folder);
            }
            return link;
        });
    }

    @Override
    public void close() {
        session.close(true);
    }
}
