package io.sluice.service.file.webdav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to PROPFIND, as servers and those who only look like one send them. */
class MultistatusTest {
    private static final String START = "<?xml version=\"1.0\"?><D:multistatus xmlns:D=\"DAV:\" xmlns:x=\"urn:x\">";
    private static final String END = "</D:multistatus>";

    private static List<Resource> read(String xml) throws IOException {
        return Multistatus.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String response(String href, String properties) {
        return "<D:response><D:href>" + href + "</D:href><D:propstat><D:prop>" + properties
                + "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>";
    }

    @Test
    void filesAndFoldersAreTold() throws IOException {
        List<Resource> all = read(START
                + response("/dav/", "<D:resourcetype><D:collection/></D:resourcetype>")
                + response(
                        "/dav/a.txt",
                        "<D:resourcetype/><D:getcontentlength> 12 </D:getcontentlength>"
                                + "<D:getlastmodified>Fri, 02 Jan 2026 10:00:00 GMT</D:getlastmodified>")
                + END);
        assertThat(all)
                .containsExactly(
                        new Resource(List.of("dav"), true, 0, Instant.EPOCH),
                        new Resource(List.of("dav", "a.txt"), false, 12, Instant.parse("2026-01-02T10:00:00Z")));
    }

    @Test
    void theNamespaceCountsAndNotItsPrefix() throws IOException {
        assertThat(read("<multistatus xmlns='DAV:'><response><href>/a/</href><propstat><prop>"
                        + "<resourcetype><collection/></resourcetype></prop><status>HTTP/1.1 200 OK</status></propstat>"
                        + "</response></multistatus>"))
                .containsExactly(new Resource(List.of("a"), true, 0, Instant.EPOCH));
        assertThat(read(START + response("/a", "<D:resourcetype><x:collection/></D:resourcetype>") + END))
                .containsExactly(new Resource(List.of("a"), false, 0, Instant.EPOCH));
    }

    @Test
    void propertiesThatAServerDoesNotHaveAreNotTaken() throws IOException {
        assertThat(read(START
                        + "<D:response><D:href>/a</D:href>"
                        + "<D:propstat><D:prop><D:getcontentlength>7</D:getcontentlength></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
                        + "<D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>"
                        + "</D:response>" + END))
                .containsExactly(new Resource(List.of("a"), false, 7, Instant.EPOCH));
    }

    @Test
    void aResourceWithAStatusOfItsOwnIsThereOnlyWhenItIsAGoodOne() throws IOException {
        assertThat(read(START
                        + "<D:response><D:href>/gone</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>"
                        + END))
                .isEmpty();
    }

    @Test
    void theHostOfAnAddressSaysNothing() throws IOException {
        for (String href : List.of(
                "http://other.example:81/dav/a%20b.txt",
                "https://127.0.0.1/dav/a%20b.txt", "//host/dav/a%20b.txt", "/dav/a%20b.txt", "/dav//a b.txt?x#y")) {
            assertThat(read(START + response(href, "") + END).getFirst().names())
                    .containsExactly("dav", "a b.txt");
        }
    }

    @Test
    void namesAreDecodedOnce() throws IOException {
        assertThat(read(START + response("/d/50%25/a%2fb/%zz/1+1/gr%C3%BC&#223;e/&amp;%23%3f", "") + END)
                        .getFirst()
                        .names())
                .containsExactly("d", "50%", "a/b", "%zz", "1+1", "grüße", "&#?");
    }

    @Test
    void anHrefInsideOfAPropertyIsNotTheResources() throws IOException {
        assertThat(read(START
                        + response(
                                "/a",
                                "<D:lockdiscovery><D:activelock><D:href>/user</D:href></D:activelock></D:lockdiscovery>")
                        + END))
                .extracting(Resource::name)
                .containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><D:multistatus xmlns:D=\"DAV:\">&a;</D:multistatus>",
                "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><D:multistatus xmlns:D='DAV:'><D:response><D:href>&a;</D:href></D:response></D:multistatus>",
                "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\"><D:multistatus xmlns:D=\"DAV:\"/>",
                "<html><body>Sign in</body></html>",
                "<D:multistatus xmlns:D=\"DAV:\"><D:response>",
                "not even XML",
                ""
            })
    void whatIsNoSuchAnswerIsRefused(String xml) {
        assertThatThrownBy(() -> read(xml))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("WebDAV server's answer");
    }

    @Test
    void aValueWithoutEndIsRefused() {
        assertThatThrownBy(() -> read(START + response("/" + "x".repeat(100_000), "") + END))
                .hasMessageContaining("a value that cannot be one");
    }

    @Test
    void aConnectionThatBreaksIsSaidAsItIs() {
        IOException broken = new IOException("gone");
        var stream = new java.io.SequenceInputStream(
                new ByteArrayInputStream(START.getBytes(StandardCharsets.UTF_8)), new java.io.InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw broken;
                    }
                });
        assertThatThrownBy(() -> Multistatus.read(stream)).isSameAs(broken);
    }
}
