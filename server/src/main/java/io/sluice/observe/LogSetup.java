package io.sluice.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * How the log is written, found by Logback itself: in code, since reading a configuration file costs a fifth of a second at each
 * start. The log goes to standard error; standard output carries only what commands answer, such as the ready line.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    /** System property, {@code text} or {@code json}; to be set before the first logger is asked for. */
    public static final String FORMAT = "sluice.log.format";

    /** Line breaks in a message are taken out, so that no name or header can forge a line of the log. */
    private static final String TEXT = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %replace(%msg){'[\\r\\n]+', ' '}%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context));
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("sluice").setLevel(Level.INFO);
        context.getLogger("org.apache.sshd")
                .setLevel(Level.ERROR); // of what it warns our own calls fail, and that is said
        // They log each answer that is no success as an error; services say what concerns somebody.
        context.getLogger("com.azure").setLevel(Level.OFF);
        context.getLogger("software.amazon.awssdk").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context) {
        if (System.getProperty(FORMAT, "text").equals("json")) {
            JsonEncoder json = new JsonEncoder();
            json.setContext(context);
            json.start();
            return json;
        }
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(TEXT);
        text.start();
        return text;
    }
}
