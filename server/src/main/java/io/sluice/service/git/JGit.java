package io.sluice.service.git;

import java.io.File;
import java.time.Duration;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.internal.storage.dfs.DfsBlockCache;
import org.eclipse.jgit.internal.storage.dfs.DfsBlockCacheConfig;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * JGit's settings for the whole process: it sees no environment and no Git configuration of the user or the machine (which could name
 * proxies, credentials, other addresses, programs), and keeps little in its block cache.
 */
final class JGit extends SystemReader {
    private static final long BLOCK_CACHE_BYTES = 4L << 20;

    /** As file systems keep times of change: FAT has two seconds. Too much only makes JGit read a file again. */
    private static final Duration COARSEST_TIMES = Duration.ofSeconds(2);

    private JGit() {}

    private static final class Once {
        static final boolean DONE = apply();

        private static boolean apply() {
            SystemReader.setInstance(new JGit());
            DfsBlockCache.reconfigure(new DfsBlockCacheConfig().setBlockLimit(BLOCK_CACHE_BYTES));
            return true;
        }
    }

    /** Before the first use of JGit; later calls do nothing. */
    static void prepare() {
        if (!Once.DONE) {
            throw new IllegalStateException("JGit is not prepared");
        }
    }

    /** A configuration that is empty and stays so. */
    private static final class Nothing extends FileBasedConfig {
        Nothing(Config parent, FS fs) {
            super(parent, new File("none"), fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        /** Else JGit measures it for some seconds before a first read, with files that it writes beside the repository. */
        @Override
        public long getTimeUnit(
                String section, @Nullable String subsection, String name, long otherwise, TimeUnit unit) {
            return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION) ? unit.convert(COARSEST_TIMES) : otherwise;
        }
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    @SuppressWarnings("NullAway") // JGit's way to say that there is no such variable
    public String getenv(String variable) {
        return null;
    }

    @Override
    public String getProperty(String key) {
        return System.getProperty(key);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    @Deprecated
    public long getCurrentTime() {
        return System.currentTimeMillis();
    }

    @Override
    @Deprecated
    public int getTimezone(long when) {
        return TimeZone.getDefault().getOffset(when) / 60_000;
    }
}
