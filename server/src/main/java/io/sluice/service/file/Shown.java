package io.sluice.service.file;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How files and folders are written in answers. */
final class Shown {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Shown() {}

    /** {@code Fri, 02 Jan 2026 10:00:00 GMT}. */
    static String date(Instant time) {
        return HTTP_DATE.format(time);
    }

    /** One line of a list; the name is relative to the listed folder. */
    static Map<String, Object> entry(FilePath listed, FileEntry entry) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("path", entry.path().toString());
        shown.put("name", entry.path().bare().substring(listed.toString().length()));
        shown.put("type", entry.path().folder() ? "folder" : "file");
        details(shown, entry);
        return shown;
    }

    /** The answer to {@code include_properties}. */
    static Map<String, Object> properties(FileEntry entry) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("path", entry.path().toString());
        shown.put("name", entry.path().name());
        details(shown, entry);
        return shown;
    }

    /** The answer to what made a file or folder. */
    static Map<String, Object> made(FilePath path) {
        Map<String, Object> made = new LinkedHashMap<>();
        made.put("name", path.name());
        made.put("path", path.toString());
        made.put("type", path.folder() ? "folder" : "file");
        return made;
    }

    private static void details(Map<String, Object> shown, FileEntry entry) {
        if (!entry.path().folder()) {
            shown.put("content_type", MediaTypes.byName(entry.path().name()));
        }
        if (!entry.modified().equals(FileEntry.NO_TIME)) {
            shown.put("last_modified", date(entry.modified()));
        }
        if (!entry.path().folder()) {
            shown.put("content_length", entry.size());
        }
    }
}
