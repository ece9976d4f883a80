package io.sluice.service.sql;

import io.sluice.service.sql.dialect.Kind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Dates and times as callers write them, as text that every database reads alike. Pure. */
final class Times {
    private static final int DATE_LENGTH = 10;

    private Times() {}

    /** {@code yyyy-MM-dd HH:mm:ss[.fraction]} or the part that the column holds; null when the text is none. */
    static @Nullable String read(Kind kind, String given) {
        String text = given.strip();
        try {
            return switch (kind) {
                case DATE -> date(text).toString();
                case TIME -> time(text);
                case TIMESTAMP_TZ -> zoned(text);
                default -> spaced(local(text));
            };
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Text of a moment that the calendar does not have, but some databases do; they have the last word. */
    static boolean beyond(String given) {
        String text = given.strip();
        boolean longYear = text.matches("[+-]?\\d{5,7}-\\d\\d-\\d\\d.*") || text.startsWith("-");
        return text.equals("infinity")
                || text.equals("-infinity")
                || text.startsWith("0000-")
                || text.endsWith(" BC")
                || text.endsWith(" (BC)")
                || text.matches("\\d{4}-00-\\d\\d.*|\\d{4}-\\d\\d-00.*")
                || longYear && text.length() < 40;
    }

    private static LocalDate date(String text) {
        return text.length() <= DATE_LENGTH
                ? LocalDate.parse(text)
                : local(text).toLocalDate();
    }

    /** Also the spans beyond a day that some databases keep in a time. */
    private static String time(String text) {
        String hours = text.substring(0, Math.max(0, text.indexOf(':')));
        boolean span = hours.startsWith("-") || hours.length() > 2 || hours.length() == 1;
        if (!span) {
            return LocalTime.parse(text).format(DateTimeFormatter.ISO_LOCAL_TIME);
        }
        String digits = hours.startsWith("-") ? hours.substring(1) : hours;
        boolean plain =
                !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(Character::isDigit);
        if (!plain) {
            throw new DateTimeException("no time");
        }
        return hours
                + LocalTime.parse("00" + text.substring(hours.length()))
                        .format(DateTimeFormatter.ISO_LOCAL_TIME)
                        .substring(2);
    }

    /** Without an offset as it stands; with one, the same moment in UTC. */
    private static LocalDateTime local(String text) {
        if (text.length() <= DATE_LENGTH) {
            return LocalDate.parse(text).atStartOfDay();
        }
        String iso = iso(text);
        return hasOffset(iso)
                ? OffsetDateTime.parse(iso)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime()
                : LocalDateTime.parse(iso);
    }

    private static String zoned(String text) {
        String iso = text.length() <= DATE_LENGTH ? text : iso(text);
        return text.length() > DATE_LENGTH && hasOffset(iso) ? spaced(local(text)) + "+00" : spaced(local(text));
    }

    private static String iso(String text) {
        String joined = text.substring(0, DATE_LENGTH) + "T" + text.substring(DATE_LENGTH + 1);
        if (text.charAt(DATE_LENGTH) != ' ' && text.charAt(DATE_LENGTH) != 'T') {
            throw new DateTimeException("no time");
        }
        int sign = offsetAt(joined);
        // "+02" is what databases write for "+02:00".
        return sign > 0 && joined.length() - sign == 3 ? joined + ":00" : joined;
    }

    private static boolean hasOffset(String iso) {
        return iso.endsWith("Z") || offsetAt(iso) > 0;
    }

    private static int offsetAt(String iso) {
        return Math.max(iso.indexOf('+', DATE_LENGTH), iso.indexOf('-', DATE_LENGTH));
    }

    private static String spaced(LocalDateTime moment) {
        return moment.toLocalDate() + " " + moment.toLocalTime().format(DateTimeFormatter.ISO_LOCAL_TIME);
    }
}
