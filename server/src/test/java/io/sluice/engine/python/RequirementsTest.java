package io.sluice.engine.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages of the index, and nothing that says where else to look. */
class RequirementsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only words\n\n",
                "requests",
                "requests==2.32.3",
                "requests >= 2.31, < 3",
                "requests (>=2.31,<3)",
                "requests[socks,use-chardet]~=2.31 # why",
                "zope.interface!=5.*\r\nnumpy===1.26.4+local",
                "pywin32; sys_platform == 'win32' and python_version < \"3.12\"",
                "a==1 --hash=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "a==1 \\\n    --hash=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \\\n"
                        + "    --hash=sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\nb",
            })
    void packagesOfTheIndex(String text) {
        assertThat(Requirements.problem(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-i http://127.0.0.1/simple",
                "--index-url=http://127.0.0.1/simple",
                "--extra-index-url http://10.0.0.1/",
                "--trusted-host x",
                "-f /tmp",
                "-e .",
                "--editable=git+https://example.com/x",
                "-r other.txt",
                "-c other.txt",
                "--no-binary :all:",
                "--pre",
                "git+https://example.com/x.git",
                "http://169.254.169.254/latest/meta-data/",
                "x @ http://169.254.169.254/x-1.0-py3-none-any.whl",
                "x@http://169.254.169.254/x.whl",
                "x @ file:///etc",
                "file:///etc/x.whl",
                "./here",
                "../there",
                "/etc/x",
                "C:\\x",
                "here/x",
                "x-1.0-py3-none-any.whl",
                "x-1.0-py3-none-any.whl[extra]",
                "x-1.0-py3-none-any.whl (>=1)",
                "x-1.0.tar.gz",
                "x.zip",
                "x==1 --global-option=build",
                "x==1 --config-settings=a=b",
                "x==1 --hash=sha256:aaaa",
                "x==${HOME}",
                "x; python_version @ 3",
                "x y",
                "x \\\n@ http://127.0.0.1/",
                "\\\n-i http://127.0.0.1/",
                "# words \\\n-i http://127.0.0.1/",
                "\f-i http://127.0.0.1/",
                "x\u2028-i http://127.0.0.1/",
                "x\u0085-i http://127.0.0.1/",
                "x\u000b-i http://127.0.0.1/",
                "# x\u2028-i http://127.0.0.1/",
                "# x\u000b-i http://127.0.0.1/",
                "# x\r-i http://127.0.0.1/",
            })
    void nothingElse(String text) {
        assertThat(Requirements.problem("requests\n" + text)).isPresent();
    }

    @Test
    void theLineIsNamedAndWhatToDo() {
        assertThat(Requirements.problem("requests\n\nnumpy \\\n  ==2\n-i http://127.0.0.1/simple\n"))
                .hasValueSatisfying(words -> assertThat(words)
                        .startsWith("line 5 (-i http://127.0.0.1/simple) ")
                        .contains("requests>=2.31,<3", "scripts.pip_options"));
    }

    @Test
    void pipReadsNoCommentsSinceTheyCanNameAnEncoding() {
        assertThat(Requirements.plain("# coding: utf-7\n# +AAo-i http://127.0.0.1/\nx==1 # why\n\ny \\\n <2"))
                .isEqualTo("x==1\ny  <2\n");
    }

    @Test
    void longTextsAreNoTrouble() {
        assertThat(Requirements.problem("a".repeat(1_000_000))).isPresent();
        assertThat(Requirements.problem("a==1" + ",<2".repeat(300_000))).isPresent();
        assertThat(Requirements.problem("a\n".repeat(100_000))).isEmpty();
    }
}
