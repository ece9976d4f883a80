package io.sluice.service.git;

import io.sluice.service.LocalRoots;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** Repositories in a folder of this machine, opened where they lie. */
record FolderSource(Path base, LocalRoots roots) implements RepositorySource {
    FolderSource {
        JGit.prepare();
    }

    @Override
    public CommitTree open(Spot spot) throws NotRead {
        Repository repository = repository(spot);
        try {
            return CommitTree.of(repository, id(repository, spot), spot);
        } catch (NotRead e) {
            repository.close();
            throw e;
        }
    }

    @Override
    public History history(List<Spot> tips, FetchPlan plan) throws NotRead {
        Spot first = tips.getFirst();
        Repository repository = repository(first);
        try {
            List<ObjectId> ids = new ArrayList<>();
            for (Spot tip : tips) {
                ids.add(id(repository, tip));
            }
            return new History(repository, ids, first);
        } catch (NotRead e) {
            repository.close();
            throw e;
        }
    }

    @Override
    public List<NamedCommit> refs(Spot spot, String prefix) throws NotRead {
        try (Repository repository = repository(spot)) {
            List<Ref> found = new ArrayList<>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
                found.add(repository.getRefDatabase().peel(ref));
            }
            return RefNames.commits(found, prefix);
        } catch (IOException e) {
            throw unreadable(spot, e);
        }
    }

    @Override
    public Optional<String> defaultBranch(Spot spot) throws NotRead {
        try (Repository repository = repository(spot)) {
            return RefNames.branchOf(repository.exactRef(Constants.HEAD));
        } catch (IOException e) {
            throw unreadable(spot, e);
        }
    }

    private static NotRead unreadable(Spot spot, IOException cause) {
        return NotRead.unreachable("the branches of " + Spot.shown(spot.repository()) + " could not be read", cause);
    }

    private Repository repository(Spot spot) throws NotRead {
        Path folder = place(spot)
                .orElseThrow(() -> NotRead.missing("there is no repository " + Spot.shown(spot.repository())));
        if (!roots.contains(folder)) {
            throw NotRead.missing("the repository " + Spot.shown(spot.repository())
                    + " leads out of the folders that services may use");
        }
        // Whoever can write into a repository could make it borrow the objects of any other on this machine.
        if (Files.exists(folder.resolve("objects/info/alternates"), LinkOption.NOFOLLOW_LINKS)
                || Files.exists(folder.resolve("commondir"), LinkOption.NOFOLLOW_LINKS)
                || Files.isSymbolicLink(folder.resolve("objects"))) {
            throw NotRead.missing("the repository " + Spot.shown(spot.repository())
                    + " borrows from another one (objects/info/alternates, commondir), which is not followed");
        }
        try {
            return new FileRepositoryBuilder()
                    .setGitDir(folder.toFile())
                    .setMustExist(true)
                    .setBare()
                    .build();
        } catch (IOException e) {
            throw NotRead.unreachable("the repository " + Spot.shown(spot.repository()) + " could not be opened", e);
        }
    }

    /** A bare repository with that name, one whose name ends in {@code .git}, or the repository of a work tree. */
    private Optional<Path> place(Spot spot) {
        return List.of(spot.repository(), spot.repository() + ".git", spot.repository() + "/.git").stream()
                .map(base::resolve)
                .filter(FolderSource::isRepository)
                .findFirst();
    }

    private static boolean isRepository(Path folder) {
        return RepositoryCache.FileKey.isGitRepository(folder.toFile(), FS.DETECTED);
    }

    private static ObjectId id(Repository repository, Spot spot) throws NotRead {
        try {
            for (String name : RefNames.candidates(spot.reference())) {
                @Nullable Ref ref = repository.exactRef(name);
                if (ref != null && ref.getObjectId() != null) {
                    return ref.getObjectId();
                }
            }
        } catch (IOException e) {
            throw unreadable(spot, e);
        }
        if (spot.isCommitId()) {
            return ObjectId.fromString(spot.reference());
        }
        throw RefNames.unknown(spot);
    }

    @Override
    public List<String> names() throws NotRead {
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        try (var children = Files.list(base)) {
            return children.filter(FolderSource::holdsRepository)
                    .map(Path::toFile)
                    .map(File::getName)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw NotRead.unreachable("the folder of the repositories could not be read", e);
        }
    }

    private static boolean holdsRepository(Path folder) {
        return isRepository(folder) || isRepository(folder.resolve(Constants.DOT_GIT));
    }
}
