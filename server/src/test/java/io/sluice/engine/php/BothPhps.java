package io.sluice.engine.php;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Each test runs with php-fpm and with php of the command line: scripts see no difference. */
@ParameterizedClass(autoCloseArguments = false)
@MethodSource("engines")
abstract class BothPhps {
    @Parameter
    PhpEngine engine;

    Phps php;

    static Stream<PhpEngine> engines() {
        return Stream.of(Phps.FPM, Phps.CLI);
    }

    @BeforeEach
    void start() {
        php = new Phps(engine);
    }

    static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    static List<Object> list(Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }
}
