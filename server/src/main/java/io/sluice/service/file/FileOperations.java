package io.sluice.service.file;

import static io.sluice.api.Verb.DELETE;
import static io.sluice.api.Verb.GET;
import static io.sluice.api.Verb.PATCH;
import static io.sluice.api.Verb.POST;
import static io.sluice.api.Verb.PUT;

import io.sluice.api.Verb;
import io.sluice.service.Described.Description;
import io.sluice.service.Operation;
import io.sluice.service.Operation.Data;
import io.sluice.service.Operation.Parameter;
import io.sluice.service.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the operations of a file service take and give. */
final class FileOperations {
    private static final Data DONE = Data.json("Name and path.", Shape.ref("FileEntry"));
    private static final Data DONE_ALL = Data.json(
            "Name and path, for each.",
            Shape.anyOf(List.of(Shape.ref("FileEntry"), Shape.resource(Shape.ref("FileEntry")))));
    private static final List<Parameter> LIST = List.of(
            flag("include_files", "Tell the files. Default: true."),
            flag("include_folders", "Tell the folders. Default: true."),
            flag("full_tree", "Tell everything below, in one list. Default: false."),
            flag("as_list", "Paths alone. Default: false."),
            flag("include_properties", "Tell of the folder itself in place of what is in it. Default: false."),
            flag("zip", "Answer with the whole folder as a zip file. Default: false."),
            Parameter.query("search", Shape.TEXT, "Only what has this text in its name, in any case."),
            Parameter.query("fields", Shape.TEXT, "Comma list of what to tell of each entry; * (all) by default."));
    private static final List<Parameter> READ = List.of(
            flag("download", "Have the browser save the file. Default: false."),
            flag("include_properties", "Tell of the file in place of its content. Default: false."),
            flag("content", "With include_properties: the content as well. Default: false."),
            flag("is_base64", "With content: as base64. Default: true."));
    private static final List<Parameter> WRITE = List.of(
            flag("check_exist", "Refuse what is there already. Default: false, which writes over it."),
            flag("extract", "Unpack zip files into the folder. Default: false."),
            flag("clean", "With extract: empty the folder first. Default: false."),
            Parameter.query("url", Shape.TEXT, "Fetch the content from that address; there is no body then."),
            Parameter.query(
                    "filename", Shape.TEXT, "With url, in a folder: the name; by default that in the address."));
    private static final List<Parameter> REMOVE = List.of(
            flag("force", "Delete a folder with all that is in it. Default: false."),
            flag("content_only", "Empty a folder and keep it. Default: false."),
            flag("no_check", "What is not there is no error. Default: false."));

    private FileOperations() {}

    static final Description ALL = new Description(
            Stream.of(folder("/", "Root", "the root"), folder("/{folder_path}/", "Folder", "a folder"), file())
                    .flatMap(List::stream)
                    .toList(),
            Map.of("FileEntry", entry()));

    private static Parameter flag(String name, String text) {
        return Parameter.query(name, Shape.FLAG, text);
    }

    private static List<Operation> folder(String path, String name, String what) {
        Data entries = Data.json(
                        "What is in the folder.",
                        Shape.anyOf(List.of(
                                Shape.resource(Shape.ref("FileEntry")),
                                Shape.resource(Shape.TEXT),
                                Shape.ref("FileEntry"))))
                .also("application/zip");
        Data upload = Data.json("Entries to make, copy or move; none makes the folder itself.", body())
                .also("multipart/form-data", "application/octet-stream");
        return List.of(
                        Operation.of(GET, path, name, "List " + what).with(LIST).giving(200, entries),
                        created(
                                Operation.of(POST, path, name, "Create files and folders in " + what)
                                        .with(WRITE)
                                        .with(
                                                Parameter.header("X-File-Name", "The body is a file of that name."),
                                                Parameter.header("X-Folder-Name", "Make a folder of that name."))
                                        .taking(upload),
                                DONE_ALL),
                        properties(path, name, what),
                        Operation.of(DELETE, path, name, "Delete " + what + ", or what the body says")
                                .with(REMOVE)
                                .giving(200, DONE_ALL))
                .stream()
                .map(operation -> at(operation, "folder_path", "The folder; may hold slashes."))
                .toList();
    }

    private static List<Operation> file() {
        String path = "/{file_path}";
        Data content = new Data(
                "The content, under its own content type; a description with include_properties.",
                List.of("application/octet-stream", "application/json"),
                Map.of(),
                null);
        return Stream.concat(
                        Stream.of(
                                Operation.of(GET, path, "File", "Read a file")
                                        .with(READ)
                                        .giving(200, content),
                                properties(path, "File", "a file"),
                                Operation.of(DELETE, path, "File", "Delete a file")
                                        .with(REMOVE)
                                        .giving(200, DONE)),
                        Stream.of(POST, PUT).map(FileOperations::write))
                .map(operation -> at(operation, "file_path", "The file; may hold slashes."))
                .toList();
    }

    private static Operation write(Verb verb) {
        Data content =
                new Data("The content.", List.of("application/octet-stream", "multipart/form-data"), Map.of(), null);
        return created(
                Operation.of(verb, "/{file_path}", "File", "Write a file")
                        .with(WRITE)
                        .taking(content),
                DONE);
    }

    /** The peer's documents say 200 where both answer 201. */
    private static Operation created(Operation operation, Data body) {
        return operation.giving(200, body).giving(201, body);
    }

    private static Operation properties(String path, String name, String what) {
        return Operation.of(PATCH, path, name, "Change the properties of " + what)
                .saying("Storage that keeps none answers 501.")
                .taking(Data.json("The properties.", Map.of("type", "object")))
                .giving(200, Data.json("It is done.", Shape.ref("Success")));
    }

    private static Operation at(Operation operation, String placeholder, String text) {
        return operation.path().contains("{")
                ? operation.with(Parameter.path(placeholder, Shape.TEXT, text))
                : operation;
    }

    private static Map<String, Object> body() {
        return Shape.anyOf(List.of(
                Shape.object(Map.of("resource", Shape.list(Shape.ref("FileEntry")))),
                Shape.list(Shape.ref("FileEntry"))));
    }

    private static Map<String, Object> entry() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("path", Shape.said(Shape.TEXT, "From the root; of a folder with a slash at its end."));
        properties.put("name", Shape.TEXT);
        properties.put("type", Map.of("type", "string", "enum", List.of("file", "folder")));
        properties.put("content_type", Shape.TEXT);
        properties.put("content_length", Shape.said(Shape.WHOLE, "In bytes."));
        properties.put("last_modified", Shape.TEXT);
        properties.put("content", Shape.said(Shape.TEXT, "In writing, and in reading with content: the bytes."));
        properties.put("is_base64", Shape.said(Shape.FLAG, "In writing: content is base64."));
        properties.put("source_path", Shape.said(Shape.TEXT, "In writing: copy from there."));
        properties.put("delete_source", Shape.said(Shape.FLAG, "In writing: move, not copy."));
        return Shape.object(properties);
    }
}
