package io.sluice.service.file.swift;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** One line of a container's list: an object, or with a delimiter what several names begin with. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Listed(
        @Nullable String name,
        @Nullable String subdir,
        long bytes,
        @JsonProperty("content_type") @Nullable String contentType,
        @JsonProperty("last_modified") @Nullable String lastModified) {

    /** What lists go on after. */
    String whole() {
        return name != null ? name : subdir != null ? subdir : "";
    }

    boolean isFolder() {
        return whole().endsWith("/") || isFolderType(contentType);
    }

    /** Objects that stand for a folder, as all clients of Swift write them. */
    static boolean isFolderType(@Nullable String contentType) {
        return contentType != null && contentType.split(";")[0].strip().equals(Container.FOLDER_TYPE);
    }

    /** The epoch when the list does not say. */
    Instant modified() {
        try {
            return lastModified == null
                    ? Instant.EPOCH
                    : LocalDateTime.parse(lastModified).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
