package io.sluice.service.file.ftp;

import io.sluice.service.file.connected.Node;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPReply;

/**
 * What lies where. By facts (MLST, MLSD) where the server knows them; else a file by SIZE and MDTM, and lists from what LIST prints:
 * times to the minute there, taken as UTC.
 */
record Lookup(FTPClient client, Dialect dialect) {
    Optional<Node> find(String path, boolean folder) throws IOException {
        if (!dialect.facts()) {
            return probe(path, folder);
        }
        FTPFile told = client.mlistFile(path);
        if (told == null) {
            // Apache FtpServer says 501 of what is missing, and of names that it takes for patterns.
            return client.getReplyCode() == FTPReply.SYNTAX_ERROR_IN_ARGUMENTS
                    ? probe(path, folder)
                    : nothing("look at it");
        }
        Node node = node(told);
        return answers(node, path)
                ? Optional.of(node).filter(one -> one.kind() == (folder ? Node.Kind.FOLDER : Node.Kind.FILE))
                : probe(path, folder);
    }

    /** What a link leads to is not told; and a name with a question mark is a pattern to some, who tell of another one. */
    private static boolean answers(Node node, String path) {
        return node.kind() != Node.Kind.LINK && name(node.name()).equals(name(path));
    }

    private Optional<Node> probe(String path, boolean folder) throws IOException {
        return folder ? folder(path) : file(path);
    }

    /** The server said that there is nothing, or that it may not be seen. */
    private Optional<Node> nothing(String doing) throws IOException {
        boolean missing = switch (client.getReplyCode()) {
            case 501, 550, 553 -> !Replies.isAboutRights(client);
            default -> false;
        };
        if (missing) {
            return Optional.empty();
        }
        throw Replies.refused(client, doing);
    }

    private Optional<Node> file(String path) throws IOException {
        String size = client.getSize(path);
        if (size == null) {
            return nothing("tell the size of a file");
        }
        Optional<Instant> modified = Optional.ofNullable(client.mdtmInstant(path));
        return Optional.of(
                new Node(name(path), Node.Kind.FILE, modified.orElse(Instant.EPOCH), Long.parseLong(size.strip())));
    }

    private Optional<Node> folder(String path) throws IOException {
        if (!client.changeWorkingDirectory(path)) {
            return nothing("enter a folder");
        }
        return Optional.of(new Node(name(path), Node.Kind.FOLDER, timeOf(path), 0));
    }

    /** Only the folder above tells it; some cannot be read, and the root lies in none. */
    private Instant timeOf(String folder) throws IOException {
        String above = folder.substring(0, Math.max(folder.lastIndexOf('/'), 0)) + "/";
        if (folder.equals("/") || !client.changeWorkingDirectory(above)) {
            return Instant.EPOCH;
        }
        return inside().stream()
                .filter(node -> node.name().equals(name(folder)))
                .map(Node::modified)
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The folder is entered first: as an argument, its name could be taken for a pattern or an option. */
    List<Node> list(String folder) throws IOException {
        if (!client.changeWorkingDirectory(folder)) {
            throw Replies.refused(client, "enter a folder");
        }
        return inside();
    }

    private List<Node> inside() throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (FTPFile told : told()) {
            if (isName(told.getName())) {
                nodes.add(node(told));
            }
        }
        if (!FTPReply.isPositiveCompletion(client.getReplyCode())) {
            throw Replies.refused(client, "list a folder");
        }
        return nodes;
    }

    private FTPFile[] told() throws IOException {
        if (!dialect.facts()) {
            return client.listFiles();
        }
        return dialect.hides() ? client.mlistDir("-a") : client.mlistDir();
    }

    /** Not the folder itself, nor the one above; a control character could begin a command of its own. */
    private static boolean isName(String name) {
        return !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.chars().noneMatch(Character::isISOControl);
    }

    private static Node node(FTPFile told) {
        Instant modified = Optional.ofNullable(told.getTimestampInstant()).orElse(Instant.EPOCH);
        return new Node(told.getName(), kind(told), modified, told.getSize());
    }

    /** A kind that the library does not know may be a link ({@code OS.unix=slink}). */
    private static Node.Kind kind(FTPFile told) {
        if (told.isFile()) {
            return Node.Kind.FILE;
        }
        return told.isDirectory() ? Node.Kind.FOLDER : Node.Kind.LINK;
    }
}
