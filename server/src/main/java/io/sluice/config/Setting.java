package io.sluice.config;

import java.util.Locale;
import java.util.Optional;

/**
 * Every setting there is. In {@code sluice.yaml} the name is a path ({@code http.port} is {@code port} below {@code http}); in the
 * environment it is {@code SLUICE_} and the path in capitals with underscores. The environment wins over the file, the
 * command line over both.
 */
public enum Setting {
    HTTP_HOST("http.host", "0.0.0.0", "Address to listen on; 127.0.0.1 in demo, and while no administrator exists."),
    HTTP_PORT("http.port", "8080", "TCP port; 0 picks a free one, the ready line says which."),
    HTTP_MAX_BODY_MB("http.max_body_mb", "16", "Largest request body, in MiB; more is a 413, except for uploads of files."),
    HTTP_PUBLIC_URL(
            "http.public_url",
            null,
            "Where others reach this server, such as https://sluice.example.com; the addresses of webhooks begin with it."),
    DATA_DIR("data.dir", "data", "Folder of the system database, the secret key and local files."),
    ADMIN_EMAIL("admin.email", null, "Email of the administrator that is created when there is none."),
    ADMIN_PASSWORD("admin.password", null, "Their password, 16 characters or more."),
    SECRET_KEY("secret.key", null, "Seals stored credentials, signs sessions; made in the data folder when absent."),
    LOG_FORMAT("log.format", "text", "text or json."),
    FILES_ROOTS("files.roots", null, "Folders (comma list) that local paths must lie below; default DATA/files."),
    FILES_MAX_UPLOAD_MB("files.max_upload_mb", "5120", "Largest upload to a file service, in MiB; more is a 413."),
    DRIVERS_DIR(
            "drivers.dir", null, "Folder of JDBC drivers that are not shipped (DuckDB, Oracle); default DATA/drivers."),
    SCRIPTS_SLOTS("scripts.slots", "0", "Scripts that run at the same time; 0: the number of cores, at least 2."),
    SCRIPTS_QUEUE(
            "scripts.queue",
            "1000",
            "Calls whose scripts run or wait for a thread at the same time; more are answered 503 at once."),
    SCRIPTS_FETCH_TIMEOUT_MS(
            "scripts.fetch_timeout_ms",
            "2000",
            "How long a call waits for a linked text before the last good version runs."),
    SCRIPTS_STORE_MB(
            "scripts.store_mb",
            "64",
            "Megabytes that platform.store holds for all scripts together; more is an error for the script that sets it."),
    JOBS_THREADS(
            "jobs.threads", "0", "Queued scripts that run at the same time; 0: half of scripts.slots, at least 1."),
    JOBS_TRIES("jobs.tries", "5", "How often a queued script is tried before its job is a dead letter."),
    JOBS_MOST(
            "jobs.most",
            "100000",
            "Queued scripts that wait to be run, or to be tried again; more are answered 503, and not queued."),
    JOBS_FIRST_PAUSE_MS(
            "jobs.first_pause_ms",
            "1000",
            "Pause after the first try that failed; each further one is six times as long."),
    JOBS_LONGEST_PAUSE_MS("jobs.longest_pause_ms", "300000", "Longest pause between two tries."),
    SCRIPTS_UNCONFINED(
            "scripts.unconfined",
            "false",
            "true: scripts in Python and PHP run even where they cannot be confined, with the rights of the server."),
    SCRIPTS_PYTHON(
            "scripts.python", null, "The Python to run scripts with, 3.9 or newer; default: python3 of the PATH."),
    SCRIPTS_PHP(
            "scripts.php", null, "The php-fpm to run scripts with, or php, 8.1 or newer; default: the newest found."),
    SCRIPTS_PIP_OPTIONS(
            "scripts.pip_options",
            null,
            "Options of pip install, such as --index-url; may name folders below files.roots."),
    OUTBOUND_ALLOW(
            "outbound.allow",
            null,
            "Hosts and ranges of addresses (comma list) that scripts may call though they are not public."),
    IDEMPOTENCY_HOURS("idempotency.hours", "24", "How long the answer to a call with an Idempotency-Key is kept.");

    private final String path;
    private final Optional<String> otherwise;
    private final String meaning;

    Setting(String path, @org.jspecify.annotations.Nullable String otherwise, String meaning) {
        this.path = path;
        this.otherwise = Optional.ofNullable(otherwise);
        this.meaning = meaning;
    }

    /** As in {@code sluice.yaml}. */
    public String path() {
        return path;
    }

    public Optional<String> otherwise() {
        return otherwise;
    }

    public String meaning() {
        return meaning;
    }

    /** {@code SLUICE_HTTP_PORT}. */
    public String environmentName() {
        return "SLUICE_" + path.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
