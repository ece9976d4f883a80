package io.sluice.bench;

/** How a hostile script stands in a script service: it attacks when the call says so; else the service tells what it sees. */
enum HostileLanguage {
    JAVASCRIPT("js", "[1, 2, 3].map(x => x * 2).length + typeof keep + typeof leak"),
    PYTHON(
            "python",
            "[sorted(globals()), sorted(__import__('os').listdir('/tmp')), len(__import__('os').environ),"
                    + " __import__('threading').active_count()]"),
    PHP(
            "php",
            "[count(get_defined_functions()['user']), count(get_declared_classes()), array_keys($GLOBALS), ini_get_all(null, false)]");

    private final String folder;
    private final String look;

    HostileLanguage(String folder, String look) {
        this.folder = folder;
        this.look = look;
    }

    static HostileLanguage of(ScriptKind kind) {
        return switch (kind) {
            case AUTO, STRICT -> JAVASCRIPT;
            case PYTHON -> PYTHON;
            case PHP -> PHP;
        };
    }

    /** Of the server's engine and of its corpus. */
    String folder() {
        return folder;
    }

    /** What a run can see of the one before it, where a script has nothing of its own to look at. */
    String look() {
        return look;
    }

    /** So much that a script which is to meet another limit does not meet this one. */
    int memoryMegabytes(HostileScript script) {
        boolean memoryEnds =
                script.ending() != HostileScript.Ending.TIME && script.ending() != HostileScript.Ending.ANY;
        return switch (this) {
            case JAVASCRIPT -> memoryEnds ? 32 : 4096;
            case PYTHON -> 256;
            case PHP -> 32;
        };
    }

    /** The text of the service. The corpora find in the event what their tests put there; here it comes with the call. */
    String program(HostileScript script) {
        return switch (this) {
            case JAVASCRIPT -> """
                if (event.request.parameters.attack) {
                    event.response = {content: {resource: []}};
                    %s
                }
                return {sees: %s};
                """.formatted(script.text(), script.look());
            case PYTHON -> """
                if event.request.parameters.get('attack'):
                    event.secret = event.request.parameters.secret
                    event.port = int(event.request.parameters.port)
                    event.server = int(event.request.parameters.server)
                %s
                else:
                    return {'sees': %s}
                """.formatted(script.text().indent(4), script.look());
            case PHP -> """
                if (isset($event['request']['parameters']['attack'])) {
                    %s
                } else {
                    return ['sees' => %s];
                }
                """.formatted(script.text(), script.look());
        };
    }
}
