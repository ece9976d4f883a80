package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DatabaseTest {
    @Test
    void takesAnAddressApart() {
        String url = "jdbc:postgresql://10.1.2.3:5433/sales?user=joe&password=a%26b";
        assertThat(Database.of(url)).isEqualTo(new Database(url, "10.1.2.3", 5433, "sales", "joe", "a&b"));
    }

    @Test
    void refusesWhatIsNoAddressOfPostgresql() {
        assertThatThrownBy(() -> Database.of("jdbc:mariadb://h/d")).isInstanceOf(BenchException.class);
        assertThatThrownBy(() -> Database.of("")).isInstanceOf(BenchException.class);
    }
}
