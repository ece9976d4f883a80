package io.sluice.service.file;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.Verb;
import java.io.IOException;
import java.util.Map;

/** Single files and folders that are put into a store for a call. */
record Uploads(FileStore store, Unpacking unpacking) {
    /** A name from a header or body is judged by the caller's role like one in the address. */
    static void allow(ServiceRequest request, Verb verb, FilePath path) {
        if (!request.rights().may(verb, path.toString())) {
            throw ApiException.forbidden("Access to '" + path + "' is not allowed for this caller.");
        }
    }

    /** Stores the content as that file, or unpacks it beside it when the call says so; what was made. */
    Map<String, Object> take(ServiceRequest request, FilePath file, Incoming incoming) throws IOException {
        return take(request, file, incoming, clearing(request));
    }

    /** To be shared by all that one call stores. */
    Clearing clearing(ServiceRequest request) {
        return new Clearing(request, store);
    }

    Map<String, Object> take(ServiceRequest request, FilePath file, Incoming incoming, Clearing clearing)
            throws IOException {
        allow(request, request.verb(), file);
        needsFolder(file.parent());
        if (request.parameters().flag("extract") && incoming.isZip(file.name())) {
            unpacking.unpack(request, file.parent(), incoming.content(), clearing);
            return Shown.made(file.parent());
        }
        if (request.parameters().flag("check_exist")) {
            mustNotExist(file);
        }
        write(file, incoming);
        clearing.stored(file);
        return Shown.made(file);
    }

    void mustNotExist(FilePath file) throws IOException {
        if (store.find(file).isPresent()) {
            throw ApiException.badRequest("File '" + file + "' already exists.");
        }
    }

    void write(FilePath file, Incoming incoming) throws IOException {
        mustNotBeFolder(file);
        store.write(file, incoming.content(), incoming.length());
    }

    void mustNotBeFolder(FilePath file) throws IOException {
        if (store.find(new FilePath(file.names(), true)).isPresent()) {
            throw ApiException.badRequest("'" + file + "' is a folder already.");
        }
    }

    void make(FilePath folder) throws IOException {
        boolean taken = folder.isRoot()
                || store.find(folder).isPresent()
                || store.find(new FilePath(folder.names(), false)).isPresent();
        if (taken) {
            throw ApiException.badRequest("Folder '" + (folder.isRoot() ? "/" : folder) + "' already exists.");
        }
        needsFolder(folder.parent());
        store.makeFolder(folder);
    }

    void needsFolder(FilePath folder) throws IOException {
        if (store.find(folder).isEmpty()) {
            throw ApiException.notFound("Folder '" + folder.bare() + "' does not exist.");
        }
    }
}
