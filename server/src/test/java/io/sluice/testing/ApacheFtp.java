package io.sluice.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfiguration;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.slf4j.LoggerFactory;

/** Apache FtpServer in this process: knows MLSD, does not rename over files. */
public final class ApacheFtp implements FtpPeer {
    private final FtpServer server;
    private final Path folder;

    private ApacheFtp(FtpServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /**
     * @param first the port for commands; those behind it are for data
     * @param certificate with one, logins without TLS are refused
     */
    public static ApacheFtp start(Path folder, int first, int count, Optional<OwnCertificate> certificate)
            throws FtpException {
        ((Logger) LoggerFactory.getLogger("org.apache.ftpserver")).setLevel(Level.OFF);
        ((Logger) LoggerFactory.getLogger("org.apache.mina")).setLevel(Level.OFF);
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener(first, count, certificate).createListener());
        ConnectionConfigFactory connections = new ConnectionConfigFactory();
        connections.setMaxLogins(100);
        connections.setMaxThreads(40);
        connections.setLoginFailureDelay(0);
        factory.setConnectionConfig(connections.createConnectionConfig());
        factory.getUserManager().save(user(folder));
        FtpServer server = factory.createServer();
        server.start();
        return new ApacheFtp(server, folder);
    }

    private static ListenerFactory listener(int first, int count, Optional<OwnCertificate> certificate) {
        DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
        data.setPassiveAddress(ADDRESS);
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress(ADDRESS);
        listener.setPort(first);
        certificate.map(ApacheFtp::tls).ifPresent(tls -> {
            listener.setSslConfiguration(tls);
            data.setSslConfiguration(tls);
            data.setImplicitSsl(false);
        });
        listener.setDataConnectionConfiguration(new Ports(data.createDataConnectionConfiguration(), first, count));
        return listener;
    }

    private static SslConfiguration tls(OwnCertificate certificate) {
        SslConfigurationFactory tls = new SslConfigurationFactory();
        tls.setKeystoreFile(certificate.store().toFile());
        tls.setKeystorePassword(OwnCertificate.PASSWORD);
        tls.setKeystoreType("PKCS12");
        return tls.createSslConfiguration();
    }

    private static BaseUser user(Path folder) {
        BaseUser user = new BaseUser();
        user.setName("ann");
        user.setPassword("a secret");
        user.setHomeDirectory(folder.toString());
        user.setAuthorities(List.of(new WritePermission(), new ConcurrentLoginPermission(0, 0)));
        return user;
    }

    /** The server's own choice takes a port for taken when another address of the machine listens on it, as the proxy does. */
    private static final class Ports implements DataConnectionConfiguration {
        private final DataConnectionConfiguration others;
        private final Queue<Integer> free = new ConcurrentLinkedQueue<>();

        Ports(DataConnectionConfiguration others, int first, int count) {
            this.others = others;
            for (int port = first + 1; port < first + count; port++) {
                free.add(port);
            }
        }

        @Override
        public int requestPassivePort() {
            Integer port = free.poll();
            return port == null ? -1 : port;
        }

        @Override
        public void releasePassivePort(int port) {
            free.add(port);
        }

        @Override
        public int getIdleTime() {
            return others.getIdleTime();
        }

        @Override
        public boolean isActiveEnabled() {
            return others.isActiveEnabled();
        }

        @Override
        public boolean isActiveIpCheck() {
            return others.isActiveIpCheck();
        }

        @Override
        public String getActiveLocalAddress() {
            return others.getActiveLocalAddress();
        }

        @Override
        public int getActiveLocalPort() {
            return others.getActiveLocalPort();
        }

        @Override
        public String getPassiveAddress() {
            return others.getPassiveAddress();
        }

        @Override
        public String getPassiveExernalAddress() {
            return others.getPassiveExernalAddress();
        }

        @Override
        public String getPassivePorts() {
            return others.getPassivePorts();
        }

        @Override
        public boolean isPassiveIpCheck() {
            return others.isPassiveIpCheck();
        }

        @Override
        public SslConfiguration getSslConfiguration() {
            return others.getSslConfiguration();
        }

        @Override
        public boolean isImplicitSsl() {
            return others.isImplicitSsl();
        }
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public String username() {
        return "ann";
    }

    @Override
    public String password() {
        return "a secret";
    }

    @Override
    public void close() {
        server.stop();
    }
}
