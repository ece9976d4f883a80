package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {

    private static Negotiation.Choice choose(String query, String accept) {
        Headers headers = accept.isEmpty() ? Headers.NONE : Headers.of(Map.of("Accept", accept));
        return Negotiation.of(RequestReader.read(
                new RawExchange("GET", "/api/v2/db/_table/contact", query, headers, new byte[0], "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | JSON",
                "application/json | JSON",
                "application/xml | XML",
                "text/xml | XML",
                "text/csv | CSV",
                "text/plain | JSON",
                "*/* | JSON",
                "application/* | JSON",
                "image/png, application/xml;q=0.1 | XML",
                "application/json;q=0.5, text/csv;q=0.9 | CSV",
                "application/x-ndjson | NDJSON",
                "application/ndjson | NDJSON",
                "application/jsonl, application/json | NDJSON",
                "text/csv;q=0, application/xml;q=0.2 | XML",
                "text/csv, application/xml | CSV",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | JSON",
                "application/json, text/plain, */* | JSON"
            })
    void readsAccept(String accept, Format format) {
        assertThat(choose("", accept).format()).isEqualTo(format);
        assertThat(choose("", accept).headers()).isEmpty();
    }

    @Test
    void theQueryBeatsTheHeader() {
        assertThat(choose("accept=text/csv", "application/xml").format()).isEqualTo(Format.CSV);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "text/html", "application/json;q=0", "nonsense", "*/*;q=0"})
    void whatCannotBeHadIsToldSo(String accept) {
        assertThatThrownBy(() -> choose("", accept).format())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.error().status()).isEqualTo(406));
    }

    @Test
    void aFileNameDecides() {
        Negotiation.Choice choice = choose("file=out.csv", "image/png");
        assertThat(choice.format()).isEqualTo(Format.CSV);
        assertThat(choice.headers()).containsEntry("Content-Disposition", "attachment; filename=\"out.csv\";");
        assertThat(choose("file=a.ndjson", "").format()).isEqualTo(Format.NDJSON);
        assertThat(choose("file=a.jsonl", "").headers())
                .containsEntry("Content-Disposition", "attachment; filename=\"a.jsonl\";");
        assertThat(choose("file=a.XML", "").format()).isEqualTo(Format.XML);
        assertThat(choose("file=true", "").headers())
                .containsEntry("Content-Disposition", "attachment; filename=\"contact.json\";");
        assertThat(choose("file=data.bin", "text/csv").format()).isEqualTo(Format.CSV);
        assertThat(choose("file=false", "").headers()).isEmpty();
    }

    @Test
    void aFileNameCannotLeaveItsQuotes() {
        assertThat(choose("file=a%22%3B%0D%0Ab/..%5Cc.csv", "").headers())
                .containsEntry("Content-Disposition", "attachment; filename=\"a____b_.._c.csv\";");
        assertThat(choose("file=%C3%A4.csv", "").headers())
                .containsEntry("Content-Disposition", "attachment; filename=\"_.csv\"; filename*=UTF-8''%C3%A4.csv");
    }
}
