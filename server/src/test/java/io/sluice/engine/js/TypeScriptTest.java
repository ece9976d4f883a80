package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Language;
import io.sluice.engine.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TypeScript runs as written, types apart; its errors are told at the author's lines and columns. */
final class TypeScriptTest {
    private final Folder folder = new Folder().typescript();

    @Test
    void theLanguageIsListed() {
        assertThat(Js.ENGINE.languages()).extracting(Language::name).containsExactly("nodejs", "typescript");
        assertThat(Js.ENGINE.languages()).allMatch(Language::sandboxed);
    }

    @Test
    void aFunctionBodyHasTypes() {
        folder.has("a.ts", """
                interface Row { id: number; name?: string }
                type Pair<A, B = A> = readonly [A, B];
                declare const unknownToUs: string;
                enum Size { Small = 1, Large, Named = 'n' }
                const enum Flat { One = 1 }
                class Base<T> {
                  protected items: T[] = [];
                  constructor(private readonly first: T, public second?: string) { this.items.push(first); }
                  get<K extends keyof T>(key: K): T[K] { return this.first[key]; }
                }
                abstract class Shape { abstract area(): number; declare hidden: string; override toString(): string { return 's' } }
                function isRow(x: unknown): x is Row { return typeof x === 'object' && x !== null && 'id' in x; }
                function check(x: unknown): asserts x is Row {}
                function over(x: string): string;
                function over(x: number): number;
                function over(x: any) { return x; }
                const row = { id: 5, name: 'a' } satisfies Row;
                const pair: Pair<number, string> = [1, 'x'];
                const base = new Base<Row>(row, 'two');
                const generic = <T,>(x: T): T => x;
                const maybe: Row | undefined = event.row as Row;
                const sum = (event.list as number[]).map((x: number): number => x! + 1);
                check(row);
                return [base.get('id'), base.second, Size.Large, Size[1], Size.Named, Flat.One, isRow(row), over(3),
                  generic<string>('g'), pair[1], maybe?.id ?? 'none', sum, <number>row.id];
                """);
        folder.js.event = new LinkedHashMap<>(Map.of("list", List.of(1, 2)));
        assertThat(folder.value("a.ts"))
                .isEqualTo(List.of(5, "two", 2, "Small", "n", 1, true, 3, "g", "x", "none", List.of(2, 3), 5));
    }

    @Test
    void modulesImportEachOtherAsTypeScriptWritesIt() {
        folder.has("s/a.ts", """
                import type { Row } from './types';
                import { type Price, total } from './lib/total.js';
                import { Row as Same } from './types';
                import half from './lib/half';
                import plain from './lib/plain.js';
                import data from './data.json' with { type: 'json' };
                export type { Row };
                export default async function (event: { rows: Row[] }): Promise<Price[]> {
                  const same: Same[] = event.rows;
                  const late = await import('./lib/late.ts');
                  return [total(same), half(4), plain(1), data.n, late.default];
                }
                """)
                .has("s/types.d.ts", "export interface Row { n: number }")
                .has(
                        "s/lib/total.ts",
                        "import type { Row } from '../types'; export type Price = number;\n"
                                + "export const total = (rows: Row[]): Price => rows.reduce((sum, r) => sum + r.n, 0);")
                .has("s/lib/half.ts", "export default (n: number) => n / 2;")
                .has("s/lib/plain.js", "module.exports = (n) => n + 1;")
                .has("s/lib/late.ts", "export default 9 as number;")
                .has("s/data.json", "{\"n\": 7}");
        folder.js.event = new LinkedHashMap<>(Map.of("rows", List.of(Map.of("n", 1), Map.of("n", 2))));
        assertThat(folder.value("s/a.ts")).isEqualTo(List.of(3, 2, 2, 7, 9));
    }

    @Test
    void errorsOfARunAreAtTheAuthorsPlace() {
        folder.has(
                "a.ts",
                "type A = { x: number };\nconst f = (a: A, b: Map<string, number>): number => (a as any).y.z;\n"
                        + "return f({ x: 1 } as A, new Map<string, number>());");
        assertThat(Js.threw(folder.run("a.ts")).where())
                .hasToString("a.ts line 2, column 53: "
                        + "const f = (a: A, b: Map<string, number>): number => (a as any).y.z;");
        folder.has("b.ts", "import { f } from './lib/b';\nexport default (e: any) => f(e as string);")
                .has(
                        "lib/b.ts",
                        "export function f<T extends string>(this: void, e: T): never { throw new Error(e ?? 'no'); }");
        Run.Outcome.Threw threw = Js.threw(folder.run("b.ts"));
        assertThat(threw.where()).asString().startsWith("lib/b.ts line 1, column 70: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "let a: number = ; | line 2, column 17",
                "const a: = 1; | line 2, column 10",
                "function f(a: { return 1 } | line 2",
                "@sealed class A {} | line 2, column 1: decorators are not supported",
                "class A { @log() m() {} } | line 2, column 11: decorators are not supported",
                "namespace A { export const b = 1; } | line 2, column 1: namespaces are not supported",
                "module A.B { export const b = 1; } | line 2, column 1: namespaces are not supported",
            })
    void whatDoesNotCompileIsToldWithItsPlace(String text, String words) {
        folder.has("a.ts", "const before = <T,>(x: T) => x;\n" + text + "\n");
        assertThat(folder.uncompilable("a.ts")).startsWith(words);
        folder.has("b.ts", "import './lib/a'; export {}")
                .has("lib/a.ts", "const before = <T,>(x: T) => x;\n" + text + "\n");
        assertThat(folder.uncompilable("b.ts")).startsWith("lib/a.ts " + words);
    }

    @Test
    void wordsThatMeanSomethingElsewhereAreNames() {
        folder.has("a.ts", """
                const namespace = { a: 1 }, module = { b: 2 }, type = 3, declare = 4;
                declare namespace Types { const c: number; }
                const text = '@decorated', mail = /@home/;
                return [namespace.a, module.b, type, declare, text, mail.test('a@home')];
                """);
        assertThat(folder.value("a.ts")).isEqualTo(List.of(1, 2, 3, 4, "@decorated", true));
    }

    @Test
    void aJavaScriptFileIsNotTouched() {
        folder.has("a.ts", "return require('./b.js')(1)").has("b.js", "module.exports = (a) => a<2>(1)");
        assertThat(folder.value("a.ts")).isEqualTo(false);
    }
}
