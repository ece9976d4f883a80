package io.sluice.engine.js;

import java.util.Set;

/** The modules that come with Node.js, none of which exists here, and what to use in place of them. */
final class NodeModules {
    /** Of these there are packages on npm that need nothing of Node.js, so a {@code node_modules} may have them. */
    private static final Set<String> ALSO_PACKAGES = names("""
            assert buffer constants events path process punycode querystring string_decoder timers url util""");

    private static final Set<String> OTHERS = names("""
            async_hooks child_process cluster console crypto dgram diagnostics_channel dns domain fs fs/promises http http2 https
            inspector module net os perf_hooks readline repl stream sys test tls trace_events tty v8 vm wasi worker_threads zlib""");

    private NodeModules() {}

    private static Set<String> names(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    static boolean has(String name) {
        return OTHERS.contains(name) || ALSO_PACKAGES.contains(name);
    }

    /** Whether it is of no use to look for a package of that name. */
    static boolean hasOnly(String name) {
        return OTHERS.contains(name);
    }

    static String advice(String name) {
        return switch (name) {
            case "http", "https", "http2", "net", "tls", "dns" ->
                "Use platform.api.get('https://…') for calls, within the hosts that the script's record lists.";
            case "fs", "fs/promises" ->
                "Use platform.api with a file service, such as platform.api.get('files/a.txt').";
            case "crypto" -> "Use the global crypto.";
            case "url", "querystring" -> "Use the globals URL and URLSearchParams.";
            case "buffer", "string_decoder" -> "Use Uint8Array, TextEncoder and TextDecoder.";
            case "timers" -> "Use the globals setTimeout and setInterval.";
            case "child_process", "cluster", "worker_threads" -> "Scripts start no processes or threads.";
            default -> "Use platform.api for what lies outside the script.";
        };
    }
}
