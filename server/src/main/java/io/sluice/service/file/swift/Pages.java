package io.sluice.service.file.swift;

import io.sluice.service.file.FilePath;
import java.io.IOException;
import java.util.List;

/** Goes through what lies in a folder, holding one page of it at a time. */
final class Pages {
    private final Container container;
    private final FilePath folder;
    private final boolean shallow;
    private List<Listed> page = List.of();
    private String marker = "";

    Pages(Container container, FilePath folder, boolean shallow) {
        this.container = container;
        this.folder = folder;
        this.shallow = shallow;
    }

    /** Goes to the next page; false when there is none. */
    boolean next() throws IOException {
        page = container.page(folder.toString(), shallow, marker);
        if (page.isEmpty() || page.getLast().whole().equals(marker)) {
            return false;
        }
        marker = page.getLast().whole();
        return true;
    }

    List<Listed> page() {
        return page;
    }
}
