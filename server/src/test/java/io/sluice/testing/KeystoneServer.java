package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenStack's Keystone (v3), from Debian's packages, and one more way in to {@link SwiftServer} that takes its tokens. One for all tests of
 * this JVM, started when first asked for.
 */
public final class KeystoneServer {
    /** The user, in the domain {@code Default}. */
    public static final String USER = "admin";

    public static final String PASSWORD = "lab secret";

    /** The project, in the domain {@code Default}. */
    public static final String PROJECT = "admin";

    public static final String REGION = "RegionOne";

    private static final Path PROGRAM = Path.of("/usr/bin/keystone-manage");
    private static final Path UWSGI = Path.of("/usr/bin/uwsgi");
    private static final JsonMapper JSON = new JsonMapper();

    private static final String CONFIG = """
            [DEFAULT]
            log_file = %1$s/keystone.log
            [database]
            connection = sqlite:///%1$s/keystone.db
            [token]
            provider = fernet
            [fernet_tokens]
            key_repository = %1$s/fernet
            [credential]
            key_repository = %1$s/credential
            """;

    private static final String FILTERS = """
            [filter:authtoken]
            paste.filter_factory = keystonemiddleware.auth_token:filter_factory
            auth_url = %1$s
            www_authenticate_uri = %1$s
            auth_type = password
            username = %2$s
            password = %3$s
            project_name = %4$s
            user_domain_name = Default
            project_domain_name = Default
            delay_auth_decision = true
            interface = public
            [filter:keystoneauth]
            use = egg:swift#keystoneauth
            operator_roles = admin, member
            """;

    private final Path folder;
    private final int port;

    private KeystoneServer(SwiftServer swift, Path folder) throws IOException {
        this.folder = folder;
        this.port = Daemon.freePort();
        Path config = Files.writeString(folder.resolve("keystone.conf"), CONFIG.formatted(folder));
        String user = System.getProperty("user.name");
        manage(config, "db_sync");
        manage(config, "fernet_setup", "--keystone-user", user, "--keystone-group", user);
        manage(config, "credential_setup", "--keystone-user", user, "--keystone-group", user);
        manage(
                config,
                "bootstrap",
                "--bootstrap-password",
                PASSWORD,
                "--bootstrap-region-id",
                REGION,
                "--bootstrap-public-url",
                address() + "/");
        serve(config);
        int proxy = swift.startProxy(
                "proxy-keystone", "authtoken keystoneauth", FILTERS.formatted(address(), USER, PASSWORD, PROJECT));
        register("http://127.0.0.1:" + proxy + "/v1/AUTH_$(project_id)s");
    }

    private static final class Holder {
        static final KeystoneServer ONLY = start();
    }

    /** The server; where it is not installed the test is skipped, or fails when it is required. */
    public static KeystoneServer get() throws IOException {
        SwiftServer.get();
        Backends.need("keystone", Files.isExecutable(PROGRAM), "Debian's keystone and python3-keystonemiddleware");
        Backends.need("keystone", Files.isExecutable(UWSGI), "Debian's uwsgi-core and uwsgi-plugin-python3");
        return Holder.ONLY;
    }

    private static KeystoneServer start() {
        try {
            return new KeystoneServer(SwiftServer.get(), Daemon.folder("keystone"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void manage(Path config, String... arguments) throws IOException {
        List<String> command =
                new java.util.ArrayList<>(List.of(PROGRAM.toString(), "--config-file", config.toString()));
        command.addAll(List.of(arguments));
        Daemon.run(folder.resolve("manage.log"), command);
    }

    private void serve(Path config) throws IOException {
        List<String> command = List.of(
                UWSGI.toString(),
                "--plugin",
                "python3",
                "--http-socket",
                "127.0.0.1:" + port,
                "--wsgi-file",
                "/usr/bin/keystone-wsgi-public",
                "--pyargv",
                "--config-file " + config,
                "--master",
                "--processes",
                "1");
        Daemon.start(folder.resolve("uwsgi.log"), Map.of(), command).await("Keystone", () -> Daemon.listens(port));
    }

    /** Names Swift in the catalogue, and an endpoint of another region that nobody answers at. */
    private void register(String storage) throws IOException {
        String token = token();
        String service = post(token, "/services", Map.of("service", Map.of("type", "object-store", "name", "swift")))
                .path("service")
                .path("id")
                .asString();
        post(token, "/regions", Map.of("region", Map.of("id", "Elsewhere")));
        endpoint(token, service, "Elsewhere", "public", "http://127.0.0.1:1/v1/AUTH_$(project_id)s");
        endpoint(token, service, REGION, "internal", "http://127.0.0.1:1/v1/AUTH_$(project_id)s");
        endpoint(token, service, REGION, "public", storage);
    }

    private void endpoint(String token, String service, String region, String face, String address) throws IOException {
        post(
                token,
                "/endpoints",
                Map.of(
                        "endpoint",
                        Map.of("service_id", service, "region_id", region, "interface", face, "url", address)));
    }

    private String token() throws IOException {
        Map<String, Object> domain = Map.of("name", "Default");
        Map<String, Object> user = Map.of("name", USER, "domain", domain, "password", PASSWORD);
        Map<String, Object> auth = Map.of(
                "identity", Map.of("methods", List.of("password"), "password", Map.of("user", user)),
                "scope", Map.of("project", Map.of("name", PROJECT, "domain", domain)));
        return sent("", "/auth/tokens", Map.of("auth", auth))
                .headers()
                .firstValue("X-Subject-Token")
                .orElseThrow();
    }

    private JsonNode post(String token, String path, Object body) throws IOException {
        return JSON.readTree(sent(token, path, body).body());
    }

    private HttpResponse<String> sent(String token, String path, Object body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path))
                .header("Content-Type", "application/json")
                .header("X-Auth-Token", token)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        // A connection for each: uwsgi ends them without a word.
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
            }
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** {@code http://127.0.0.1:PORT/v3}. */
    public String address() {
        return "http://127.0.0.1:" + port + "/v3";
    }
}
