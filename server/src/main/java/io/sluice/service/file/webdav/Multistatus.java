package io.sluice.service.file.webdav;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the answer to PROPFIND (RFC 4918, 14.16) as it comes. It is a stranger's XML: no document types, no entities, no text without end,
 * no answer without end.
 */
final class Multistatus {
    /** What is asked for. */
    static final String QUESTION = """
            <?xml version="1.0" encoding="utf-8"?>
            <propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getlastmodified/></prop></propfind>
            """;

    private static final String DAV = "DAV:";
    private static final int MOST_TEXT = 64 << 10;
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader xml;
    private final List<Resource> found = new ArrayList<>();
    private Facts facts = new Facts();
    private Facts answer = new Facts();

    /** What one {@code response} says, or one group of properties in it. */
    private static final class Facts {
        private String href = "";
        private boolean folder;
        private long size;
        private Instant modified = Instant.EPOCH;
        private boolean good = true;

        /** Properties come in groups with a status each. */
        private void take(Facts group) {
            if (group.good) {
                folder |= group.folder;
                size = Math.max(size, group.size);
                modified = group.modified.isAfter(modified) ? group.modified : modified;
            }
        }
    }

    private Multistatus(XMLStreamReader xml) {
        this.xml = xml;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }

    /** @throws IOException when it is no such answer, or breaks off */
    static List<Resource> read(InputStream body) throws IOException {
        try {
            XMLStreamReader xml = FACTORY.createXMLStreamReader(body);
            try {
                return new Multistatus(xml).read();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException("the WebDAV server's answer is no multistatus that can be read", e);
        }
    }

    private List<Resource> read() throws XMLStreamException, IOException {
        boolean whole = false;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> start(name());
                case XMLStreamConstants.END_ELEMENT -> {
                    end(name());
                    whole |= name().equals("multistatus");
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new IOException(
                            "the WebDAV server's answer holds a document type or entities, which are not read");
                default -> {}
            }
        }
        if (!whole) {
            throw new IOException("the WebDAV server's answer is no multistatus");
        }
        return found;
    }

    /** Empty for elements that are not WebDAV's. */
    private String name() {
        return DAV.equals(xml.getNamespaceURI()) ? xml.getLocalName() : "";
    }

    private void start(String element) throws XMLStreamException, IOException {
        switch (element) {
            case "response" -> {
                answer = new Facts();
                facts = answer;
            }
            case "propstat" -> facts = new Facts();
            case "href" -> href(text());
            case "collection" -> facts.folder = true;
            case "getcontentlength" -> facts.size = size(text());
            case "getlastmodified" -> facts.modified = date(text());
            case "status" -> facts.good = text().matches("HTTP/\\S+ 2\\d\\d.*");
            default -> {}
        }
    }

    /** The first is that of the response; others stand in properties. */
    private void href(String text) {
        if (answer.href.isEmpty()) {
            answer.href = text;
        }
    }

    private void end(String element) {
        if (element.equals("propstat")) {
            answer.take(facts);
            facts = answer;
        }
        if (element.equals("response") && answer.good) {
            found.add(new Resource(
                    Hrefs.names(answer.href), answer.folder, answer.folder ? 0 : answer.size, answer.modified));
        }
    }

    private String text() throws XMLStreamException, IOException {
        StringBuilder text = new StringBuilder();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(xml.getText());
            }
            if (event == XMLStreamConstants.START_ELEMENT || text.length() > MOST_TEXT) {
                throw new IOException("the WebDAV server's answer holds a value that cannot be one");
            }
        }
        return text.toString().strip();
    }

    private static long size(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    private static Instant date(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
