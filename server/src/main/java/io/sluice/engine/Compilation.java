package io.sluice.engine;

/** What came of compiling a text. */
public sealed interface Compilation {
    record Compiled(Program program) implements Compilation {}

    /**
     * The text is not a program.
     *
     * @param message the engine's words, with the source line when known
     * @param line from 1, 0 when unknown
     * @param column from 1, 0 when unknown
     */
    record Refused(String message, int line, int column) implements Compilation {
        /** {@code line 4, column 7: …}. */
        public String where() {
            return line == 0 ? message : "line " + line + ", column " + column + ": " + message;
        }

        /** {@code orders.js line 4, column 7: …}. */
        public String where(String file) {
            return line == 0 ? message : file + " " + where();
        }
    }
}
