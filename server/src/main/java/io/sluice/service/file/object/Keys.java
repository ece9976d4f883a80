package io.sluice.service.file.object;

import io.sluice.api.ApiException;
import io.sluice.service.file.FilePath;
import java.util.Optional;

/**
 * Paths as keys and back. A folder's key has a slash at its end.
 *
 * @param prefix what all keys begin with
 */
record Keys(String prefix) {
    String of(FilePath path) {
        return prefix + path;
    }

    /** Empty for keys that no path has: {@code a//b}, {@code ../a}, names with control characters. */
    Optional<FilePath> path(String key) {
        String text = key.substring(prefix.length());
        try {
            return Optional.of(FilePath.of(text)).filter(path -> path.toString().equals(text));
        } catch (ApiException e) {
            return Optional.empty();
        }
    }
}
