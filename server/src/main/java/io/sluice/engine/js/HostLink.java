package io.sluice.engine.js;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * The few functions through which the prelude leaves the context. Made with the context, bound to a run later. No exception of
 * Java's goes back into the script, where it would show its class and text.
 */
final class HostLink {
    private final Function<String, Value> libraries;
    private final ProxyExecutable modules;
    private @Nullable View view;
    private @Nullable Console console;
    private @Nullable ApiCalls calls;
    private @Nullable StoreCalls store;
    private @Nullable WebCalls web;

    /**
     * @param libraries evaluates {@code lib/NAME.js} in the context
     * @param modules answers {@code require}
     */
    HostLink(Function<String, Value> libraries, ProxyExecutable modules) {
        this.libraries = libraries;
        this.modules = modules;
    }

    void bind(View itsView, Console itsConsole, ApiCalls itsCalls, StoreCalls itsStore, WebCalls itsWeb) {
        view = itsView;
        console = itsConsole;
        calls = itsCalls;
        store = itsStore;
        web = itsWeb;
    }

    /** What the run left behind may go on calling until it is still; it reaches nothing any more. */
    void unbind() {
        console = null;
        calls = null;
        Objects.requireNonNull(view).close();
    }

    /** In the order in which the prelude takes them. */
    ProxyArray functions() {
        ProxyExecutable print = this::print;
        ProxyExecutable call = this::call;
        ProxyExecutable encode = this::encode;
        ProxyExecutable decode = this::decode;
        ProxyExecutable library = name -> libraries.apply(name[0].asString());
        return ProxyArray.fromArray(print, call, encode, decode, library, storing(), webbing(), modules);
    }

    private ProxyArray storing() {
        ProxyExecutable get = arguments -> Objects.requireNonNull(store).get(arguments);
        ProxyExecutable set = arguments -> Objects.requireNonNull(store).set(arguments);
        ProxyExecutable delete = arguments -> Objects.requireNonNull(store).delete(arguments);
        return ProxyArray.fromArray(get, set, delete);
    }

    private ProxyArray webbing() {
        return ProxyArray.fromArray(Stream.of(WebCalls.Function.values())
                .map(function -> function.of(() -> Objects.requireNonNull(web)))
                .toArray());
    }

    private @Nullable Object print(Value... arguments) {
        if (console != null) {
            console.print(arguments[0].asString(), arguments[1].asString());
        }
        return null;
    }

    private @Nullable Object call(Value... arguments) {
        return calls == null ? null : calls.call(arguments);
    }

    private Object encode(Value... arguments) {
        String text = arguments[0].asString();
        if (text.chars().anyMatch(character -> character > 0xff)) {
            throw Objects.requireNonNull(view).error("RangeError", "btoa takes characters up to U+00FF only.");
        }
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Object decode(Value... arguments) {
        try {
            byte[] bytes = Base64.getDecoder().decode(arguments[0].asString().replaceAll("[\\t\\n\\f\\r ]", ""));
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw Objects.requireNonNull(view).error("RangeError", "atob takes Base64 text only.");
        }
    }
}
