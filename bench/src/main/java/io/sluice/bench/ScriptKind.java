package io.sluice.bench;

import java.util.Locale;

/** The ways in which a script is run, and what a run may add to a call. */
enum ScriptKind {
    AUTO("nodejs", "auto", Texts.JAVASCRIPT_ONE, Texts.JAVASCRIPT_ROWS, 0.1, 0.25, 1.4),
    STRICT("nodejs", "strict", Texts.JAVASCRIPT_ONE, Texts.JAVASCRIPT_ROWS, 0.3, 0.5, 2.3),
    PYTHON("python3", "auto", Texts.PYTHON_ONE, Texts.PYTHON_ROWS, 1.5, 1.5, Double.NaN),
    PHP("php", "auto", Texts.PHP_ONE, Texts.PHP_ROWS, 1.5, 1.5, Double.NaN);

    /** The field that the first of each pair puts beside a record, and the second into each of 100. */
    private static final class Texts {
        static final String JAVASCRIPT_ONE = "event.response.content.flag = 'ok';";
        static final String JAVASCRIPT_ROWS = """
            for (const row of event.response.content.resource) {
                row.full_name = row.first_name + ' ' + row.last_name;
            }
            """;
        static final String JAVASCRIPT_FAILING = "if (event.request.parameters.fail) throw new Error('asked to fail');";
        static final String JAVASCRIPT_ENDLESS = "while (true) {}";
        static final String PYTHON_ONE = "event.response.content.flag = 'ok'";
        static final String PYTHON_ROWS = """
            for row in event.response.content.resource:
                row['full_name'] = row['first_name'] + ' ' + row['last_name']
            """;
        static final String PYTHON_FAILING = """
            if event.request.parameters.get('fail'):
                raise Exception('asked to fail')
            """;
        static final String PYTHON_ENDLESS = """
            while True:
                pass
            """;
        static final String PHP_ONE = "$event['response']['content']['flag'] = 'ok';";
        static final String PHP_ROWS = """
            foreach ($event['response']['content']['resource'] as &$row) {
                $row['full_name'] = $row['first_name'] . ' ' . $row['last_name'];
            }
            """;
        static final String PHP_FAILING = """
            if (isset($event['request']['parameters']['fail'])) {
                throw new Exception('asked to fail');
            }
            """;
        static final String PHP_ENDLESS = "while (true) {}";
    }

    private final String language;
    private final String isolation;
    private final String forOne;
    private final String forRows;
    private final double mostForOneMillis;
    private final double mostForRowsMillis;
    private final double mostCpu;

    ScriptKind(
            String language,
            String isolation,
            String forOne,
            String forRows,
            double mostForOneMillis,
            double mostForRowsMillis,
            double mostCpu) {
        this.language = language;
        this.isolation = isolation;
        this.forOne = forOne;
        this.forRows = forRows;
        this.mostForOneMillis = mostForOneMillis;
        this.mostForRowsMillis = mostForRowsMillis;
        this.mostCpu = mostCpu;
    }

    /** Of the service whose records the script sees. */
    String service() {
        return "with_" + name().toLowerCase(Locale.ROOT);
    }

    /** The script service that never ends. */
    String endlessService() {
        return "endless_" + name().toLowerCase(Locale.ROOT);
    }

    /** Throws {@code asked to fail} when the call has the parameter {@code fail}. */
    String failing() {
        return switch (this) {
            case AUTO, STRICT -> Texts.JAVASCRIPT_FAILING;
            case PYTHON -> Texts.PYTHON_FAILING;
            case PHP -> Texts.PHP_FAILING;
        };
    }

    String endless() {
        return switch (this) {
            case AUTO, STRICT -> Texts.JAVASCRIPT_ENDLESS;
            case PYTHON -> Texts.PYTHON_ENDLESS;
            case PHP -> Texts.PHP_ENDLESS;
        };
    }

    String text() {
        return language.equals("nodejs") ? "javascript, " + isolation : language;
    }

    String language() {
        return language;
    }

    String isolation() {
        return isolation;
    }

    /** Sets one field of an answer that is one record. */
    String forOne() {
        return forOne;
    }

    /** Adds a field to each record of a list, made from two others. */
    String forRows() {
        return forRows;
    }

    double mostForOneMillis() {
        return mostForOneMillis;
    }

    double mostForRowsMillis() {
        return mostForRowsMillis;
    }

    /** Server CPU of the list call with the script, times that of the plain one; NaN where there is no such bar. */
    double mostCpu() {
        return mostCpu;
    }
}
