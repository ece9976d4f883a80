package io.sluice.service.sql.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.ApiException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropInDriversTest {
    private static final String DRIVER = """
            package dropped;
            public class In implements java.sql.Driver {
                public java.sql.Connection connect(String u, java.util.Properties p) { return null; }
                public boolean acceptsURL(String u) { return true; }
                public java.sql.DriverPropertyInfo[] getPropertyInfo(String u, java.util.Properties p) { return null; }
                public int getMajorVersion() { return 7; }
                public int getMinorVersion() { return 0; }
                public boolean jdbcCompliant() { return false; }
                public java.util.logging.Logger getParentLogger() { return null; }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void aMissingDriverSaysWhereToPutItAndIsFoundOnceItIsThere() throws Exception {
        DropInDrivers drivers = new DropInDrivers(folder.resolve("drivers"));
        ApiException e =
                catchThrowableOfType(ApiException.class, () -> drivers.driver("dropped.In", "dropped", "Dropped"));
        assertThat(e.error().status()).isEqualTo(503);
        assertThat(e.error().message()).contains("dropped….jar", "drivers.dir").doesNotContain(folder.toString());
        assertThat(e.error().context().toString()).contains("driver_missing");
        jar(Files.createDirectories(folder.resolve("drivers")).resolve("dropped-1.0.jar"));
        assertThat(drivers.driver("dropped.In", "dropped", "Dropped").getMajorVersion())
                .isEqualTo(7);
        assertThat(drivers.driver("dropped.In", "dropped", "Dropped"))
                .isSameAs(drivers.driver("dropped.In", "dropped", "Dropped"));
    }

    private void jar(Path file) throws Exception {
        Path source = folder.resolve("In.java");
        Files.writeString(source, DRIVER);
        int failed =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString());
        assertThat(failed).isZero();
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry("dropped/In.class"));
            jar.write(Files.readAllBytes(folder.resolve("dropped/In.class")));
        }
    }
}
