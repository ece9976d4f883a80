package io.sluice.service.file.connected;

import io.sluice.api.ApiException;
import io.sluice.service.file.FileEntry;
import io.sluice.service.file.FilePath;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Folders of a server with all that lies below. Links are shown as what they lead to, and never walked into. */
record Tree(Connection connection) {
    static FileEntry entry(FilePath path, Node node) {
        return new FileEntry(path, node.modified(), path.folder() ? 0 : node.size());
    }

    void gather(FilePath folder, String place, boolean deep, List<FileEntry> found) throws IOException {
        for (Node node : sorted(place)) {
            Optional<FileEntry> entry = shown(folder, place, node);
            if (entry.isEmpty()) {
                continue;
            }
            found.add(entry.get());
            if (deep && node.kind() == Node.Kind.FOLDER) {
                gather(entry.get().path(), Container.below(place, node.name()), true, found);
            }
        }
    }

    private List<Node> sorted(String place) throws IOException {
        return connection.list(place).stream()
                .filter(node -> !Part.is(node.name()))
                .sorted(Comparator.comparing(Node::name))
                .toList();
    }

    /** Empty for what cannot be addressed: links that lead nowhere, pipes, names that the API refuses. */
    private Optional<FileEntry> shown(FilePath folder, String place, Node node) throws IOException {
        Optional<Node> real = node.kind() == Node.Kind.LINK ? target(place, node) : Optional.of(node);
        if (real.isEmpty() || real.get().kind() == Node.Kind.OTHER) {
            return Optional.empty();
        }
        try {
            FilePath path = folder.child(node.name(), real.get().kind() == Node.Kind.FOLDER);
            return Optional.of(entry(path, real.get()));
        } catch (ApiException e) {
            return Optional.empty();
        }
    }

    private Optional<Node> target(String place, Node link) throws IOException {
        String path = Container.below(place, link.name());
        Optional<Node> file = connection.find(path, false);
        return file.isPresent() ? file : connection.find(path, true);
    }

    void delete(String folder) throws IOException {
        if (!connection.removedAtOnce(folder)) {
            empty(folder);
            connection.deleteFolder(folder);
        }
    }

    void empty(String folder) throws IOException {
        for (Node node : connection.list(folder)) {
            String path = Container.below(folder, node.name());
            if (node.kind() == Node.Kind.FOLDER) {
                delete(path);
            } else {
                connection.delete(path);
            }
        }
    }
}
