package io.sluice.service.file;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.BrokenBody;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import io.sluice.service.Described;
import io.sluice.service.EventPath;
import io.sluice.service.PublicContent;
import io.sluice.service.Service;
import io.sluice.service.TextSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file API over one store. */
final class FileService implements Service, TextSource, Described, PublicContent {
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
    private final PublicFolders publicFolders;

    /** @param publicFolders may be read by anybody */
    FileService(String name, FileStore store, Intake intake, PublicFolders publicFolders) {
        this.name = name;
        this.store = store;
        this.publicFolders = publicFolders;
        this.reads = new Reads(name, store);
        Uploads uploads = new Uploads(store, new Unpacking(store, intake.archives()));
        this.writes = new Writes(uploads, new ItemWrites(store, uploads), intake.imports());
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

    @Override
    public Optional<ServiceResult> publicly(ServiceRequest request) {
        FilePath path = FilePath.of(request.resource());
        if (path.folder() || !publicFolders.hold(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(reads.answer(request, path));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** A store may have packed what broke off into a failure of its own. */
    private ApiException failed(IOException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BrokenBody broken) {
                return broken.said();
            }
            if (cause instanceof StoreFailure said) {
                return failed(said);
            }
        }
        return unexpected(failure);
    }

    private ApiException unexpected(IOException cause) {
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
