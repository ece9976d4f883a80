package io.sluice.engine.js;

import io.sluice.engine.Run.Outcome;
import io.sluice.engine.SourceSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which scripts may run in hardened contexts, by a look at the text that errs on the side of new contexts. It is not what keeps
 * runs apart (nothing that a script does gets from one run into the next, whatever its text), but what keeps the results of
 * valid code the same: a script that changes the language's own objects, or asks how they are made, sees a difference.
 */
final class Hardenable {
    private static final String BUILT_IN =
            "(?:Object|Function|Array|String|Number|Boolean|Symbol|BigInt|Date|Math|JSON|Reflect|RegExp|Promise|Proxy|Intl|Iterator"
                    + "|AsyncIterator|Map|Set|WeakMap|WeakSet|WeakRef|\\w*Error|ArrayBuffer|DataView|\\w+\\d+\\w*Array)";
    private static final String MEMBER = "(?:\\s*\\.\\s*\\w+|\\s*\\[[^\\]\\n]*\\])";
    private static final String ASSIGNED = "\\s*(?:(?:\\*\\*|<<|>>>?|&&|\\|\\||\\?\\?|[-+*/%&|^])?=(?![=>])|\\+\\+|--)";

    private static final Pattern CHANGES = Pattern.compile(String.join(
            "|",
            // Modules and libraries keep their state.
            "\\b(?:import|export|require)\\b",
            // Array.last = …, Math.x++, Array.prototype.last = …, delete Date.now
            "\\b" + BUILT_IN + MEMBER + "+" + ASSIGNED,
            "\\bdelete\\s+" + BUILT_IN + MEMBER,
            // Array.prototype, other than for a method that is called or taken
            "\\b" + BUILT_IN + "\\s*\\.\\s*prototype\\b(?!\\s*\\.\\s*\\w+\\s*[.(,;)])",
            "\\b" + BUILT_IN + "\\s*\\[",
            // const M = Math; f(Date); {Math}: it can be changed by another name
            "[=(,:?{\\[]\\s*(?!(?:String|Number|Boolean|BigInt)\\b)" + BUILT_IN + "\\s*(?:[;,)}\\]\\r\\n]|$)",
            // Object.defineProperty(Math, …), Object.assign(Date, …)
            "\\b(?:assign|define\\w+|set|deleteProperty)\\s*\\(\\s*" + BUILT_IN + "\\b(?!\\s*[.(])",
            // Object.defineProperty(globalThis, …), delete globalThis.fetch: the globals stay what they are.
            "\\b(?:define\\w+|assign|set|deleteProperty)\\s*\\(\\s*(?:globalThis|this)\\b",
            "\\bdelete\\s+(?:globalThis|this)\\b",
            // A global of the language's own gets another value.
            "(?<![\\w$.])(?<!(?:const|let|var)\\s)" + BUILT_IN + "\\s*=(?![=>])",
            "\\[\\s*Symbol\\s*\\.\\s*\\w+\\s*\\]" + ASSIGNED,
            "\\b(?:__proto__|__define[GS]etter__|__lookup[GS]etter__|getPrototypeOf|FinalizationRegistry)\\b",
            "\\b(?:isFrozen|isSealed|isExtensible|getOwnPropertyDescriptors?)\\b",
            "\\b(?:stackTraceLimit|prepareStackTrace|leftContext|rightContext|lastMatch|lastParen)\\b",
            "\\bRegExp\\s*\\.\\s*(?:\\$|input\\b|multiline\\b)"));

    /** How failures begin that there are only where something cannot be changed, or that come later for want of the change. */
    private static final Pattern COMPLAINT = Pattern.compile(
            "read.?only|not extensible|[Cc]annot (?:add|assign|redefine|define|delete|set)|not a function");

    private Hardenable() {}

    /** One text on its own that does not look as if it noticed. */
    static boolean looks(SourceSet source) {
        return source.siblings().isEmpty() && !CHANGES.matcher(source.text()).find();
    }

    /** How and where a run failed, if that may be for the hardening only; without the data that the message may hold. */
    static @Nullable String complaint(Outcome outcome) {
        if (outcome instanceof Outcome.Threw threw) {
            Matcher words = COMPLAINT.matcher(threw.message());
            return words.find() ? threw.where().line() + ":" + threw.where().column() + " " + words.group() : null;
        }
        return null;
    }
}
