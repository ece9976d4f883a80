package io.sluice.service.file.connected;

import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FilePath;
import java.io.IOException;

/**
 * The folder of the server that a service shows.
 *
 * @param absolute else it lies below the folder that the login starts in
 */
record Container(FilePath path, boolean absolute) {
    static Container of(ServiceDefinition definition) {
        String text = definition.text("container").map(String::trim).orElse("");
        return new Container(FilePath.of(text.replaceAll("^/+", "")), text.startsWith("/"));
    }

    static ConfigField field() {
        return ConfigField.of("container", "Root Folder", "string")
                .describedAs(
                        "The folder of the server that this service shows: absolute, or below the folder that the login"
                                + " starts in, which is the default. Made when it is missing.");
    }

    /** Where a path of the service lies on that server. */
    String place(Connection connection, FilePath inside) {
        return below(root(connection), inside.bare());
    }

    private String root(Connection connection) {
        return below(absolute ? "/" : connection.home(), path.bare());
    }

    static String below(String folder, String name) {
        if (name.isEmpty()) {
            return folder;
        }
        return folder.endsWith("/") ? folder + name : folder + "/" + name;
    }

    /** Makes the container and what it lies in, as far as that is missing. */
    void make(Connection connection) throws IOException {
        if (connection.find(root(connection), true).isPresent()) {
            return;
        }
        String folder = absolute ? "/" : connection.home();
        for (String name : path.names()) {
            folder = below(folder, name);
            if (connection.find(folder, true).isEmpty()) {
                connection.makeFolder(folder);
            }
        }
    }
}
