package io.sluice.service.file;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Zip archives are unpacked into a folder: not before all of an archive was judged, and then file by file. */
record Unpacking(FileStore store, ArchiveLimits limits) {
    /** What becomes of one entry. */
    private record Place(FilePath path, long size) {}

    void unpack(ServiceRequest request, FilePath folder, InputStream content, Clearing clearing) throws IOException {
        boolean clean = request.parameters().flag("clean");
        if (clean) {
            clearing.allow(folder);
        }
        try (Archive archive = Archive.of(content, limits)) {
            List<Place> places = places(request, folder, archive.entries());
            if (clean) {
                clearing.clear(folder);
            }
            fill(archive, folder, places);
        }
    }

    private List<Place> places(ServiceRequest request, FilePath folder, List<Archive.Entry> entries)
            throws IOException {
        List<Place> places = new ArrayList<>();
        for (Archive.Entry entry : entries) {
            FilePath path = folder.child(entry.name(), entry.folder());
            judge(request, folder, path);
            places.add(new Place(path, entry.size()));
        }
        return places;
    }

    private void judge(ServiceRequest request, FilePath folder, FilePath path) throws IOException {
        Uploads.allow(request, request.verb(), path);
        if (path.names().size() - folder.names().size() > limits.depth()) {
            throw ApiException.badRequest(
                    "The zip archive is refused: its folders are more than " + limits.depth() + " deep.");
        }
        if (request.parameters().flag("check_exist")
                && !path.folder()
                && !request.parameters().flag("clean")
                && store.find(path).isPresent()) {
            throw ApiException.badRequest("File '" + path + "' already exists.");
        }
    }

    private void fill(Archive archive, FilePath folder, List<Place> places) throws IOException {
        Set<FilePath> there = new HashSet<>(Set.of(folder));
        Iterator<Place> inOrder = places.iterator();
        archive.each((name, asFolder, content) -> {
            Place place = inOrder.next();
            if (asFolder) {
                make(place.path(), there);
            } else {
                make(place.path().parent(), there);
                refuseFolder(place.path());
                store.write(place.path(), content, OptionalLong.of(place.size()));
            }
        });
    }

    private void refuseFolder(FilePath file) throws IOException {
        if (store.find(new FilePath(file.names(), true)).isPresent()) {
            throw ApiException.badRequest("'" + file + "' is a folder already.");
        }
    }

    /** Archives need not name the folders of their files. */
    private void make(FilePath folder, Set<FilePath> there) throws IOException {
        if (there.contains(folder)) {
            return;
        }
        make(folder.parent(), there);
        if (store.find(folder).isEmpty()) {
            if (store.find(new FilePath(folder.names(), false)).isPresent()) {
                throw ApiException.badRequest("'" + folder.bare() + "' is a file already.");
            }
            store.makeFolder(folder);
        }
        there.add(folder);
    }
}
