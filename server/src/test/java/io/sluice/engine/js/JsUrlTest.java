package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** URL and URLSearchParams against a table of what Node.js 20 answers. */
class JsUrlTest {
    private final Js js = new Js();

    @Test
    void addressesAreReadAsTheStandardSays() throws Exception {
        List<?> cases;
        try (InputStream in = Objects.requireNonNull(JsUrlTest.class.getResourceAsStream("url-cases.json"))) {
            cases = JsonMapper.shared().readValue(in, List.class);
        }
        js.event.put("cases", cases);
        Object answers = js.value("""
                return event.cases.map(([input, base]) => {
                  try {
                    const u = base === null ? new URL(input) : new URL(input, base);
                    if (new URL(u.href).href !== u.href || !URL.canParse(input, base ?? undefined)) return 'not the same twice';
                    return [u.href, u.origin, u.username, u.password, u.host, u.port, u.pathname, u.search, u.hash,
                      [...u.searchParams].map(p => p.join('→')).join('&')];
                  } catch (e) {
                    if (!(e instanceof TypeError)) throw e;
                    return null;
                  }
                });""");
        assertThat(cases).hasSizeGreaterThan(120);
        for (int i = 0; i < cases.size(); i++) {
            List<?> one = (List<?>) cases.get(i);
            assertThat(((List<?>) answers).get(i))
                    .as("%s on %s", one.get(0), one.get(1))
                    .isEqualTo(one.get(2));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "protocol | http | http://u:p@h.example:81/p?q#f",
                "protocol | mailto | https://u:p@h.example:81/p?q#f",
                "username | a b | https://a%20b:p@h.example:81/p?q#f",
                "password | '' | https://u@h.example:81/p?q#f",
                "host | x.example:443 | https://u:p@x.example/p?q#f",
                "hostname | [::1] | https://u:p@[::1]:81/p?q#f",
                "hostname | a/b | https://u:p@a:81/p?q#f",
                "hostname | '' | https://u:p@h.example:81/p?q#f",
                "port | 443 | https://u:p@h.example/p?q#f",
                "port | 99999 | https://u:p@h.example:81/p?q#f",
                "pathname | a/../b?c | https://u:p@h.example:81/b%3Fc?q#f",
                "search | ?a=ü | https://u:p@h.example:81/p?a=%C3%BC#f",
                "search | '' | https://u:p@h.example:81/p#f",
                "hash | x y | https://u:p@h.example:81/p?q#x%20y",
                "href | http://n.example | http://n.example/",
            })
    void partsCanBeSet(String part, String value, String href) {
        js.event.put("value", value);
        assertThat(
                        js.value(
                                "const u = new URL('https://u:p@h.example:81/p?q#f'); u." + part
                                        + " = event.value; return u.href + (JSON.stringify({u}) === JSON.stringify({u: u.href}) ? '' : '!')"))
                .isEqualTo(href);
    }

    @Test
    void parametersAndAddressChangeTogether() {
        assertThat(js.value("""
                const u = new URL('https://h.example/?a=1&b=2&a=3');
                const p = u.searchParams, log = [];
                log.push(p.getAll('a').join(), p.get('x'), p.has('b'), p.has('b', '3'), p.size);
                p.append('c d', 'é&='); p.set('a', '9'); p.delete('b');
                log.push(u.search);
                p.sort(); u.search = '?z=1+2%203'; log.push(p.get('z'), p === u.searchParams);
                p.delete('z'); log.push(u.href);
                log.push(String(new URLSearchParams({a: 1, b: null})), String(new URLSearchParams([['x', 'y'], ['x', 'z']])));
                log.push(String(new URLSearchParams('?a=%zz&&=&b')), [...new URLSearchParams('a=1&b=2').keys()].join());
                return log.join('|');"""))
                .isEqualTo("1,3||true|false|3|?a=9&c+d=%C3%A9%26%3D|1 2 3|true|https://h.example/|a=1&b=null|x=y&x=z"
                        + "|a=%25zz&=&b=|a,b");
    }

    @Test
    void anInvalidAddressIsATypeErrorThatScriptsCanCatch() {
        assertThat(
                        js.value(
                                "try { new URL('nowhere') } catch (e) { return [e instanceof TypeError, e.message, e.code].join() }"))
                .isEqualTo("true,Invalid URL,ERR_INVALID_URL");
    }
}
