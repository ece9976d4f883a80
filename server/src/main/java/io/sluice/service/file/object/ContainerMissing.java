package io.sluice.service.file.object;

import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The configured bucket or container does not exist. */
public final class ContainerMissing extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param what such as {@code the bucket 'photos'} */
    public ContainerMissing(String what, @Nullable Throwable cause) {
        super(what + " does not exist; the first upload makes it, if the credentials may", cause);
    }

    StoreFailure said() {
        return StoreFailure.denied(String.valueOf(getMessage()), this);
    }
}
