package io.sluice.service.file;

import io.sluice.api.ApiException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folders of a service that anybody may read, with all that lies below them. */
record PublicFolders(List<FilePath> folders) {
    static final PublicFolders NONE = new PublicFolders(List.of());

    /** The config field: a list of paths, or one, or comma-separated ones. A path that may not be is a 400. */
    static PublicFolders of(@Nullable Object configured) {
        Stream<?> paths = switch (configured) {
            case null -> Stream.of();
            case List<?> list -> list.stream();
            default -> Stream.of(configured.toString().split(","));
        };
        return new PublicFolders(paths.map(String::valueOf)
                .map(String::strip)
                .filter(path -> !path.isEmpty())
                .map(PublicFolders::folder)
                .toList());
    }

    private static FilePath folder(String path) {
        FilePath folder = FilePath.of(path.startsWith("/") ? path.substring(1) : path);
        if (folder.isRoot() && !path.equals("/")) {
            throw ApiException.badRequest("'public_path' must list folders; '" + path + "' is none. The root is '/'.");
        }
        return new FilePath(folder.names(), true);
    }

    boolean hold(FilePath path) {
        return folders.stream().anyMatch(folder -> path.toString().startsWith(folder.toString()));
    }
}
