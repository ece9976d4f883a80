package io.sluice.engine.js;

import io.sluice.engine.js.Resolver.Meaning;
import java.util.Optional;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * What {@code require} of the prelude asks, in one context. Takes the path of the asking text (empty for the entry) and a name;
 * answers {@code [id, kind, value]}: the function of a text or a library, the name of the library that the last part of the id is a
 * member of, the text of a JSON file, an object {@code {ns}} with what a module exports, or the words that say why there is nothing.
 */
final class JsModules implements ProxyExecutable {
    /** Before a path in place of a name. */
    static final String BY_PATH = "\0";

    /** How modules reach texts that use {@code require}. */
    static final Source BRIDGE = JsRuntime.source(
            "(bridge)", "Object.defineProperty(globalThis, Symbol.for('sluice.require'), { value: require });");

    private final Context context;
    private final JsRuntime runtime;
    private final Optional<Modules> modules;

    JsModules(Context context, JsRuntime runtime, Optional<Modules> modules) {
        this.context = context;
        this.runtime = runtime;
        this.modules = modules;
    }

    @Override
    public Object execute(Value... arguments) {
        String from = arguments[0].asString();
        String name = arguments[1].asString();
        return switch (meaning(from, name)) {
            case Meaning.Library(String library) -> library(library);
            case Meaning.Nothing nothing ->
                ProxyArray.fromArray(name, "nothing", Modules.sentence(Gatherer.shown(name), nothing.words()));
            case Meaning.File(String path) ->
                modules.flatMap(all -> all.file(path).map(file -> loaded(all, file)))
                        .orElseThrow(() -> new IllegalStateException("a file was found that is not there"));
        };
    }

    private Object library(String name) {
        String whole = Libraries.of(name);
        return whole.equals(name)
                ? ProxyArray.fromArray(name, "function", context.eval(runtime.wrapped(name)))
                : ProxyArray.fromArray(name, "member", whole);
    }

    private Meaning meaning(String from, String name) {
        String path = name.startsWith(BY_PATH) ? name.substring(BY_PATH.length()) : "";
        if (modules.flatMap(all -> all.file(path)).isPresent()) {
            return new Meaning.File(path);
        }
        return modules.map(all -> all.resolver().meaning(from.isEmpty() ? all.entry() : from, name, false))
                .orElseGet(() -> Resolver.ALONE.meaning("", name, false));
    }

    private Object loaded(Modules all, ModuleFile file) {
        return switch (file.kind()) {
            case COMMON -> ProxyArray.fromArray(file.path(), "function", context.eval(all.source(file)));
            case JSON -> ProxyArray.fromArray(file.path(), "json", file.code());
            case MODULE, TYPES -> ProxyArray.fromArray(file.path(), "module", context.eval(exports(file)));
        };
    }

    /** Through the engine's own import, so that all who import the module get the same one. */
    private static Source exports(ModuleFile file) {
        return Source.newBuilder("js", "export * as ns from '/" + ModuleFile.quoted(file.path()) + "';", "(require)")
                .mimeType(ModuleFile.MODULE_TYPE)
                .buildLiteral();
    }
}
