package io.sluice.service.file;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import io.sluice.service.Described;
import io.sluice.service.EventPath;
import io.sluice.service.Service;
import io.sluice.service.TextSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The file API over one store. */
final class FileService implements Service, TextSource, Described {
    /** An access list shows at most so many folders. */
    private static final int MAX_COMPONENTS = 1000;

    private static final Catalogue CATALOGUE = new Catalogue(List.of(
            new Catalogue.Endpoint("", List.of(Verb.GET, Verb.POST, Verb.PATCH, Verb.DELETE)),
            new Catalogue.Endpoint("{folder_path}", List.of(Verb.GET, Verb.POST, Verb.PATCH, Verb.DELETE)),
            new Catalogue.Endpoint("{file_path}", List.of(Verb.GET, Verb.POST, Verb.PUT, Verb.PATCH, Verb.DELETE))));

    /** When a caller may try again at a storage that did not answer. */
    private static final int RETRY_SECONDS = 5;

    private final String name;
    private final FileStore store;
    private final Reads reads;
    private final Writes writes;
    private final Deletes deletes;
    private final StoredText texts;

    FileService(String name, FileStore store) {
        this.name = name;
        this.store = store;
        this.reads = new Reads(store);
        this.writes = new Writes(store);
        this.deletes = new Deletes(store);
        this.texts = new StoredText(store);
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        FilePath path = FilePath.of(request.resource());
        try {
            return switch (request.verb()) {
                case GET ->
                    path.isRoot() && request.parameters().flag("as_access_list")
                            ? ServiceResult.list(components())
                            : reads.answer(request, path);
                case POST, PUT -> writes.answer(request, path);
                case PATCH ->
                    throw ApiException.notImplemented("The storage of service '" + name
                            + "' keeps no properties of files or folders that could be changed.");
                case DELETE -> deletes.answer(request, path);
            };
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private ApiException failed(IOException cause) {
        if (cause instanceof StoreFailure said) {
            return failed(said);
        }
        return new ApiException(
                ApiError.because(
                        500,
                        "storage_failed",
                        "The storage of service '" + name
                                + "' failed. The server's log says more to its administrator."),
                cause);
    }

    private ApiException failed(StoreFailure said) {
        String message = "The storage of service '" + name + "' failed: " + said.getMessage() + ".";
        return switch (said.kind()) {
            case UNREACHABLE -> ApiException.unavailable("storage_unreachable", message, RETRY_SECONDS, said);
            case DENIED -> new ApiException(ApiError.because(502, "storage_denied", message), said);
            case FULL -> new ApiException(ApiError.because(507, "storage_full", message), said);
        };
    }

    @Override
    public Catalogue catalogue() {
        return CATALOGUE;
    }

    @Override
    public Description describe(Scope scope) {
        return FileOperations.ALL;
    }

    @Override
    public List<EventPath> events(ServiceRequest request) {
        if (request.resource().isRoot()) {
            return List.of(new EventPath(name, ""));
        }
        FilePath path = FilePath.of(request.resource());
        return List.of(new EventPath(name + (path.folder() ? ".{folder_path}" : ".{file_path}"), path.toString()));
    }

    @Override
    public List<String> components() {
        List<String> all = new ArrayList<>(List.of("", "*"));
        try {
            store.list(FilePath.ROOT, true).stream()
                    .filter(entry -> entry.path().folder())
                    .limit(MAX_COMPONENTS)
                    .forEach(entry -> all.addAll(List.of(entry.path().toString(), entry.path() + "*")));
        } catch (IOException e) {
            throw failed(e);
        }
        return all;
    }

    @Override
    public Reading read(Address address) {
        return texts.read(address);
    }

    @Override
    public void close() {
        store.close();
    }
}
