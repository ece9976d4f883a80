package io.sluice.service.file.connected;

/**
 * A file that was renamed out of the way of its new content.
 *
 * @param old where it lies
 * @param target where it lay
 */
record Aside(String old, String target) {
    String name() {
        return old.substring(old.lastIndexOf('/') + 1);
    }
}
