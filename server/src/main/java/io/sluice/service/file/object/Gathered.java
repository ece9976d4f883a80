package io.sluice.service.file.object;

import io.sluice.service.file.FileEntry;
import io.sluice.service.file.FilePath;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files and folders below a folder, gathered from keys: a folder is what has a key of its own or anything below it. */
final class Gathered {
    private static final Comparator<FileEntry> BY_NAMES =
            Comparator.comparing(entry -> entry.path().names(), Gathered::compare);

    private final Keys keys;
    private final FilePath listed;
    private final Map<FilePath, FileEntry> entries = new LinkedHashMap<>();

    Gathered(Keys keys, FilePath listed) {
        this.keys = keys;
        this.listed = listed;
    }

    void add(Container.Listed object) {
        keys.path(object.key()).filter(path -> !path.equals(listed)).ifPresent(path -> {
            addFolder(path.parent());
            long size = path.folder() ? 0 : object.size();
            entries.put(path, new FileEntry(path, object.modified(), size));
        });
    }

    private void addFolder(FilePath folder) {
        boolean below = folder.names().size() > listed.names().size();
        if (below && !entries.containsKey(folder)) {
            addFolder(folder.parent());
            entries.put(folder, new FileEntry(folder, FileEntry.NO_TIME, 0));
        }
    }

    /** By name, each folder before what it holds. */
    List<FileEntry> all() {
        return entries.values().stream().sorted(BY_NAMES).toList();
    }

    private static int compare(List<String> one, List<String> other) {
        Iterator<String> others = other.iterator();
        for (String name : one) {
            int order = others.hasNext() ? name.compareTo(others.next()) : 1;
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }
}
