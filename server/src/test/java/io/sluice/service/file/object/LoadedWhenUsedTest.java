package io.sluice.service.file.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDKs are large: a server that only has services of their kinds does not load them. */
class LoadedWhenUsedTest {
    @Test
    void noClassOfTheSdksIsLoadedBeforeAServiceIsUsed(@TempDir Path folder) throws Exception {
        Path loaded = folder.resolve("loaded");
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + loaded,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpensAll.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(said)).isZero();
        assertThat(said).content().contains("opened aws_s3", "opened azure_blob");
        assertThat(loaded)
                .content()
                .contains("io.sluice.service.file.s3.S3Files", "io.sluice.service.file.azure.AzureFiles")
                .doesNotContain("software.amazon.awssdk", "com.azure", "reactor.");
    }
}
