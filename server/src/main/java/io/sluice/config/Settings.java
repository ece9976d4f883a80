package io.sluice.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of one server, checked.
 *
 * @param port TCP port, 0 to pick a free one
 * @param maxBodyBytes largest request body
 * @param maxUploadBytes largest upload of a file
 * @param publicUrl where others reach this server, without a slash at its end
 * @param filesRoots absolute; local paths must lie below one of them
 * @param driversDir folder of the JDBC drivers that are not shipped; need not exist
 * @param scriptSlots scripts that run at the same time, 1 or more
 * @param scriptQueue calls whose scripts run or wait at the same time
 * @param fetchTimeoutMillis how long a call waits for a linked text
 * @param storeMegabytes what scripts may keep in {@code platform.store}
 * @param interpreters how scripts run that need an interpreter of their own
 * @param outboundAllow hosts and ranges of addresses that scripts may call though they are not public
 * @param idempotencyHours how long the answer to a call with an Idempotency-Key is kept
 */
public record Settings(
        String host,
        int port,
        int maxBodyBytes,
        Optional<URI> publicUrl,
        Path dataDir,
        Optional<FirstAdministrator> firstAdministrator,
        Optional<String> secretKey,
        LogFormat logFormat,
        long maxUploadBytes,
        List<Path> filesRoots,
        Path driversDir,
        int scriptSlots,
        int scriptQueue,
        int fetchTimeoutMillis,
        int storeMegabytes,
        QueuedRuns queuedRuns,
        Interpreters interpreters,
        List<String> outboundAllow,
        int idempotencyHours) {

    /**
     * How queued scripts are run and tried again.
     *
     * @param most that wait at the same time
     */
    public record QueuedRuns(int threads, int tries, int most, int firstPauseMillis, int longestPauseMillis) {
        /** Calls that somebody waits for keep at least half of the slots. */
        static QueuedRuns read(Values values) {
            int threads = values.whole(Setting.JOBS_THREADS, 0, 64);
            int slots = slots(values.whole(Setting.SCRIPTS_SLOTS, 0, 64));
            return new QueuedRuns(
                    threads > 0 ? threads : Math.max(1, slots / 2),
                    values.whole(Setting.JOBS_TRIES, 1, 100),
                    values.whole(Setting.JOBS_MOST, 1, 10_000_000),
                    values.whole(Setting.JOBS_FIRST_PAUSE_MS, 1, 3_600_000),
                    values.whole(Setting.JOBS_LONGEST_PAUSE_MS, 1, 86_400_000));
        }
    }

    /**
     * The programs that run scripts in Python and PHP.
     *
     * @param unconfined whether they may run with the server's own rights where they cannot be confined
     * @param python empty: looked for
     * @param php empty: looked for
     * @param pipOptions for {@code pip install}, in order
     */
    public record Interpreters(boolean unconfined, Optional<Path> python, Optional<Path> php, List<String> pipOptions) {
        private static Interpreters read(Values values) {
            return new Interpreters(
                    values.choice(Setting.SCRIPTS_UNCONFINED, Answer.class) == Answer.TRUE,
                    values.text(Setting.SCRIPTS_PYTHON).map(Path::of),
                    values.text(Setting.SCRIPTS_PHP).map(Path::of),
                    values.text(Setting.SCRIPTS_PIP_OPTIONS).stream()
                            .flatMap(text -> Stream.of(text.trim().split("\\s+")))
                            .toList());
        }

        private enum Answer {
            TRUE,
            FALSE
        }
    }

    /** Created at the first start. */
    public record FirstAdministrator(String email, String password) {
        @Override
        public String toString() {
            return email;
        }
    }

    /** How log lines look. */
    public enum LogFormat {
        TEXT,
        JSON
    }

    /**
     * Reads them.
     *
     * @param file {@code sluice.yaml}; need not exist
     * @param commandLine values that win over everything
     */
    public static Settings read(Path file, Map<String, String> environment, Map<Setting, String> commandLine) {
        refuseStoreUrl(environment);
        Values values = Values.of(file, environment, commandLine);
        Path data = Path.of(values.required(Setting.DATA_DIR)).toAbsolutePath().normalize();
        return new Settings(
                values.required(Setting.HTTP_HOST),
                values.whole(Setting.HTTP_PORT, 0, 65_535),
                values.whole(Setting.HTTP_MAX_BODY_MB, 1, 1_024) << 20,
                publicUrl(values),
                data,
                firstAdministrator(values),
                values.text(Setting.SECRET_KEY),
                values.choice(Setting.LOG_FORMAT, LogFormat.class),
                (long) values.whole(Setting.FILES_MAX_UPLOAD_MB, 1, 1 << 20) << 20,
                roots(values, data),
                values.text(Setting.DRIVERS_DIR)
                        .map(text -> Path.of(text).toAbsolutePath().normalize())
                        .orElseGet(() -> data.resolve("drivers")),
                slots(values.whole(Setting.SCRIPTS_SLOTS, 0, 64)),
                values.whole(Setting.SCRIPTS_QUEUE, 1, 1_000_000),
                values.whole(Setting.SCRIPTS_FETCH_TIMEOUT_MS, 1, 600_000),
                values.whole(Setting.SCRIPTS_STORE_MB, 1, 100_000),
                QueuedRuns.read(values),
                Interpreters.read(values),
                list(values, Setting.OUTBOUND_ALLOW),
                values.whole(Setting.IDEMPOTENCY_HOURS, 1, 720));
    }

    /** The same settings with another list of roots. */
    public Settings withFilesRoots(List<Path> roots) {
        return new Settings(
                host,
                port,
                maxBodyBytes,
                publicUrl,
                dataDir,
                firstAdministrator,
                secretKey,
                logFormat,
                maxUploadBytes,
                List.copyOf(roots),
                driversDir,
                scriptSlots,
                scriptQueue,
                fetchTimeoutMillis,
                storeMegabytes,
                queuedRuns,
                interpreters,
                outboundAllow,
                idempotencyHours);
    }

    /** The same settings with another first administrator. */
    public Settings withFirstAdministrator(Optional<FirstAdministrator> administrator) {
        return new Settings(
                host,
                port,
                maxBodyBytes,
                publicUrl,
                dataDir,
                administrator,
                secretKey,
                logFormat,
                maxUploadBytes,
                filesRoots,
                driversDir,
                scriptSlots,
                scriptQueue,
                fetchTimeoutMillis,
                storeMegabytes,
                queuedRuns,
                interpreters,
                outboundAllow,
                idempotencyHours);
    }

    private static void refuseStoreUrl(Map<String, String> environment) {
        if (environment.containsKey("SLUICE_STORE_URL")) {
            throw new SettingsException(
                    "SLUICE_STORE_URL is not supported yet: this version keeps its system database in"
                            + " an embedded SQLite file in the data folder. Unset it to start.");
        }
    }

    private static Optional<FirstAdministrator> firstAdministrator(Values values) {
        Optional<String> email = values.text(Setting.ADMIN_EMAIL);
        Optional<String> password = values.text(Setting.ADMIN_PASSWORD);
        if (email.isPresent() != password.isPresent()) {
            throw new SettingsException("SLUICE_ADMIN_EMAIL and SLUICE_ADMIN_PASSWORD go together; only one is set.");
        }
        return email.map(address -> new FirstAdministrator(address, password.orElseThrow()));
    }

    private static Optional<URI> publicUrl(Values values) {
        return values.text(Setting.HTTP_PUBLIC_URL).map(text -> {
            if (!text.matches("https?://[^/?#@\\s]+(/[^?#\\s]*)?")) {
                throw new SettingsException(
                        "http.public_url must be an address such as https://sluice.example.com, not '" + text + "'.");
            }
            return URI.create(text.replaceFirst("/+$", ""));
        });
    }

    private static List<Path> roots(Values values, Path data) {
        List<Path> named = list(values, Setting.FILES_ROOTS).stream()
                .map(one -> Path.of(one).toAbsolutePath().normalize())
                .toList();
        return named.isEmpty() ? List.of(data.resolve("files")) : named;
    }

    private static List<String> list(Values values, Setting setting) {
        return Stream.of(values.text(setting).orElse("").split(","))
                .map(String::trim)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private static int slots(int asked) {
        return asked > 0 ? asked : Math.max(2, Runtime.getRuntime().availableProcessors());
    }
}
