package io.sluice.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The texts of the settings from their three places, each with where it came from, for messages. */
final class Values {
    private record Value(String text, String from) {}

    private final Map<Setting, Value> values;

    private Values(Map<Setting, Value> values) {
        this.values = values;
    }

    static Values of(Path file, Map<String, String> environment, Map<Setting, String> commandLine) {
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        Map<String, String> inFile = Files.exists(file) ? read(file) : Map.of();
        for (Setting setting : Setting.values()) {
            setting.otherwise().ifPresent(text -> values.put(setting, new Value(text, "the default")));
            put(values, setting, inFile.get(setting.path()), file.getFileName() + ": " + setting.path());
            put(values, setting, environment.get(setting.environmentName()), setting.environmentName());
            put(values, setting, commandLine.get(setting), "the command line");
        }
        return new Values(values);
    }

    private static void put(
            Map<Setting, Value> values, Setting setting, @org.jspecify.annotations.Nullable String text, String from) {
        if (text != null && !text.isBlank()) {
            values.put(setting, new Value(text.trim(), from));
        }
    }

    private static Map<String, String> read(Path file) {
        try {
            Object loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            Map<String, String> flat = new HashMap<>();
            if (loaded instanceof Map<?, ?> map) {
                flatten("", map, flat);
            } else if (loaded != null) {
                throw new SettingsException(
                        file.getFileName() + " must hold names and values, such as 'http: {port: 8080}'.");
            }
            refuseUnknown(file, flat);
            return flat;
        } catch (IOException | YamlEngineException e) {
            throw new SettingsException("Cannot read " + file + ": " + e.getMessage());
        }
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, String> flat) {
        map.forEach((name, value) -> {
            String path = prefix.isEmpty() ? String.valueOf(name) : prefix + "." + name;
            switch (value) {
                case Map<?, ?> inner -> flatten(path, inner, flat);
                case List<?> list ->
                    flat.put(path, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
                case null -> {}
                default -> flat.put(path, value.toString());
            }
        });
    }

    private static void refuseUnknown(Path file, Map<String, String> flat) {
        List<String> known = Stream.of(Setting.values()).map(Setting::path).toList();
        flat.keySet().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new SettingsException(file.getFileName() + ": there is no setting '" + name + "'. There are: "
                    + String.join(", ", known) + ".");
        });
    }

    Optional<String> text(Setting setting) {
        return Optional.ofNullable(values.get(setting)).map(Value::text);
    }

    String required(Setting setting) {
        return text(setting).orElseThrow(() -> new SettingsException(setting.environmentName() + " must be set."));
    }

    int whole(Setting setting, int least, int most) {
        Value value = values.get(setting);
        try {
            int number = Integer.parseInt(required(setting));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, together with the range
        }
        throw new SettingsException(setting.path() + " must be a whole number from " + least + " to " + most + ", not '"
                + (value == null ? "" : value.text() + "' (from " + value.from() + ")") + ".");
    }

    <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
        String text = required(setting).toUpperCase(Locale.ROOT);
        return Stream.of(type.getEnumConstants())
                .filter(one -> one.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new SettingsException(setting.path() + " must be one of "
                        + Stream.of(type.getEnumConstants())
                                .map(one -> one.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + ", not '" + text.toLowerCase(Locale.ROOT) + "'."));
    }
}
