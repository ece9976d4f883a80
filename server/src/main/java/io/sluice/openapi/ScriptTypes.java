package io.sluice.openapi;

import io.sluice.service.Described.Description;
import io.sluice.service.Operation;
import io.sluice.service.Operation.Data;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Makes the TypeScript declarations of what a script finds: {@code event}, {@code platform} and the globals of its sandbox. */
public final class ScriptTypes {
    private static final int MOST_PATHS = 500;

    private final Subject subject;
    private final TypeScript types;

    private ScriptTypes(Subject subject) {
        this.subject = subject;
        this.types = new TypeScript(subject.service(), subject.description().schemas());
    }

    /** When in a call a script runs. */
    public enum Moment {
        BEFORE,
        AFTER,
        /** It is the service. */
        INSTEAD
    }

    /**
     * A script.
     *
     * @param id {@code event:NAME} or {@code service:NAME}, for the first line
     * @param stage as in {@code event.stage}
     * @param service that its event belongs to
     * @param description of that service, as far as it could be had
     * @param operation that fires its event, if there is one
     * @param paths further ones that the script may call
     */
    public record Subject(
            String id,
            Moment moment,
            String stage,
            String service,
            Description description,
            Optional<Operation> operation,
            List<String> paths) {}

    /** For a compiler with {@code lib: ["es2024"]} and no {@code dom}. */
    public static String of(Subject subject) {
        return new ScriptTypes(subject).made();
    }

    private String made() {
        List<String> own = new ArrayList<>();
        own.add(event());
        own.add(named("Parameters", parameters()));
        own.add("type Payload = " + payload() + ";");
        own.add("type Content = " + content() + ";");
        own.add("/** Paths that are known; any other text will do. */\ntype Path =" + paths());
        own.addAll(types.interfaces());
        return "// What the script " + subject.id() + " finds. Made by Sluice from the schema of '" + subject.service()
                + "'.\n"
                + "// For a compiler with lib es2024, without dom. Ask again after the schema has changed.\n\n"
                + "declare namespace Sluice {\n"
                + own.stream().map(each -> "  " + each.replace("\n", "\n  ") + "\n").collect(Collectors.joining("\n"))
                + "}\n\n"
                + fixed();
    }

    private static String named(String name, List<String> members) {
        return "interface " + name + " " + TypeScript.braced(members);
    }

    private String event() {
        List<String> members = new ArrayList<>();
        members.add("resource: string;");
        members.add("request: Request<Payload, Parameters>;");
        switch (subject.moment()) {
            case BEFORE ->
                members.add("/** Set it to answer in place of the service. */\nresponse?: Partial<Response<any>>;");
            case AFTER -> members.add("response: Response<Content & { error?: Failure }>;");
            case INSTEAD ->
                members.add("response: Pick<Response<Content>, \"content\" | \"content_type\" | \"status_code\">"
                        + " & Partial<Response<Content>>;");
        }
        if (subject.moment() != Moment.INSTEAD) {
            members.add("readonly name: string;");
            members.add("readonly stage: \"" + subject.stage() + "\";");
            members.add("readonly script_name: string;");
            members.add("/** No further script of this event runs. */\nstop_propagation?: boolean;");
        }
        members.add("setResponse(content: any, statusCode?: number, contentType?: string): void;");
        members.add("setRequest(request: Request<any, any>): void;");
        members.add("setReturn(content: any): void;");
        members.add("[more: string]: any;");
        return named("Event", members);
    }

    /** All of them are text, as they come. */
    private List<String> parameters() {
        List<String> members = new ArrayList<>();
        subject.operation().map(Operation::parameters).orElse(List.of()).stream()
                .filter(parameter -> parameter.place().equals("query"))
                .forEach(parameter -> members.add(TypeScript.comment(parameter.text())
                        + TypeScript.key(parameter.name()) + "?: string;"));
        members.add("[more: string]: any;");
        return members;
    }

    private String payload() {
        return subject.operation()
                .flatMap(Operation::takes)
                .filter(ScriptTypes::isData)
                .map(data -> types.written(usual(data)))
                .orElse("any");
    }

    private String content() {
        return subject.operation()
                .flatMap(operation -> operation.gives().values().stream().findFirst())
                .filter(ScriptTypes::isData)
                .map(data -> types.read(usual(data)))
                .orElse("any");
    }

    private static boolean isData(Data data) {
        return data.mediaTypes().getFirst().endsWith("json");
    }

    /** Of several forms the first: options of the call lead to the others. */
    private static Map<?, ?> usual(Data data) {
        return data.schema().get("anyOf") instanceof List<?> forms && forms.getFirst() instanceof Map<?, ?> first
                ? first
                : data.schema();
    }

    private String paths() {
        List<String> known = subject.description().operations().stream()
                .map(Operation::path)
                .filter(path -> !path.contains("{") && path.length() > 1)
                .map(path -> subject.service() + path)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .limit(MOST_PATHS)
                .collect(Collectors.toCollection(ArrayList::new));
        known.addAll(subject.paths());
        return known.stream().map(path -> "\n  | " + string(path)).collect(Collectors.joining()) + "\n  | (string & {});";
    }

    private static String string(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    private static String fixed() {
        try (InputStream in = ScriptTypes.class.getResourceAsStream("script.d.ts")) {
            if (in == null) {
                throw new IllegalStateException("script.d.ts is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
