package io.sluice.http;

import java.io.IOException;
import java.io.OutputStream;

/** The way to the caller. Its failures mean that the caller is gone, unlike those of what is being sent. */
final class CallerStream extends OutputStream {
    private final OutputStream out;

    /** The caller can no longer be reached. */
    static final class Gone extends IOException {
        private static final long serialVersionUID = 1L;

        Gone(IOException cause) {
            super(cause);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    CallerStream(OutputStream out) {
        this.out = out;
    }

    private static void reach(Step step) throws Gone {
        try {
            step.run();
        } catch (IOException e) {
            throw new Gone(e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        reach(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        reach(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        reach(out::flush);
    }

    @Override
    public void close() throws IOException {
        reach(out::close);
    }
}
