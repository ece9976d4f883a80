package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Setting;
import io.sluice.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manual says what there is: settings, reasons of errors, dependencies. */
class DocsTest {
    private static final Path ROOT = ServerProcess.root();

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everySettingStandsInTheManual(Setting setting) throws IOException {
        String fallback = setting.otherwise().map(text -> "`" + text + "`").orElse("–");
        assertThat(read("docs/manual.md"))
                .contains("| `" + setting.path() + "` | `" + setting.environmentName() + "` | " + fallback + " | "
                        + setting.meaning() + " |");
    }

    @Test
    void everyReasonOfAnErrorStandsInTheManual() throws IOException {
        Set<String> reasons = new TreeSet<>();
        Pattern pattern = Pattern.compile("(?:because\\(\\s*\\d+,\\s*|unavailable\\(\\s*)\"([a-z_]+)\"");
        try (Stream<Path> files = Files.walk(ROOT.resolve("server/src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher found = pattern.matcher(Files.readString(file));
                while (found.find()) {
                    reasons.add(found.group(1));
                }
            }
        }
        assertThat(reasons).isNotEmpty();
        String manual = read("docs/manual.md");
        assertThat(reasons).allSatisfy(reason -> assertThat(manual).contains("`" + reason + "`"));
    }

    @Test
    void linksOfTheReadmeLeadSomewhere() throws IOException {
        Matcher link = Pattern.compile("\\]\\(([^)#]+)\\)").matcher(read("README.md"));
        while (link.find()) {
            assertThat(ROOT.resolve(link.group(1))).exists();
        }
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
