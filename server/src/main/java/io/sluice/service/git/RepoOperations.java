package io.sluice.service.git;

import static io.sluice.api.Verb.GET;

import io.sluice.service.Described.Description;
import io.sluice.service.Operation;
import io.sluice.service.Operation.Data;
import io.sluice.service.Operation.Parameter;
import io.sluice.service.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the operations of a source control service take and give. */
final class RepoOperations {
    private static final Map<String, Object> OPEN = Map.of("type", "object", "additionalProperties", true);
    private static final List<Parameter> SHOWN = List.of(
            Parameter.query("as_list", Shape.FLAG, "Names alone. Default: false."),
            Parameter.query("fields", Shape.TEXT, "Comma list of what to tell of each; * (all) by default."));
    private static final List<Parameter> PAGED = List.of(
            Parameter.query("page", Shape.WHOLE, "Counts from 1. Default: 1."),
            Parameter.query("per_page", Shape.WHOLE, "At most 100. Default: 50."));
    private static final Parameter REPO =
            Parameter.path("repo", Shape.TEXT, "The repository, one segment: a slash in its name is written as %2F.");
    private static final List<Parameter> REFERENCE = List.of(
            Parameter.query("branch", Shape.TEXT, "A branch, tag or commit id; the default branch when absent."),
            Parameter.query("tag", Shape.TEXT, "The same, where branch is absent."));

    private RepoOperations() {}

    static final Description ALL = new Description(
            List.of(
                    operation("/", "Root", "List what there is", Shape.TEXT).with(SHOWN),
                    operation("/_repo", "Repositories", "List the repositories, as the host tells of them", OPEN)
                            .with(SHOWN)
                            .with(PAGED),
                    root(),
                    inside(),
                    of("/_branch/{repo}", "Branches", "List the branches", "GitBranch"),
                    of("/_tag/{repo}", "Tags", "List the tags", "GitTag"),
                    of("/_commit/{repo}", "Commits", "List commits, the newest first", "GitCommit")
                            .with(REFERENCE)
                            .with(Parameter.query("path", Shape.TEXT, "Only those that changed this file or folder."))),
            Map.of("GitBranch", branch(), "GitTag", tag(), "GitCommit", commit()));

    private static Operation operation(String path, String name, String summary, Map<String, ?> items) {
        return Operation.of(GET, path, name, summary).giving(200, Data.json("A list.", Shape.resource(items)));
    }

    private static Operation of(String path, String name, String summary, String schema) {
        return operation(path, name, summary, Shape.ref(schema))
                .with(REPO)
                .with(SHOWN)
                .with(PAGED);
    }

    private static Operation root() {
        return operation("/_repo/{repo}", "Repository", "List the root of a repository", OPEN)
                .with(REPO)
                .with(Parameter.query("path", Shape.TEXT, "A file or folder in it."))
                .with(REFERENCE)
                .with(SHOWN);
    }

    private static Operation inside() {
        Data seen = Data.json(
                        "A folder's list, a file's description in the host's own words, or its content.",
                        Shape.anyOf(List.of(Shape.resource(OPEN), OPEN)))
                .also("text/plain", "application/octet-stream");
        return Operation.of(GET, "/_repo/{repo}/{path}", "RepositoryPath", "Read a file or list a folder")
                .with(REPO, Parameter.path("path", Shape.TEXT, "The file or folder; may hold slashes."))
                .with(Parameter.query("content", Shape.FLAG, "The file itself. Default: false."))
                .with(REFERENCE)
                .with(SHOWN)
                .giving(200, seen);
    }

    private static Map<String, Object> tag() {
        return Shape.object(named());
    }

    private static Map<String, Object> branch() {
        Map<String, Object> properties = named();
        properties.put("is_default", Shape.FLAG);
        return Shape.object(properties);
    }

    private static Map<String, Object> named() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", Shape.TEXT);
        properties.put("commit", Shape.said(Shape.TEXT, "The id of the commit that it points at."));
        return properties;
    }

    private static Map<String, Object> commit() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", Shape.said(Shape.TEXT, "Its id."));
        properties.put("date", Shape.TEXT);
        properties.put("author", Shape.TEXT);
        properties.put("message", Shape.said(Shape.TEXT, "The first line."));
        return Shape.object(properties);
    }
}
