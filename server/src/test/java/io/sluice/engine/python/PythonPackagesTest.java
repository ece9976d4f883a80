package io.sluice.engine.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.engine.Compilation;
import io.sluice.engine.Program;
import io.sluice.engine.Run.Outcome;
import io.sluice.engine.process.Confinement;
import io.sluice.engine.process.Interpreter;
import io.sluice.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code requirements.txt} beside the script: its packages are installed, for that script alone. */
class PythonPackagesTest {
    @TempDir
    Path folder;

    private Path wheels;

    @BeforeEach
    void makeAPackage() throws IOException {
        assumeTrue(
                Interpreter.answer(List.of("python3", "-c", "import ensurepip, venv"))
                        .isPresent(),
                "python3 has no venv here (Debian: apt install python3-venv)");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        wheels = Files.createDirectory(folder.resolve("wheels"));
        Path wheel = wheels.resolve("greeting-1.2-py3-none-any.whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            file(zip, "greeting.py", "def hello(name):\n    return 'hello ' + name\n");
            file(zip, "greeting-1.2.dist-info/METADATA", "Metadata-Version: 2.1\nName: greeting\nVersion: 1.2\n");
            file(
                    zip,
                    "greeting-1.2.dist-info/WHEEL",
                    "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            file(zip, "greeting-1.2.dist-info/RECORD", "");
        }
    }

    private static void file(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    @Test
    void packagesAreInstalledOnceAndForThatScriptAlone() throws IOException {
        PythonSettings settings = PythonSettings.in(folder.resolve("python"))
                .withPip(List.of("--no-index", "--find-links", wheels.toString()), List.of(wheels));
        try (Confinement confinement = new Confinement(false);
                PythonEngine engine = new PythonEngine(confinement, settings)) {
            Py py = new Py(engine);
            String text = "import greeting\nreturn greeting.hello('Ada')";
            Map<String, String> siblings = Map.of("requirements.txt", "greeting==1.2\n");
            assertThat(value(py, py.compile(text, siblings))).isEqualTo("hello Ada");
            Files.delete(wheels.resolve("greeting-1.2-py3-none-any.whl"));
            assertThat(value(py, py.compile(text + " + '!'", siblings))).isEqualTo("hello Ada!");
            assertThat(py.threw(text).message()).contains("No module named 'greeting'");
            try (var made = Files.list(folder.resolve("python"))) {
                assertThat(made).hasSize(1);
            }
        }
    }

    @Test
    void aPackageThatCannotBeInstalledRefusesTheText() {
        PythonSettings settings = PythonSettings.in(folder.resolve("python"))
                .withPip(List.of("--no-index", "--find-links", wheels.toString()), List.of(wheels));
        try (Confinement confinement = new Confinement(false);
                PythonEngine engine = new PythonEngine(confinement, settings)) {
            Compilation compilation = new Py(engine).compile("return 1", Map.of("requirements.txt", "nothing-like-it"));
            assertThat(compilation)
                    .isInstanceOfSatisfying(
                            Compilation.Refused.class,
                            refused -> assertThat(refused.message())
                                    .contains("requirements.txt")
                                    .contains("No matching distribution found for nothing-like-it"));
        }
    }

    @Test
    void anIndexThatDoesNotAnswerIsToldFromAListThatAsksForWhatThereIsNot() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        PythonSettings settings = PythonSettings.in(folder.resolve("python"))
                .withPip(List.of("--retries", "1", "--index-url", "http://127.0.0.1:" + closed + "/simple"), List.of());
        try (Confinement confinement = new Confinement(false);
                PythonEngine engine = new PythonEngine(confinement, settings)) {
            Compilation compilation = new Py(engine).compile("return 1", Map.of("requirements.txt", "greeting==1.2"));
            assertThat(compilation)
                    .isInstanceOfSatisfying(
                            Compilation.NotNow.class,
                            later -> assertThat(later.message()).contains("requirements.txt"));
        }
    }

    /** As the system does when it is short of memory. */
    @Test
    void aPipThatIsEndedFromOutsideRefusesNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Confinement confinement = new Confinement(false);
                PythonEngine engine = new PythonEngine(confinement, askingAt(silent.getLocalPort()))) {
            CompletableFuture<Compilation> compilation = CompletableFuture.supplyAsync(
                    () -> new Py(engine).compile("return 1", Map.of("requirements.txt", "greeting==1.2")));
            Eventually.is("pip was ended", () -> pip().anyMatch(ProcessHandle::destroyForcibly));
            assertThat(compilation.join())
                    .isInstanceOfSatisfying(
                            Compilation.NotNow.class,
                            later -> assertThat(later.message()).contains("pip was ended from outside"));
        }
    }

    private PythonSettings askingAt(int port) {
        return PythonSettings.in(folder.resolve("python"))
                .withPip(List.of("--index-url", "http://127.0.0.1:" + port + "/simple"), List.of());
    }

    /** The programs themselves, not the shells that started them. */
    private static Stream<ProcessHandle> pip() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("-I -m pip install") && !line.contains("/bin/sh"))
                        .isPresent());
    }

    private static Object value(Py py, Compilation compilation) {
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        try (Program program = ((Compilation.Compiled) compilation).program()) {
            return ((Outcome.Completed) py.run(program).outcome()).value();
        }
    }
}
