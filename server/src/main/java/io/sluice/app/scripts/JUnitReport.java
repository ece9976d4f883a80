package io.sluice.app.scripts;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** What build servers read of a run of script tests. */
final class JUnitReport {
    private JUnitReport() {}

    static void write(Path file, List<Verdict> verdicts) {
        try (Writer writer = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(writer);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "sluice script test");
            xml.writeAttribute("tests", Integer.toString(verdicts.size()));
            xml.writeAttribute(
                    "failures",
                    Long.toString(verdicts.stream().filter(one -> !one.passed()).count()));
            for (Verdict verdict : verdicts) {
                one(xml, verdict);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (IOException e) {
            throw new UsageException("Cannot write " + file + ": " + e);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the report cannot be written", e);
        }
    }

    private static void one(XMLStreamWriter xml, Verdict verdict) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", verdict.file());
        xml.writeAttribute("name", verdict.name());
        xml.writeAttribute(
                "time", String.format(Locale.ROOT, "%.6f", verdict.took().toNanos() / 1e9));
        if (!verdict.passed()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", verdict.differences().getFirst().path());
            xml.writeCharacters(clean(String.join("\n", verdict.reasons())));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** XML has no way to write most control characters. */
    private static String clean(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?");
    }
}
