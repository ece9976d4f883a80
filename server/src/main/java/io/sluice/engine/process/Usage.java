package io.sluice.engine.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a process and all below it use now, as Linux tells it in {@code /proc}; nothing elsewhere.
 *
 * @param residentBytes memory that is really there; shared pages count once for each process
 * @param cpuMillis of those that are alive, and of their children that they have seen end
 */
public record Usage(long residentBytes, long cpuMillis, int processes) {
    private static final long PAGE = 4096;
    private static final long TICK_MILLIS = 10;
    private static final int MOST = 512;

    static Usage of(long pid) {
        long resident = 0;
        long cpu = 0;
        int processes = 0;
        Deque<String> left = new ArrayDeque<>();
        left.add(Long.toString(pid));
        while (!left.isEmpty() && processes < MOST) {
            Path folder = Path.of("/proc", left.poll());
            try {
                String stat = Files.readString(folder.resolve("stat"));
                // The name, in brackets, may hold anything. From the 12th field after it: utime, stime, both of ended
                // children; the
                // 22nd is rss.
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                for (int i = 11; i <= 14; i++) {
                    cpu += Long.parseLong(fields[i]) * TICK_MILLIS;
                }
                resident += Long.parseLong(fields[21]) * PAGE;
                processes++;
                String children = Files.readString(
                        folder.resolve("task").resolve(folder.getFileName()).resolve("children"));
                for (String child : children.split(" ")) {
                    if (!child.isBlank()) {
                        left.add(child.strip());
                    }
                }
            } catch (IOException e) {
                // It ended while being looked at.
            }
        }
        return new Usage(resident, cpu, processes);
    }
}
