package io.sluice.api;

import java.io.IOException;

/** A request body broke off, or is not what it should be. What holds half of it throws that away; the caller is told what is in here. */
public final class BrokenBody extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient ApiException said;

    public BrokenBody(ApiException said) {
        super(said.getMessage(), said);
        this.said = said;
    }

    /** What the caller is told. */
    public ApiException said() {
        return said;
    }

    /** What the caller is told of a body that could not be read. */
    public static ApiException explained(IOException failure) {
        return failure instanceof BrokenBody broken
                ? broken.said()
                : new ApiException(ApiError.of(400, "The request body could not be read to its end."), failure);
    }
}
