package io.sluice.service.file.webdav;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.file.webdav.Challenges.Challenge;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Challenges as servers write them, and the answers that the RFCs give as examples. */
class DigestTest {
    private static final String RFC_7616 =
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=%s,"
                    + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                    + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    private static Challenge one(String header) {
        return Challenges.parse(header).all().getFirst();
    }

    private static String answer(String header, String password, String ours, String address) {
        return new Digest(one(header), "Mufasa", password, ours).header("GET", URI.create(address));
    }

    @Test
    void theExamplesOfRfc7616() {
        String ours = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        String address = "http://www.example.org/dir/index.html";
        assertThat(answer(RFC_7616.formatted("MD5"), "Circle of Life", ours, address))
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"", "nc=00000001", "uri=\"/dir/index.html\"")
                .contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"", "qop=auth,");
        assertThat(answer(RFC_7616.formatted("SHA-256"), "Circle of Life", ours, address))
                .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"");
    }

    @Test
    void theExampleOfRfc2617() {
        String header = "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";
        assertThat(answer(header, "Circle Of Life", "0a4f113b", "http://www.nowhere.org/dir/index.html"))
                .contains("response=\"6629fae49393a05397450978507c4ef1\"");
    }

    @Test
    void eachCallCounts() {
        Digest digest = new Digest(one(RFC_7616.formatted("MD5")), "u", "p");
        URI address = URI.create("http://h/a%20b?c=d");
        String first = digest.header("PUT", address);
        assertThat(first).contains("nc=00000001").contains("uri=\"/a%20b?c=d\"");
        assertThat(digest.header("PUT", address)).contains("nc=00000002").isNotEqualTo(first);
    }

    @Test
    void severalChallengesStandInOneLine() {
        Challenges all = Challenges.parse(
                "Negotiate, NTLM TlRMTVNTUAAC==, Basic realm=\"a, \\\"b\\\"\", charset=UTF-8, Digest realm=\"c\", nonce=\"n=,\", stale=TRUE");
        assertThat(all.all()).extracting(Challenge::scheme).containsExactly("negotiate", "ntlm", "basic", "digest");
        assertThat(all.all().get(2).text("realm")).isEqualTo("a, \"b\"");
        assertThat(all.all().get(2).text("charset")).isEqualTo("UTF-8");
        assertThat(all.all().get(3).text("nonce")).isEqualTo("n=,");
        assertThat(all.all().get(3).text("stale")).isEqualTo("TRUE");
    }

    @Test
    void whatWeCannotAnswerIsNotTried() {
        for (String header : List.of(
                "Digest realm=\"a\", nonce=\"n\", algorithm=SHA-512-256",
                "Digest realm=\"a\", nonce=\"n\", qop=\"auth-int\"",
                "Digest realm=\"a\"")) {
            assertThat(Digest.answers(one(header))).as(header).isFalse();
        }
        assertThat(Digest.answers(one("Digest realm=\"a\", nonce=\"n\", algorithm=MD5-sess")))
                .isTrue();
        assertThat(Challenges.parse("").all()).isEmpty();
        assertThat(Challenges.parse(",,;\"").all()).isEmpty();
    }
}
