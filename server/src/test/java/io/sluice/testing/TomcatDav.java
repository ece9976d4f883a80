package io.sluice.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.authenticator.AuthenticatorBase;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.authenticator.DigestAuthenticator;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.WebdavServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.StandardRoot;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;

/** Tomcat's WebDAV servlet in this JVM. */
public final class TomcatDav implements DavPeer {
    private static final Logger LOG = Logger.getLogger("org.apache");
    private static final String ROLE = "dav";

    private final Tomcat tomcat;
    private final Path folder;

    private TomcatDav(Tomcat tomcat, Path folder) {
        this.tomcat = tomcat;
        this.folder = folder;
    }

    /** Asks for Basic. */
    public static TomcatDav basic(Path work) throws Exception {
        BasicAuthenticator authenticator = new BasicAuthenticator();
        authenticator.setCharset("UTF-8");
        return start(work, "BASIC", authenticator);
    }

    /** Asks for Digest. */
    public static TomcatDav digest(Path work) throws Exception {
        return start(work, "DIGEST", new DigestAuthenticator());
    }

    private static TomcatDav start(Path work, String method, AuthenticatorBase authenticator)
            throws IOException, LifecycleException {
        LOG.setLevel(Level.OFF); // it tells of every connection that a test breaks
        Path folder = Files.createDirectories(work.resolve("files"));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(work.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("/files", folder.toString());
        StandardRoot resources = new StandardRoot(context);
        resources.setCachingAllowed(false);
        context.setResources(resources);
        Wrapper servlet = Tomcat.addServlet(context, "dav", new WebdavServlet());
        servlet.addInitParameter("readonly", "false");
        servlet.addInitParameter("listings", "true");
        context.addServletMappingDecoded("/*", "dav");
        protect(context, method, authenticator);
        tomcat.addUser(USER, PASSWORD);
        tomcat.addRole(USER, ROLE);
        tomcat.start();
        return new TomcatDav(tomcat, folder);
    }

    private static void protect(Context context, String method, AuthenticatorBase authenticator) {
        SecurityCollection all = new SecurityCollection();
        all.addPattern("/*");
        SecurityConstraint constraint = new SecurityConstraint();
        constraint.addCollection(all);
        constraint.addAuthRole(ROLE);
        context.addConstraint(constraint);
        context.addSecurityRole(ROLE);
        context.setLoginConfig(new LoginConfig(method, "files", null, null));
        context.getPipeline().addValve(authenticator);
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public String path() {
        return "/files";
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
