package io.sluice.service.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimedBodyTest {
    @Test
    void aBodyThatIsClosedIsHeldByNoAlarm() throws Exception {
        TimedBody body = new TimedBody(InputStream.nullInputStream(), Duration.ofHours(1));
        assertThat(TimedBody.ALARMS.getQueue().toArray()).contains(body.alarm);
        body.close();
        assertThat(TimedBody.ALARMS.getQueue().toArray()).doesNotContain(body.alarm);
    }
}
