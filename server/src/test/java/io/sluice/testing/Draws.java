package io.sluice.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random values for property tests, the same for the same seed. A failure names its seed: {@code Draws.once(seed, property)} repeats it. */
public final class Draws {
    private final Random random;

    private Draws(long seed) {
        this.random = new Random(seed);
    }

    /** What must hold for whatever is drawn. */
    public interface Property {
        void holds(Draws draw) throws Exception;
    }

    /** Holds the property against that many seeds: always the same ones, so that a build says the same twice. */
    public static void times(int tries, Property property) {
        for (long seed = 1; seed <= tries; seed++) {
            once(seed, property);
        }
    }

    public static void once(long seed, Property property) {
        try {
            property.holds(new Draws(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    public long any() {
        return random.nextLong();
    }

    @SafeVarargs
    public final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** One of these, drawn before it is made. */
    @SafeVarargs
    public final <T> T from(Supplier<? extends T>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    public <T> List<T> list(int least, int most, Supplier<? extends T> each) {
        int size = between(least, most);
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(each.get());
        }
        return list;
    }

    /** Text of any characters: mostly plain ones, also controls, other scripts and halves of surrogates. */
    public String text(int least, int most) {
        StringBuilder text = new StringBuilder();
        int size = between(least, most);
        while (text.length() < size) {
            text.append((char)
                    switch (random.nextInt(8)) {
                        case 0 -> random.nextInt(32);
                        case 1 -> random.nextInt(0x10000);
                        case 2 -> 0xD800 + random.nextInt(0x800);
                        default -> 32 + random.nextInt(95);
                    });
        }
        return text.toString();
    }

    public byte[] bytes(int most) {
        byte[] bytes = new byte[between(0, most)];
        random.nextBytes(bytes);
        return bytes;
    }
}
