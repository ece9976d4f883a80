package io.sluice.service.file;

import io.sluice.api.ApiException;
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

/** The file API over one store. */
final class FileService implements Service, TextSource, Described, PublicContent {
    /** An access list shows at most so many folders. */
    private static final int MAX_COMPONENTS = 1000;

    /** And looks into so many for what they hold. */
    private static final int MAX_LOOKED = 100;

    private static final Catalogue CATALOGUE = new Catalogue(List.of(
            new Catalogue.Endpoint("", List.of(Verb.GET, Verb.POST, Verb.PATCH, Verb.DELETE)),
            new Catalogue.Endpoint("{folder_path}", List.of(Verb.GET, Verb.POST, Verb.PATCH, Verb.DELETE)),
            new Catalogue.Endpoint("{file_path}", List.of(Verb.GET, Verb.POST, Verb.PUT, Verb.PATCH, Verb.DELETE))));

    private final String name;
    private final FileStore store;
    private final Reads reads;
    private final Writes writes;
    private final Deletes deletes;
    private final StoredText texts;
    private final PublicFolders publicFolders;
    private final Failures failures;

    /** @param publicFolders may be read by anybody */
    FileService(String name, FileStore store, Intake intake, PublicFolders publicFolders) {
        this.name = name;
        this.store = store;
        this.publicFolders = publicFolders;
        this.failures = new Failures(name);
        this.reads = new Reads(name, store);
        Uploads uploads = new Uploads(store, new Unpacking(store, intake.archives()));
        this.writes = new Writes(uploads, new ItemWrites(store, uploads, failures), intake.imports());
        this.deletes = new Deletes(store, failures);
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
            throw failures.ending(e);
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
            throw failures.toAnybody(e);
        }
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
            for (FilePath folder : folders()) {
                all.addAll(List.of(folder.toString(), folder + "*"));
            }
        } catch (IOException e) {
            throw failures.ending(e);
        }
        return all;
    }

    /** Two levels of them: a role says `*` for what lies deeper, and storage may be too large to be listed whole. */
    private List<FilePath> folders() throws IOException {
        List<FilePath> found = new ArrayList<>();
        int looked = 0;
        for (FilePath folder : folders(FilePath.ROOT)) {
            found.add(folder);
            if (looked++ < MAX_LOOKED && found.size() < MAX_COMPONENTS) {
                found.addAll(folders(folder));
            }
        }
        return found.subList(0, Math.min(found.size(), MAX_COMPONENTS));
    }

    private List<FilePath> folders(FilePath folder) throws IOException {
        return store.list(folder, false).stream()
                .map(FileEntry::path)
                .filter(FilePath::folder)
                .toList();
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
