package io.caisson.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.type.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What bytes say of values: they are read back as they were, and sort as the values do. {@code
 * -Dcaisson.seed=} repeats a run.
 */
class PhysicalFormPropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", 20_261);
  private static final int ROUNDS = 20_000;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final String description = "-Dcaisson.seed=" + SEED;

  private BigDecimal number() {
    BigInteger unscaled =
        switch (random.nextInt(4)) {
          case 0 -> BigInteger.valueOf(random.nextInt(-20, 20));
          case 1 -> BigInteger.valueOf(random.nextLong());
          case 2 -> new BigInteger(random.nextInt(1, 300), new java.util.Random(random.nextLong()));
          default -> BigInteger.TEN.pow(random.nextInt(40)).multiply(BigInteger.valueOf(-7));
        };
    return new BigDecimal(unscaled, random.nextInt(60));
  }

  @Test
  void numbersComeBackAndSortAsTheirBytes() {
    for (int i = 0; i < ROUNDS; i++) {
      BigDecimal a = number();
      BigDecimal b = random.nextInt(5) == 0 ? a.setScale(a.scale() + 3) : number();
      byte[] left = DecimalForm.encode(a);
      byte[] right = DecimalForm.encode(b);
      assertThat(DecimalForm.decode(left, 0, left.length)).as(description).isEqualTo(a);
      int leftKey = DecimalForm.keyLength(left, 0);
      int rightKey = DecimalForm.keyLength(right, 0);
      int order = Arrays.compareUnsigned(left, 0, leftKey, right, 0, rightKey);
      assertThat(Integer.signum(order))
          .as(description + ": " + a + " and " + b)
          .isEqualTo(a.compareTo(b));
      BigDecimal fromKey = DecimalForm.decode(left, 0, leftKey);
      assertThat(fromKey).as(description).isEqualByComparingTo(a);
      byte[] whole = SqlType.of(TypeKind.NUMERIC).ofKey(left, 0, leftKey);
      assertThat(DecimalForm.decode(whole, 0, whole.length)).as(description).isEqualTo(fromKey);
    }
  }

  private Interval interval() {
    int months = random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(-3, 3);
    int days = random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(-90, 90);
    long micros = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt() * 86_400L;
    return new Interval(months, days, micros);
  }

  @Test
  void intervalsComeBackAndSortAsTheirBytes() {
    for (int i = 0; i < ROUNDS; i++) {
      Interval a = interval();
      Interval b = random.nextInt(5) == 0 ? a.key() : interval();
      byte[] left = Interval.encode(a);
      byte[] right = Interval.encode(b);
      Interval back = Interval.decode(left, 0, left.length);
      assertThat(back.toString()).as(description).isEqualTo(a.toString());
      int order = Arrays.compareUnsigned(left, 0, Interval.KEY_BYTES, right, 0, Interval.KEY_BYTES);
      assertThat(Integer.signum(order))
          .as(description + ": " + a + " and " + b)
          .isEqualTo(a.compareTo(b));
      assertThat(Interval.decode(left, 0, Interval.KEY_BYTES)).as(description).isEqualTo(a);
      assertThat(a.equals(b)).as(description).isEqualTo(order == 0);
    }
  }

  @Test
  void uuidsComeBackAndSortAsTheirText() {
    for (int i = 0; i < ROUNDS; i++) {
      String a = new UUID(random.nextLong(), random.nextLong()).toString();
      String b = new UUID(random.nextLong(), random.nextLong()).toString();
      byte[] left = UuidForm.encode(a);
      assertThat(UuidForm.decode(left, 0, left.length)).isEqualTo(a);
      assertThat(Arrays.compareUnsigned(left, UuidForm.encode(b)) < 0)
          .as(description)
          .isEqualTo(a.compareTo(b) < 0);
    }
  }

  private String json(int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 7)) {
      case 0 -> "null";
      case 1 -> random.nextBoolean() ? "true" : " false ";
      case 2 -> number().setScale(2, java.math.RoundingMode.DOWN).toPlainString() + "00";
      case 3 -> "\"\\u00e9\\n" + (char) ('a' + random.nextInt(26)) + "\\\"世\"";
      case 4 -> random.nextInt(100) + "e2";
      case 5 -> "[" + json(depth - 1) + " , " + json(depth - 1) + "]";
      default -> "{\"b\":" + json(depth - 1) + ",\"a\":" + json(depth - 1) + ", \"b\" : 1}";
    };
  }

  @Test
  void canonicalJsonIsItsOwnCanonicalText() {
    for (int i = 0; i < ROUNDS / 10; i++) {
      Json value = Json.parse(json(3));
      String text = value.write();
      assertThat(Json.parse(text)).as(description).isEqualTo(value);
      assertThat(Json.parse(text).write()).as(description).isEqualTo(text);
      assertThat(Json.parse(value.writePretty())).as(description).isEqualTo(value);
      assertThat(value.contains(value)).as(description + ": " + text).isTrue();
    }
  }
}
