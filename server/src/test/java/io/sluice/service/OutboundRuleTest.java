package io.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundRuleTest {
    private static void judge(OutboundRule rule, String host, String address) throws Exception {
        rule.judge(host, InetAddress.ofLiteral(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.0.8",
                "192.0.2.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.9",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "100::1",
                "2002:7f00:1::1",
                "2002:c0a8:101::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:db8::1",
                "3fff::1",
                "4000::1",
                "5f00::1"
            })
    void addressesThatAreNotPublicAreRefused(String address) {
        assertThatThrownBy(() -> judge(OutboundRule.PUBLIC_ONLY, "some.example", address))
                .isInstanceOf(Outbound.Refused.class)
                .hasMessageContaining("no public address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.167.255.255",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1",
                "::ffff:8.8.8.8"
            })
    void publicAddressesAreCalled(String address) {
        assertThatCode(() -> judge(OutboundRule.PUBLIC_ONLY, "some.example", address))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254", "169.254.170.2", "100.100.100.200", "192.0.0.192", "168.63.129.16",
                "fd00:ec2::254", "fd20:ce::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1"
            })
    void metadataIsNeverCalledWhateverIsListed(String address) {
        OutboundRule everything = OutboundRule.PUBLIC_ONLY.and(List.of("0.0.0.0/0", "::/0", "some.example"));
        assertThatThrownBy(() -> judge(everything, "some.example", address))
                .isInstanceOf(Outbound.Refused.class)
                .hasMessageContaining("metadata");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, any.example, 10.1.2.3, true",
        "10.1.2.3, any.example, 10.1.2.4, false",
        "10.0.0.0/8, any.example, 10.200.0.1, true",
        "10.0.0.0/9, any.example, 10.200.0.1, false",
        "10.0.0.0/8, any.example, ::ffff:10.200.0.1, true",
        "0.0.0.0/0, any.example, ::1, false",
        "::1, any.example, ::1, true",
        "[::1], any.example, ::1, true",
        "fd00::/8, any.example, fd12::1, true",
        "inside.example, inside.example, 10.0.0.1, true",
        "Inside.Example, INSIDE.example., 10.0.0.1, true",
        "inside.example, other.inside.example, 10.0.0.1, false",
        "inside.example, inside.example.evil.example, 10.0.0.1, false",
        "*.inside.example, a.b.inside.example, 10.0.0.1, true",
        "*.inside.example, inside.example, 10.0.0.1, false",
        "*.inside.example, evilinside.example, 10.0.0.1, false",
        "bücher.example, xn--bcher-kva.example, 10.0.0.1, true",
        "localhost, localhost, 127.0.0.1, true",
        "localhost, 127.0.0.1, 127.0.0.1, false",
    })
    void listsOpenWhatTheyNameAndNoMore(String entry, String host, String address, boolean open) throws Exception {
        OutboundRule rule = OutboundRule.PUBLIC_ONLY.and(List.of(entry));
        if (open) {
            judge(rule, host, address);
        } else {
            assertThatThrownBy(() -> judge(rule, host, address)).isInstanceOf(Outbound.Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://a.example",
                "a.example:80",
                "a.example/path",
                "10.0.0.0/33",
                "10.0.0/8",
                "::1/129",
                "*",
                "a b",
                "10.0.0.0/x"
            })
    void entriesThatAreNoHostAreNamed(String entry) {
        assertThatThrownBy(() -> OutboundRule.PUBLIC_ONLY.and(List.of("a.example", entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + entry + "'");
    }

    @Test
    void rulesOfTheSameEntriesAreEqual() {
        assertThat(OutboundRule.PUBLIC_ONLY.and(List.of("a.example", "10.0.0.0/8")))
                .isEqualTo(OutboundRule.PUBLIC_ONLY.and(List.of("10.0.0.0/8", "A.example")))
                .hasSameHashCodeAs(OutboundRule.PUBLIC_ONLY.and(List.of("10.0.0.0/8", "a.example")))
                .isNotEqualTo(OutboundRule.PUBLIC_ONLY);
    }
}
