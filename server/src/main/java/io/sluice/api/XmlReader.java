package io.sluice.api;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * XML to maps, lists and strings: an element with elements is a map, repeated ones are a list, an empty one is null; attributes
 * are passed over. The root is dropped unless it is {@code resource} itself. No document type, no entities of its own. Pure.
 */
final class XmlReader {
    private static final String WRAPPER = "resource";
    private static final int MAX_DEPTH = 64;
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader reader;

    private XmlReader(XMLStreamReader reader) {
        this.reader = reader;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("no outside resources");
        });
        return factory;
    }

    /** The value; a 400 with line and column when the text is malformed. An encoding in the prolog is passed over. */
    static @Nullable Object read(byte[] bytes, Charset charset) {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(decoded(bytes, charset)));
            try {
                return new XmlReader(reader).document();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw malformed(e.getLocation());
        }
    }

    /** Here and not by the parser, which prints broken bytes to the standard error before it tells of them. */
    private static String decoded(byte[] bytes, Charset charset) {
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw ApiException.badRequest("The body is malformed XML: its bytes are not " + charset.name() + " text.");
        }
    }

    private @Nullable Object document() throws XMLStreamException {
        while (reader.next() != XMLStreamConstants.START_ELEMENT) {
            refuseDocumentType();
        }
        String root = reader.getLocalName();
        @Nullable Object value = element(1);
        while (reader.hasNext()) {
            reader.next();
        }
        if (!root.equals(WRAPPER)) {
            return value;
        }
        Map<String, @Nullable Object> wrapped = new LinkedHashMap<>();
        wrapped.put(WRAPPER, value);
        return wrapped;
    }

    private void refuseDocumentType() {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
            throw ApiException.badRequest("XML with a document type declaration is not accepted.");
        }
    }

    private @Nullable Object element(int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw ApiException.badRequest("The XML is nested deeper than " + MAX_DEPTH + " elements.");
        }
        StringBuilder text = new StringBuilder();
        Map<String, @Nullable Object> children = new LinkedHashMap<>();
        for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    String name = reader.getLocalName();
                    add(children, name, element(depth + 1));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.ENTITY_REFERENCE -> throw malformed(reader.getLocation());
                default -> {}
            }
        }
        if (!children.isEmpty()) {
            return children;
        }
        return text.isEmpty() ? null : text.toString();
    }

    /** The second of a name makes a list of both. No value of an element is a list otherwise. */
    @SuppressWarnings("unchecked")
    private static void add(Map<String, @Nullable Object> children, String name, @Nullable Object value) {
        if (!children.containsKey(name)) {
            children.put(name, value);
        } else if (children.get(name) instanceof List<?> list) {
            ((List<@Nullable Object>) list).add(value);
        } else {
            List<@Nullable Object> list = new ArrayList<>();
            list.add(children.get(name));
            list.add(value);
            children.put(name, list);
        }
    }

    private static ApiException malformed(@Nullable Location at) {
        return ApiException.badRequest(
                at == null
                        ? "The body is malformed XML."
                        : "The body is malformed XML at line " + at.getLineNumber() + ", column " + at.getColumnNumber()
                                + ".");
    }
}
