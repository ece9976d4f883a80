package io.sluice.service.file;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.BrokenBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.InvalidFileNameException;
import org.apache.commons.fileupload.MultipartStream;
import org.apache.commons.fileupload.UploadContext;

/** The files in a {@code multipart/form-data} body, in their order and as they come; other fields of the form are passed over. */
final class Multipart {
    private final Body body;

    Multipart(Body body) {
        this.body = body;
    }

    /** One act on one file; the answer for it. */
    interface Act {
        Map<String, Object> on(String name, Incoming part) throws IOException;
    }

    static boolean is(Body body) {
        return body.contentType().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /** Acts on each; the first that fails ends it, those before it are done. */
    List<Map<String, Object>> each(Act act) throws IOException {
        List<Map<String, Object>> answers = new ArrayList<>();
        FileItemIterator parts = parts();
        for (Optional<FileItemStream> part = next(parts); part.isPresent(); part = next(parts)) {
            answers.add(
                    act.on(part.get().getName(), incoming(part.get(), part.get().openStream())));
        }
        if (answers.isEmpty()) {
            throw noFile();
        }
        return answers;
    }

    /** The only file. When another follows, its content breaks off: nothing is stored of what is refused. */
    Incoming only() throws IOException {
        FileItemIterator parts = parts();
        FileItemStream part = next(parts).orElseThrow(Multipart::noFile);
        return incoming(part, new FilterInputStream(part.openStream()) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                return read < 0 ? end() : read;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                return read < 0 ? end() : read;
            }

            private int end() throws IOException {
                if (next(parts).isPresent()) {
                    throw new BrokenBody(
                            ApiException.badRequest("The address names one file, but the body brings more than one."));
                }
                return -1;
            }
        });
    }

    private FileItemIterator parts() throws IOException {
        FileUpload upload = new FileUpload();
        upload.setHeaderEncoding(StandardCharsets.UTF_8.name());
        try {
            return upload.getItemIterator(new Sent(body));
        } catch (FileUploadException
                | MultipartStream.MalformedStreamException
                | MultipartStream.IllegalBoundaryException e) {
            throw malformed(e);
        }
    }

    /** The next part that is a file with a name. */
    private static Optional<FileItemStream> next(FileItemIterator parts) throws IOException {
        try {
            while (parts.hasNext()) {
                FileItemStream part = parts.next();
                if (!part.isFormField()
                        && part.getName() != null
                        && !part.getName().isEmpty()) {
                    return Optional.of(part);
                }
            }
            return Optional.empty();
        } catch (FileUploadException
                | MultipartStream.MalformedStreamException
                | MultipartStream.IllegalBoundaryException
                | InvalidFileNameException e) {
            throw malformed(e);
        }
    }

    private static Incoming incoming(FileItemStream part, InputStream content) {
        String type = part.getContentType() == null ? "" : part.getContentType();
        return new Incoming(new Part(content), OptionalLong.empty(), type);
    }

    private static ApiException malformed(Exception cause) {
        return cause.getCause() instanceof BrokenBody broken ? broken.said() : malformed();
    }

    private static ApiException malformed() {
        return ApiException.badRequest("The body is no complete multipart/form-data.");
    }

    private static ApiException noFile() {
        return ApiException.badRequest("The multipart/form-data holds no file with a name.");
    }

    /** A body that ends within a part is a broken one. */
    private static final class Part extends FilterInputStream {
        Part(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (MultipartStream.MalformedStreamException e) {
                throw new BrokenBody(malformed());
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (MultipartStream.MalformedStreamException e) {
                throw new BrokenBody(malformed());
            }
        }
    }

    /** A body, as the library asks for it. */
    private record Sent(Body body) implements UploadContext {
        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return body.contentType();
        }

        @Override
        @Deprecated
        public int getContentLength() {
            return -1;
        }

        @Override
        public long contentLength() {
            return body.length().orElse(-1);
        }

        @Override
        public InputStream getInputStream() {
            return body.stream();
        }
    }
}
