package io.sluice.service.git;

import java.util.List;
import java.util.Map;

/** Plain Git: a source of repositories, and the trees in them. */
record GitRepositories(RepositorySource source) implements RepoHost {
    @Override
    public Commit head(Spot spot) throws NotRead {
        try (CommitTree tree = source.open(spot)) {
            return tree.commit();
        }
    }

    @Override
    public Blob read(Spot spot) throws NotRead {
        try (CommitTree tree = source.open(spot)) {
            return new Blob(tree.bytes(spot), tree.commit());
        }
    }

    @Override
    public Object look(Spot spot) throws NotRead {
        try (CommitTree tree = source.open(spot)) {
            return tree.look(spot);
        }
    }

    @Override
    public List<?> repositories(Page page) throws NotRead {
        return page.of(source.names()).stream()
                .map(name -> Map.of("name", name))
                .toList();
    }

    @Override
    public void close() {
        source.close();
    }
}
