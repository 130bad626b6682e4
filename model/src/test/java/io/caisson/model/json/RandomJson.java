package io.caisson.model.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Values as JSON may hold them, by chance. Stateless. */
public final class RandomJson {
  private static final List<String> TEXTS =
      List.of("", "a", "b", "ab", "Grüße", "🦀", "\"", "\\", "\u0000", "line\nline", "ﬀ", "z");

  private RandomJson() {}

  /** A value nested at most so deep. */
  public static @Nullable Object value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> null;
      case 1 -> (Object) random.nextBoolean();
      case 2 -> (Object) random.nextLong();
      case 3 -> (Object) (long) random.nextInt(10);
      case 4 -> (Object) (random.nextInt(1_000) / 8.0);
      case 5 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(30));
      case 6 -> TEXTS.get(random.nextInt(TEXTS.size()));
      case 7 -> list(random, depth - 1);
      default -> object(random, depth - 1);
    };
  }

  private static List<@Nullable Object> list(SplittableRandom random, int depth) {
    var list = new ArrayList<@Nullable Object>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      list.add(value(random, depth));
    }
    return list;
  }

  /** An object nested at most so deep. */
  public static Map<String, @Nullable Object> object(SplittableRandom random, int depth) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      object.put(TEXTS.get(random.nextInt(TEXTS.size())), value(random, depth));
    }
    return object;
  }
}
