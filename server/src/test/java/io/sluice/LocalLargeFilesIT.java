package io.sluice;

import java.util.Map;

/** {@code local_file}. */
class LocalLargeFilesIT extends LargeFilesContract {
    @Override
    protected Map<String, Object> service() {
        return Map.of("type", "local_file", "config", Map.of("container", "large"));
    }
}
