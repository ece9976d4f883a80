package io.sluice.service.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The tree of one commit, read object by object: nothing is checked out, so links and submodules are names and no more. */
final class CommitTree implements AutoCloseable {
    private final Repository repository;
    private final RevCommit at;

    private CommitTree(Repository repository, RevCommit at) {
        this.repository = repository;
        this.at = at;
    }

    /** The tree of that commit or of the commit that a tag names. The repository gets closed with it. */
    static CommitTree of(Repository repository, ObjectId id, Spot spot) throws NotRead {
        try (RevWalk walk = new RevWalk(repository)) {
            return new CommitTree(repository, walk.parseCommit(id));
        } catch (MissingObjectException e) {
            throw NotRead.missing(
                    "there is no commit " + Spot.shown(spot.reference()) + " in " + Spot.shown(spot.repository()));
        } catch (IOException e) {
            throw NotRead.unreachable(Spot.shown(spot.repository()) + " could not be read: its objects are damaged", e);
        }
    }

    Commit commit() {
        return History.commit(at);
    }

    /** The ids of all regular files by path; empty when there are more than that many entries. */
    Optional<Map<String, String>> blobs(Spot spot, int most) throws NotRead {
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(at.getTree());
            walk.setRecursive(true);
            Map<String, String> blobs = new LinkedHashMap<>();
            for (int seen = 0; walk.next(); seen++) {
                if (seen >= most) {
                    return Optional.empty();
                }
                if (isFile(walk.getFileMode())) {
                    blobs.put(walk.getPathString(), walk.getObjectId(0).name());
                }
            }
            return Optional.of(blobs);
        } catch (IOException e) {
            throw damaged(spot, e);
        }
    }

    /** The bytes of a regular file. */
    byte[] bytes(Spot spot) throws NotRead {
        try (ObjectReader objects = repository.newObjectReader();
                TreeWalk entry = entry(objects, spot)) {
            refuseWhatIsNoFile(entry.getFileMode(), spot);
            ObjectLoader loader = objects.open(entry.getObjectId(0), Constants.OBJ_BLOB);
            if (loader.getSize() > RepoHost.MAX_FILE_BYTES) {
                throw tooLarge(spot);
            }
            return loader.getCachedBytes(RepoHost.MAX_FILE_BYTES);
        } catch (MissingObjectException e) {
            throw tooLarge(spot); // fetches leave large files out
        } catch (IOException e) {
            throw damaged(spot, e);
        }
    }

    /** The entries of a folder as a list, or the information of a file as a map. */
    Object look(Spot spot) throws NotRead {
        try (ObjectReader objects = repository.newObjectReader()) {
            if (spot.isRoot()) {
                return children(objects, at.getTree(), "");
            }
            try (TreeWalk entry = entry(objects, spot)) {
                return entry.getFileMode() == FileMode.TREE
                        ? children(objects, entry.getObjectId(0), spot.path() + "/")
                        : file(objects, entry);
            }
        } catch (IOException e) {
            throw damaged(spot, e);
        }
    }

    private TreeWalk entry(ObjectReader objects, Spot spot) throws IOException, NotRead {
        TreeWalk entry = TreeWalk.forPath(objects, spot.path(), at.getTree());
        if (entry == null) {
            throw NotRead.missing("there is no " + Spot.shown(spot.toString()) + " at commit "
                    + at.abbreviate(7).name());
        }
        return entry;
    }

    private static void refuseWhatIsNoFile(FileMode mode, Spot spot) throws NotRead {
        if (mode == FileMode.TREE) {
            throw NotRead.missing(Spot.shown(spot.toString()) + " is a folder");
        }
        if (mode == FileMode.GITLINK) {
            throw NotRead.missing(Spot.shown(spot.toString()) + " is a submodule; submodules are not followed");
        }
        if (mode == FileMode.SYMLINK) {
            throw NotRead.missing(Spot.shown(spot.toString()) + " is a symbolic link; links are not followed");
        }
    }

    private static NotRead tooLarge(Spot spot) {
        return NotRead.unfit(Spot.shown(spot.toString()) + " is larger than the " + RepoHost.MAX_FILE_BYTES / (1 << 20)
                + " MB that a file may have");
    }

    private static NotRead damaged(Spot spot, IOException cause) {
        return NotRead.unreachable(
                Spot.shown(spot.toString()) + " could not be read: the repository is damaged", cause);
    }

    private static List<Map<String, Object>> children(ObjectReader objects, ObjectId tree, String prefix)
            throws IOException {
        List<Map<String, Object>> children = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(objects)) {
            walk.addTree(tree);
            while (walk.next()) {
                children.add(information(objects, walk, prefix + walk.getPathString()));
            }
        }
        return children;
    }

    private static Map<String, Object> information(ObjectReader objects, TreeWalk entry, String path)
            throws IOException {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", entry.getNameString());
        shown.put("path", path);
        shown.put("sha", entry.getObjectId(0).name());
        shown.put("type", type(entry.getFileMode()));
        if (isFile(entry.getFileMode())) {
            size(objects, entry).ifPresent(size -> shown.put("size", size));
        }
        return shown;
    }

    private static Map<String, Object> file(ObjectReader objects, TreeWalk entry) throws IOException {
        Map<String, Object> shown = information(objects, entry, entry.getPathString());
        boolean small = shown.get("size") instanceof Long size && size <= RepoHost.MAX_FILE_BYTES;
        if (small) {
            byte[] bytes =
                    objects.open(entry.getObjectId(0), Constants.OBJ_BLOB).getCachedBytes(RepoHost.MAX_FILE_BYTES);
            shown.put("encoding", "base64");
            shown.put("content", Base64.getEncoder().encodeToString(bytes));
        }
        return shown;
    }

    /** Empty for a file that the fetch left out because it is large. */
    private static Optional<Long> size(ObjectReader objects, TreeWalk entry) throws IOException {
        try {
            return Optional.of(objects.getObjectSize(entry.getObjectId(0), Constants.OBJ_BLOB));
        } catch (MissingObjectException e) {
            return Optional.empty();
        }
    }

    private static boolean isFile(FileMode mode) {
        return mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
    }

    private static String type(FileMode mode) {
        if (mode == FileMode.TREE) {
            return "dir";
        }
        if (mode == FileMode.GITLINK) {
            return "submodule";
        }
        return mode == FileMode.SYMLINK ? "symlink" : "file";
    }

    @Override
    public void close() {
        repository.close();
    }
}
