package io.sluice.testing;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A real Git server in this process: bare repositories in a folder, over smart HTTP, for reading and pushing. */
public final class GitServer implements AutoCloseable {
    private final Path folder;
    private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    private final AtomicInteger requests = new AtomicInteger();
    private volatile String credentials = "";
    private long seconds = 1_767_348_000;

    private GitServer(Path folder) {
        this.folder = folder;
    }

    /** Serves the repositories in that folder on a free port of 127.0.0.1; anybody may read and push. */
    public static GitServer start(Path folder) throws Exception {
        GitServer made = new GitServer(folder);
        GitServlet git = new GitServlet();
        git.setRepositoryResolver((request, name) -> made.open(name));
        git.setReceivePackFactory((request, repository) -> new ReceivePack(repository));
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(git), "/git/*");
        context.addFilter(new FilterHolder(made.guard()), "/*", EnumSet.of(DispatcherType.REQUEST));
        made.server.setHandler(context);
        made.server.start();
        return made;
    }

    private Filter guard() {
        return (request, response, chain) -> {
            requests.incrementAndGet();
            String sent = ((HttpServletRequest) request).getHeader("Authorization");
            if (credentials.isEmpty() || ("Basic " + credentials).equals(sent)) {
                chain.doFilter(request, response);
            } else {
                ((HttpServletResponse) response).setHeader("WWW-Authenticate", "Basic realm=\"git\"");
                ((HttpServletResponse) response).sendError(401);
            }
        };
    }

    /** From now on only this user may read and push. */
    public GitServer requiring(String username, String password) {
        credentials = Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** What the addresses of the repositories begin with. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort() + "/git");
    }

    /** The folder that holds the bare repositories. */
    public Path folder() {
        return folder;
    }

    /** HTTP requests so far. */
    public int requests() {
        return requests.get();
    }

    /** Makes an empty bare repository whose default branch is {@code main}. */
    public Path create(String name) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name));
        try (Repository made = open(name, place)) {
            made.create(true);
            RefUpdate head = made.updateRef(Constants.HEAD);
            head.link("refs/heads/main");
        }
        return place;
    }

    private Repository open(String name) throws org.eclipse.jgit.errors.RepositoryNotFoundException {
        Path place = folder.resolve(name);
        if (!Files.isDirectory(place)) {
            throw new org.eclipse.jgit.errors.RepositoryNotFoundException(name);
        }
        return open(name, place);
    }

    private static Repository open(String name, Path place) {
        try {
            return new FileRepositoryBuilder()
                    .setGitDir(place.toFile())
                    .setBare()
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** Sets a value of the repository's own configuration, such as {@code uploadpack}, {@code allowFilter}. */
    public void configure(String repository, String section, String name, String value) throws IOException {
        try (Repository opened = open(repository)) {
            StoredConfig config = opened.getConfig();
            config.setString(section, null, name, value);
            config.save();
        }
    }

    /** Commits one text on a branch, as Ann Vale; the id of the commit. */
    public String commit(String repository, String branch, String path, String text, String message)
            throws IOException {
        try (Repository opened = open(repository);
                ObjectInserter objects = opened.newObjectInserter()) {
            ObjectId blob = objects.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
            return commit(opened, objects, branch, entry(path, FileMode.REGULAR_FILE, blob), message);
        }
    }

    /** Commits an entry of any kind: a link, a submodule, bytes that are no text. */
    public String commitEntry(String repository, String branch, String path, FileMode mode, byte[] content)
            throws IOException {
        try (Repository opened = open(repository);
                ObjectInserter objects = opened.newObjectInserter()) {
            ObjectId id = mode == FileMode.GITLINK
                    ? ObjectId.fromString("0123456789012345678901234567890123456789")
                    : objects.insert(Constants.OBJ_BLOB, content);
            return commit(opened, objects, branch, entry(path, mode, id), "Add " + path);
        }
    }

    /** Commits a tree in which that text lies under each of these names, which Git itself would not write. */
    public String commitNames(String repository, String branch, List<String> names, String text) throws IOException {
        try (Repository opened = open(repository);
                ObjectInserter objects = opened.newObjectInserter()) {
            ObjectId blob = objects.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
            TreeFormatter tree = new TreeFormatter();
            names.forEach(name -> tree.append(name, FileMode.REGULAR_FILE, blob));
            ObjectId id = objects.insert(commitOf(objects.insert(tree), "Names"));
            objects.flush();
            move(opened, "refs/heads/" + branch, id);
            return id.name();
        }
    }

    private synchronized CommitBuilder commitOf(ObjectId tree, String message) {
        PersonIdent ann =
                new PersonIdent("Ann Vale", "ann@example.com", Instant.ofEpochSecond(seconds++), ZoneOffset.UTC);
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setAuthor(ann);
        commit.setCommitter(ann);
        commit.setMessage(message);
        return commit;
    }

    private static DirCacheEntry entry(String path, FileMode mode, ObjectId id) {
        DirCacheEntry entry = new DirCacheEntry(path);
        entry.setFileMode(mode);
        entry.setObjectId(id);
        return entry;
    }

    private synchronized String commit(
            Repository repository, ObjectInserter objects, String branch, DirCacheEntry entry, String message)
            throws IOException {
        ObjectId parent = repository.resolve("refs/heads/" + branch);
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        if (parent != null) {
            addOthers(repository, parent, builder, entry.getPathString());
        }
        builder.add(entry);
        builder.finish();
        CommitBuilder commit = commitOf(index.writeTree(objects), message);
        if (parent != null) {
            commit.setParentId(parent);
        }
        ObjectId id = objects.insert(commit);
        objects.flush();
        move(repository, "refs/heads/" + branch, id);
        return id.name();
    }

    private static void addOthers(Repository repository, ObjectId parent, DirCacheBuilder builder, String replaced)
            throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk tree = new TreeWalk(repository)) {
            RevCommit before = walk.parseCommit(parent);
            tree.addTree(before.getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                if (!tree.getPathString().equals(replaced)) {
                    builder.add(entry(tree.getPathString(), tree.getFileMode(), tree.getObjectId(0)));
                }
            }
        }
    }

    private static void move(Repository repository, String ref, ObjectId id) throws IOException {
        RefUpdate update = repository.updateRef(ref);
        update.setNewObjectId(id);
        update.forceUpdate();
    }

    /** Points a branch at a commit, whatever was there before: a force push. */
    public void reset(String repository, String branch, String commit) throws IOException {
        try (Repository opened = open(repository)) {
            move(opened, "refs/heads/" + branch, ObjectId.fromString(commit));
        }
    }

    /** Makes a branch or a light tag point at that commit, by force: {@code refs/heads/main}. */
    public void point(String repository, String reference, String commit) throws IOException {
        try (Repository opened = open(repository)) {
            move(opened, reference, ObjectId.fromString(commit));
        }
    }

    /** Takes a branch or tag away. */
    public void delete(String repository, String reference) throws IOException {
        try (Repository opened = open(repository)) {
            RefUpdate update = opened.updateRef(reference);
            update.setForceUpdate(true);
            update.delete();
        }
    }

    /** Makes an annotated tag on a commit. */
    public void tag(String repository, String name, String commit) throws IOException {
        try (Repository opened = open(repository);
                ObjectInserter objects = opened.newObjectInserter()) {
            org.eclipse.jgit.lib.TagBuilder tag = new org.eclipse.jgit.lib.TagBuilder();
            tag.setTag(name);
            tag.setObjectId(ObjectId.fromString(commit), Constants.OBJ_COMMIT);
            tag.setTagger(new PersonIdent("Ann Vale", "ann@example.com"));
            tag.setMessage("Release " + name);
            ObjectId id = objects.insert(tag);
            objects.flush();
            move(opened, "refs/tags/" + name, id);
        }
    }

    /** Takes no more connections. */
    public void stop() throws Exception {
        server.stop();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
