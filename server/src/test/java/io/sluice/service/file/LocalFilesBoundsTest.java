package io.sluice.service.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Body;
import io.sluice.api.ResourcePath;
import io.sluice.api.Rights;
import io.sluice.api.RowRule;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.TextSource;
import io.sluice.service.TextSource.Address;
import io.sluice.service.TextSource.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stays out of reach: paths and links that lead out of the folder, and what a role does not give. */
class LocalFilesBoundsTest extends FreshFolder {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.txt",
                "docs/../../secret.txt",
                "..",
                "docs/..%2f",
                "a\0.txt",
                "./a.txt",
                "a\\..\\b.txt",
                ".sluice-part-mine",
                "docs/.sluice-part-mine/a.txt",
                "a\nb.txt"
            })
    void hostilePathsAreRefusedForEveryVerb(String path) throws IOException {
        post("docs/", "");
        String plain = path.replace("%2f", "/x");
        for (Verb verb : Verb.values()) {
            fails(400, "refused", () -> call(verb, plain, "force=true", Map.of(), raw("x"), Rights.ALL));
        }
        assertThat(machine.resolve("secret.txt")).hasContent("outside");
        assertThat(stored("docs")).isDirectory();
    }

    @Test
    void aSlashInsideASegmentCannotStartAtTheRootOfTheMachine() {
        ResourcePath absolute =
                new ResourcePath(List.of(machine.resolve("secret.txt").toString()), false);
        fails(400, "starts with a slash", () -> FilePath.of(absolute));
        fails(400, "'..'", () -> FilePath.of(new ResourcePath(List.of("docs", "../../secret.txt"), false)));
    }

    /** Rights were asked about the path as it was written: {@code docs%2F%2Fkeep.txt} is {@code docs//keep.txt} to them. */
    @Test
    void aNameInsideAnAddressIsNotEmpty() {
        for (List<String> segments : List.of(
                List.of("docs//keep.txt"),
                List.of("docs/", "keep.txt"),
                List.of("docs", "/keep.txt"),
                List.of("a//"))) {
            fails(400, "refused", () -> FilePath.of(new ResourcePath(segments, false)));
        }
        assertThat(FilePath.of(new ResourcePath(List.of("docs/"), false))).hasToString("docs/");
        assertThat(FilePath.of(new ResourcePath(List.of("docs/keep.txt"), false)))
                .hasToString("docs/keep.txt");
    }

    @Test
    void linksThatLeadOutAreRefusedAndNotListed() throws IOException {
        post("docs/", "");
        Path outside = Files.createDirectory(machine.resolve("outside"));
        Files.writeString(outside.resolve("kept.txt"), "kept");
        Files.createSymbolicLink(stored("docs/file"), machine.resolve("secret.txt"));
        Files.createSymbolicLink(stored("docs/folder"), outside);
        fails(403, "leads out", () -> get("docs/file", ""));
        fails(403, "leads out", () -> get("docs/folder/", ""));
        fails(403, "leads out", () -> get("docs/folder/kept.txt", ""));
        fails(403, "leads out", () -> post("docs/folder/new.txt", "x"));
        fails(403, "leads out", () -> delete("docs/folder/kept.txt", ""));
        fails(403, "leads out", () -> delete("docs/folder/", "force=true"));
        assertThat(resource(get("docs/", ""))).isEmpty();
        assertThat(resource(get("", "full_tree=true&as_list=true"))).containsExactly("docs/");
        assertThat(((TextSource) files).read(new Address("", "", "docs/file"))).isInstanceOf(Reading.Missing.class);

        delete("docs/", "force=true");
        assertThat(outside.resolve("kept.txt")).hasContent("kept");
        assertThat(machine.resolve("secret.txt")).hasContent("outside");
    }

    @Test
    void aLinkThatStaysInsideIsFollowedOnceAndACircleEnds() throws IOException {
        post("docs/", "");
        post("docs/a.txt", "inside");
        Files.createSymbolicLink(stored("short"), stored("docs"));
        Files.createSymbolicLink(stored("docs/loop"), stored("docs"));
        assertThat(bytes(get("short/a.txt", ""))).isEqualTo("inside");
        assertThat(resource(get("", "full_tree=true&as_list=true")))
                .containsExactly("docs/", "docs/a.txt", "docs/loop/", "short/");
        delete("short/", "force=true");
        assertThat(stored("docs/a.txt")).exists();
        assertThat(stored("short")).doesNotExist();
    }

    @Test
    void aContainerOutsideOfTheRootsIsRefused() throws IOException {
        fails(400, "outside", () -> open("../elsewhere"));
        fails(400, "outside", () -> open(machine.toString()));
        fails(400, "outside", () -> open(root + "x"));
        Files.createSymbolicLink(root.resolve("door"), machine);
        fails(400, "outside", () -> open("door"));
        fails(400, "outside", () -> open("door/new"));
        assertThat(open(root.resolve("other").toString())).isNotNull();
    }

    @Test
    void aRoleIsAskedAboutEachNameThatABodyOrHeaderBrings() {
        Rights onlyDocs = new Rights() {
            @Override
            public int mask(String component) {
                return component.startsWith("docs/") ? 31 : 0;
            }

            @Override
            public Optional<RowRule> rows(Verb verb, String component) {
                return Optional.empty();
            }
        };
        post("docs/", "");
        post("private.txt", "x");
        assertThat(resource(call(Verb.GET, "", "as_list=1", Map.of(), Body.NONE, onlyDocs)))
                .containsExactly("docs/");
        ServiceResult tried = call(
                Verb.DELETE,
                "",
                "",
                Map.of(),
                Body.of(Map.of("resource", List.of(Map.of("type", "file", "path", "private.txt")))),
                onlyDocs);
        assertThat(resource(tried).toString()).contains("not allowed");
        assertThat(stored("private.txt")).exists();
        fails(403, "not allowed", () -> call(Verb.POST, "", "", Map.of("X-File-Name", "b.txt"), raw("x"), onlyDocs));
    }
}
