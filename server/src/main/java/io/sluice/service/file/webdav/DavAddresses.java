package io.sluice.service.file.webdav;

import io.sluice.service.file.Encoded;
import io.sluice.service.file.FilePath;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Where paths lie on the server.
 *
 * @param base without a slash at its end
 * @param container the folder below it that the service shows
 */
record DavAddresses(URI base, FilePath container) {
    /** Folders with a slash at their end: servers redirect those without. */
    URI of(FilePath path) {
        return at(path.names(), path.folder());
    }

    private URI at(List<String> names, boolean folder) {
        List<String> all = new ArrayList<>(container.names());
        all.addAll(names);
        return URI.create(base + "/" + Encoded.path(all) + (folder && !all.isEmpty() ? "/" : ""));
    }

    /** Of what a list told, whatever its name. */
    URI in(FilePath folder, Resource resource) {
        List<String> names = new ArrayList<>(folder.names());
        names.add(resource.name());
        return at(names, resource.folder());
    }

    /** A name of ours in the folder of a file. */
    URI beside(FilePath file, String name) {
        List<String> names = new ArrayList<>(file.parent().names());
        names.add(name);
        return at(names, false);
    }

    /** The folders of the container, outermost first, then the container itself. */
    List<URI> toContainer() {
        List<URI> folders = new ArrayList<>();
        for (int depth = 1; depth <= container.names().size(); depth++) {
            folders.add(URI.create(base + "/" + Encoded.path(container.names().subList(0, depth)) + "/"));
        }
        return folders;
    }
}
