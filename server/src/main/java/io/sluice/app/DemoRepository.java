package io.sluice.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** The bare Git repository with the demo's scripts, and the hook that tells Sluice of a push. */
final class DemoRepository {
    private static final List<String> FILES = List.of("hello.js", "hello.test.yaml", "orders.js", "orders.test.yaml");

    private DemoRepository() {}

    static void make(Path folder) throws IOException {
        if (Files.exists(folder.resolve("HEAD"))) {
            return;
        }
        Files.createDirectories(folder);
        try (Repository repository = new FileRepository(folder.toFile())) {
            repository.create(true);
            repository.updateRef(Constants.HEAD).link("refs/heads/main");
            RefUpdate main = repository.updateRef("refs/heads/main");
            main.setNewObjectId(commit(repository));
            main.update();
        }
    }

    private static ObjectId commit(Repository repository) throws IOException {
        try (ObjectInserter objects = repository.newObjectInserter()) {
            DirCache tree = DirCache.newInCore();
            DirCacheBuilder entries = tree.builder();
            for (String file : FILES) {
                DirCacheEntry entry = new DirCacheEntry(file);
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(objects.insert(
                        Constants.OBJ_BLOB,
                        SampleDatabase.text("demo/" + file).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
                entries.add(entry);
            }
            entries.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree.writeTree(objects));
            commit.setAuthor(new PersonIdent("Sluice demo", "demo@example.com", Instant.now(), ZoneOffset.UTC));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("The demo's scripts\n");
            ObjectId id = objects.insert(commit);
            objects.flush();
            return id;
        }
    }

    /** Writes the hook that stands in for a Git host's webhook; anew at each start, since the port may have changed. */
    static void tellOnPush(Path folder, String address, String event, String key) throws IOException {
        Path hook = folder.resolve("git/scripts.git/hooks/post-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, """
                #!/bin/sh
                # Stands in for a Git host's webhook: tells Sluice that the scripts have moved on.
                for script in '_event/%s' 'hello'; do
                  curl -s -o /dev/null -X POST "%s/api/v2/system/cache/$script?method=DELETE" -H 'X-DreamFactory-API-Key: %s'
                done
                echo 'Sluice has been told; the next call runs the new version.'
                """.formatted(event, address, key));
        if (Files.getFileStore(hook).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
