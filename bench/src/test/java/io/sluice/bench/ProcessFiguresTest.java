package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class ProcessFiguresTest {
    private static final long SELF = ProcessHandle.current().pid();
    private static final long TICKS_ROUNDED_DOWN = 20_000_000;

    @Test
    void cpuTimeIsWhatTheJvmSaysOfItself() {
        OperatingSystemMXBean jvm = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = jvm.getProcessCpuTime();
        long counted = ProcessFigures.cpuNanos(SELF);
        assertThat(counted).isBetween(before - TICKS_ROUNDED_DOWN, jvm.getProcessCpuTime());
    }

    @Test
    void aTreeHoldsTheChildrenThatRunAndTheTimeOfThoseThatEnded() throws Exception {
        Process shell = new ProcessBuilder(
                        "sh", "-c", "i=0; (while [ $i -lt 200000 ]; do i=$((i+1)); done); echo done; read x")
                .start();
        try (var lines = shell.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("done");
            assertThat(ProcessFigures.cpuNanosOfTree(shell.pid())).isGreaterThan(ProcessFigures.cpuNanos(shell.pid()));
            assertThat(ProcessFigures.residentBytesOfTree(SELF))
                    .isGreaterThan(ProcessFigures.residentBytesOfTree(shell.pid()));
            assertThat(ProcessFigures.residentBytesOfTree(shell.pid())).isPositive();
        } finally {
            shell.destroyForcibly();
        }
    }

    @Test
    void aProcessThatHasEndedHasNoFigures() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        assertThat(ProcessFigures.cpuNanosOfTree(ended.pid())).isZero();
        assertThat(ProcessFigures.residentBytesOfTree(ended.pid())).isZero();
    }
}
