package io.sluice.service.file.swift;

import io.sluice.outbound.HostReply;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What the head of an object says. */
record Head(Instant modified, long size, boolean isFolder) {
    static Head of(HostReply reply) {
        return new Head(
                modified(reply),
                reply.length().orElse(0),
                Listed.isFolderType(reply.header("content-type").orElse(null)));
    }

    /** The timestamp is the time that lists show; the date is rounded up to its next second. */
    private static Instant modified(HostReply reply) {
        return reply.header("x-timestamp")
                .filter(text -> text.matches("\\d{1,11}(\\.\\d{1,9})?"))
                .map(text -> seconds(new BigDecimal(text)))
                .or(() -> reply.header("last-modified").flatMap(Head::date))
                .orElse(Instant.EPOCH);
    }

    private static Instant seconds(BigDecimal seconds) {
        return Instant.ofEpochSecond(
                seconds.longValue(),
                seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
