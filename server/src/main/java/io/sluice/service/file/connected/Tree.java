package io.sluice.service.file.connected;

import io.sluice.api.ApiException;
import io.sluice.service.file.FileEntry;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Folders of a server with all that lies below. Links are shown as what they lead to, and never walked into. */
record Tree(Connection connection) {
    private static final int ROUNDS = 3;
    private static final int LONGEST_PATH = 4096;

    static FileEntry entry(FilePath path, Node node) {
        return new FileEntry(path, node.modified(), path.folder() ? 0 : node.size());
    }

    void gather(FilePath folder, String place, boolean deep, List<FileEntry> found) throws IOException {
        gather(new Walk(deep, found, new ArrayDeque<>()), folder, place);
    }

    private record Walk(boolean deep, List<FileEntry> found, Deque<List<Node>> above) {
        /**
         * Some servers show links as folders. A folder that holds just what several above it hold, to the time, is one of them again;
         * where times are not told, the length of paths ends the walk.
         */
        boolean circles(List<Node> nodes, String place) {
            long same = nodes.isEmpty()
                    ? 0
                    : above.stream().filter(nodes::equals).limit(ROUNDS).count();
            boolean timed = nodes.stream().allMatch(node -> node.modified().isAfter(Instant.EPOCH));
            return place.length() > LONGEST_PATH || (timed && same == ROUNDS);
        }
    }

    private void gather(Walk walk, FilePath folder, String place) throws IOException {
        List<Node> nodes = sorted(place);
        if (walk.circles(nodes, place)) {
            return;
        }
        walk.above().push(nodes);
        for (Node node : nodes) {
            Optional<FileEntry> entry = shown(folder, place, node);
            entry.ifPresent(walk.found()::add);
            if (entry.isPresent() && walk.deep() && node.kind() == Node.Kind.FOLDER) {
                gather(walk, entry.get().path(), Container.below(place, node.name()));
            }
        }
        walk.above().pop();
    }

    private List<Node> sorted(String place) throws IOException {
        List<Node> nodes = connection.list(place);
        for (Node node : nodes) {
            if (Part.leftBehind(node)) {
                sweep(Container.below(place, node.name()));
            }
        }
        return nodes.stream()
                .filter(node -> !Part.is(node.name()))
                .sorted(Comparator.comparing(Node::name))
                .toList();
    }

    private void sweep(String part) throws IOException {
        try {
            connection.delete(part);
        } catch (StoreFailure | Refusal said) {
            // It stays hidden: somebody else was quicker, or this login may only read.
        }
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
