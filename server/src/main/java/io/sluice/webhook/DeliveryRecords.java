package io.sluice.webhook;

import io.sluice.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code webhook_delivery}: bounded, but for lines whose work is not done. */
final class DeliveryRecords {
    /** Lines that are kept of each webhook. */
    static final int KEPT = 1_000;

    /** Lines about bad signatures among them: who has no secret must not push out the others. */
    static final int KEPT_UNSIGNED = 50;

    private static final int DAYS_KEPT = 30;
    private static final int MOST_PATHS = 100;

    private DeliveryRecords() {}

    /** Its number. */
    static long insert(Tx tx, Entry entry) {
        return tx.insert(
                """
                insert into webhook_delivery
                  (webhook_id, delivery, event, received_at, verdict, repository, moves, paths, problem, is_open, done_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                entry.webhook().id(),
                entry.name().orElse(null),
                entry.event(),
                time(entry.at()),
                entry.verdict().word(),
                entry.claim().map(Claim::repository).orElse(null),
                entry.claim().map(Claim::moves).map(Json::write).orElse(null),
                entry.claim().flatMap(Claim::paths).map(DeliveryRecords::some).orElse(null),
                entry.problem().orElse(null),
                entry.isOpen(),
                entry.isOpen() ? null : time(entry.at()));
    }

    private static String some(List<String> paths) {
        return Json.write(paths.subList(0, Math.min(paths.size(), MOST_PATHS)));
    }

    /** Whether a delivery of that name was accepted, and its work has not failed since. */
    static boolean isAccepted(Tx tx, long webhook, String name) {
        return tx.one(
                        "select 1 from webhook_delivery where webhook_id = ? and delivery = ? and verdict = 'accepted'",
                        row -> true,
                        webhook,
                        name)
                .isPresent();
    }

    /** Writes down what came of looking. {@code open}: it is looked at again. */
    static void settle(Tx tx, long number, Outcome outcome, int tries, boolean open, Instant now) {
        tx.update(
                """
                update webhook_delivery
                set verdict = ?, commit_id = ?, scripts = ?, problem = ?, tries = ?, is_open = ?, done_at = ? where id = ?""",
                outcome.verdict().word(),
                outcome.commit().orElse(null),
                Json.write(outcome.shown()),
                outcome.verdict() == Verdict.NO_MATCH
                        ? "no script is linked to it"
                        : outcome.problem().orElse(null),
                tries,
                open,
                open ? null : time(now),
                number);
    }

    static void feedback(Tx tx, long number, String feedback) {
        tx.update("update webhook_delivery set feedback = ? where id = ?", feedback, number);
    }

    /** Those whose work is not done, oldest first. */
    static List<Ask> open(Tx tx) {
        return asks(tx, "d.is_open = 1");
    }

    static Optional<Ask> ask(Tx tx, long webhook, long number) {
        return asks(tx, "d.moves is not null and d.webhook_id = ? and d.id = ?", webhook, number).stream()
                .findFirst();
    }

    private static List<Ask> asks(Tx tx, String where, @Nullable Object... values) {
        return tx.list("""
                select d.id, w.provider, w.service_id, w.repository as only, d.delivery, d.repository, d.moves, d.tries
                from webhook_delivery d join webhook w on w.id = d.webhook_id
                where """ + " " + where + " order by d.id", DeliveryRecords::ask, values);
    }

    private static Ask ask(ResultSet row) throws SQLException {
        List<Claim.Move> moves = Arrays.asList(Json.read(row.getString("moves"), Claim.Move[].class));
        return new Ask(
                row.getLong("id"),
                Provider.parse(row.getString("provider")).orElseThrow(),
                row.getLong("service_id"),
                Optional.ofNullable(row.getString("only")),
                Optional.ofNullable(row.getString("delivery")),
                new Claim(row.getString("repository"), moves, Optional.empty()),
                row.getInt("tries"),
                false);
    }

    /** Forgets what is too old or too much of any webhook. */
    static void prune(Tx tx, Instant now) {
        tx.list("select id from webhook", row -> row.getLong(1)).forEach(webhook -> prune(tx, webhook, now));
    }

    private static void prune(Tx tx, long webhook, Instant now) {
        beyond(tx, webhook, "", KEPT);
        beyond(tx, webhook, " and verdict = 'bad_signature'", KEPT_UNSIGNED);
        tx.update(
                "delete from webhook_delivery where webhook_id = ? and is_open = 0 and received_at < ?",
                webhook,
                time(now.minus(DAYS_KEPT, ChronoUnit.DAYS)));
    }

    private static void beyond(Tx tx, long webhook, String which, int kept) {
        tx.update(
                "delete from webhook_delivery where webhook_id = ? and is_open = 0" + which
                        + " and id <= (select id from" + " webhook_delivery where webhook_id = ?" + which
                        + " order by id desc limit 1 offset ?)",
                webhook,
                webhook,
                kept);
    }

    static long count(Tx tx, long webhook) {
        return tx.one("select count(*) from webhook_delivery where webhook_id = ?", row -> row.getLong(1), webhook)
                .orElse(0L);
    }

    /** As administrators see them, newest first. */
    static List<Map<String, @Nullable Object>> page(Tx tx, long webhook, long offset, long limit) {
        return tx.list(
                "select * from webhook_delivery where webhook_id = ? order by id desc limit ? offset ?",
                DeliveryRecords::shown,
                webhook,
                limit,
                offset);
    }

    static Optional<Map<String, @Nullable Object>> shown(Tx tx, long webhook, long number) {
        return tx.one(
                "select * from webhook_delivery where webhook_id = ? and id = ?",
                DeliveryRecords::shown,
                webhook,
                number);
    }

    private static Map<String, @Nullable Object> shown(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", row.getLong("id"));
        shown.put("delivery", row.getString("delivery"));
        shown.put("event", row.getString("event"));
        shown.put("received_at", row.getString("received_at"));
        shown.put("verdict", row.getString("verdict"));
        shown.put("repository", row.getString("repository"));
        shown.put("moves", list(row.getString("moves")));
        shown.put("paths", list(row.getString("paths")));
        shown.put("commit", row.getString("commit_id"));
        shown.put("scripts", list(row.getString("scripts")));
        shown.put("problem", row.getString("problem"));
        shown.put("feedback", row.getString("feedback"));
        shown.put("tries", row.getInt("tries"));
        shown.put("done", row.getInt("is_open") == 0);
        shown.put("done_at", row.getString("done_at"));
        return shown;
    }

    private static List<?> list(@Nullable String json) {
        return json == null ? List.of() : Json.read(json, List.class);
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
