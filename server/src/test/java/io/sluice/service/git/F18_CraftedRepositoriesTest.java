package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.GitHost;
import io.sluice.service.TextSource.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Repositories that were made to lead elsewhere. */
class F18_CraftedRepositoriesTest extends FreshRepository {
    @ParameterizedTest
    @EnumSource
    void entriesThatAreNoPlainFilesAreRefused(Way way) throws IOException {
        server.commitEntry("sales.git", "main", "link.js", FileMode.SYMLINK, "/etc/passwd".getBytes());
        server.commitEntry("sales.git", "main", "sub", FileMode.GITLINK, new byte[0]);
        server.commitEntry("sales.git", "main", "bad.js", FileMode.REGULAR_FILE, new byte[] {'a', (byte) 0xff});
        server.commit(
                "sales.git",
                "main",
                "lfs.js",
                "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n",
                "LFS");
        server.commit("sales.git", "main", "lib/money.js", "1", "Lib");
        try (Calls git = open(way)) {
            git.missing("symbolic link", "sales.git", "", "link.js");
            git.missing("submodule", "sales.git", "", "sub");
            git.unfit("UTF-8", "sales.git", "", "bad.js");
            git.unfit("LFS", "sales.git", "", "lfs.js");
            git.missing("folder", "sales.git", "", "lib");
            git.missing("sub/x.js", "sales.git", "", "sub/x.js");
        }
    }

    @ParameterizedTest
    @EnumSource
    void placesThatClimbAreRefused(Way way) throws IOException {
        Files.writeString(machine.resolve("secret.js"), "outside");
        try (Calls git = open(way)) {
            for (String path : List.of("../secret.js", "a/../../secret.js", "./orders.js", "a\\b", "a\0b", "a//b")) {
                assertThat(git.read("sales.git", "", path)).as(path).isInstanceOf(Reading.Missing.class);
            }
            for (String repository :
                    List.of("../root/sales.git", "..", "sales.git/../sales.git", "https://evil.example/x")) {
                assertThat(git.read(repository, "", "orders.js")).as(repository).isInstanceOf(Reading.Missing.class);
            }
            for (String reference :
                    List.of("--upload-pack=x", "main..dev", "a b", "refs/../main", "main~1", "HEAD^{/x}")) {
                assertThat(git.read("sales.git", reference, "orders.js"))
                        .as(reference)
                        .isInstanceOf(Reading.Missing.class);
            }
            git.missing(".git/config", "sales.git", "", ".git/config");
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesThatClimbAreNamesAndNoMore(Way way) throws IOException {
        List<String> names = List.of("..", "../evil.js", ".GIT", ".git", "a/../../evil.js", "ok.js");
        String commit = server.commitNames("sales.git", "evil", names, "return 'evil'");
        List<Path> before = everything();
        try (Calls git = open(way)) {
            assertThat(git.found("sales.git", "evil", "ok.js").text()).isEqualTo("return 'evil'");
            for (String name : names.subList(0, 5)) {
                git.missing("must consist of plain names", "sales.git", "evil", name);
                Calls.fails(
                        404,
                        "must consist of plain names",
                        () -> git.get("branch=evil&content=1&path=" + Encoded.segment(name), "_repo", "sales.git"));
            }
            git.missing("must consist of plain names", "sales.git", "evil", "lib/.Git/config");
            assertThat(git.list("as_list=1&branch=evil", "_repo", "sales.git").contains("ok.js"))
                    .isTrue();
            assertThat(((GitHost) git.service()).blobs("sales.git", commit).orElseThrow())
                    .containsKey("ok.js");
        }
        assertThat(everything()).isEqualTo(before);
    }

    private List<Path> everything() throws IOException {
        try (Stream<Path> files = Files.walk(machine)) {
            return files.sorted().toList();
        }
    }
}
