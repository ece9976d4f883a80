package io.sluice.engine;

import java.util.List;

/**
 * A script language as {@code system/script_type} lists it.
 *
 * @param name as in {@code event_script.type}
 * @param aliases further names that are accepted for it
 * @param sandboxed scripts cannot reach files, the network or the server
 */
public record Language(String name, String label, String description, boolean sandboxed, List<String> aliases) {}
