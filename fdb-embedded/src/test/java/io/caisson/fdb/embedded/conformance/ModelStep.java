package io.caisson.fdb.embedded.conformance;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.StreamingMode;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One random operation. Keys are relative to the run's prefix; reads may be snapshot reads. Values
 * are few and short, so that operations meet often. Immutable.
 *
 * @param kind what is done
 * @param key the key, or the begin of the range
 * @param other the end of the range, not below the key
 * @param operand the value or operand of a write
 * @param type the atomic operation
 * @param beginOffset offset of the selector of the key
 * @param endOffset offset of the selector of the other key
 * @param orEqual whether the selector of the key counts the key itself
 * @param limit rows of a range read; 0 is no limit
 * @param reverse whether a range is read backwards
 * @param mode the streaming mode of a range read
 * @param snapshot whether a read is a snapshot read
 */
record ModelStep(
    Kind kind,
    byte[] key,
    byte[] other,
    byte[] operand,
    MutationType type,
    int beginOffset,
    int endOffset,
    boolean orEqual,
    int limit,
    boolean reverse,
    StreamingMode mode,
    boolean snapshot) {
  /** What a step does; reads first. */
  enum Kind {
    GET,
    SELECT,
    RANGE,
    ITERATE,
    READ_CONFLICT,
    WRITE_CONFLICT,
    SET,
    CLEAR,
    CLEAR_RANGE,
    MUTATE,
    STAMP_VALUE,
    STAMP_KEY;

    boolean isRead() {
      return compareTo(ITERATE) <= 0;
    }

    boolean isWrite() {
      return compareTo(WRITE_CONFLICT) >= 0;
    }
  }

  /** No selector goes further than this, so that the sentinels around the keys are enough. */
  static final int LARGEST_OFFSET = 6;

  private static final List<StreamingMode> MODES = List.of(StreamingMode.values());
  private static final int KEYS = 32;
  private static final int LONG_KEY = 602;

  private static final Kind[] FREQUENT = {
    Kind.GET,
    Kind.GET,
    Kind.SELECT,
    Kind.SELECT,
    Kind.RANGE,
    Kind.RANGE,
    Kind.ITERATE,
    Kind.READ_CONFLICT,
    Kind.WRITE_CONFLICT,
    Kind.SET,
    Kind.SET,
    Kind.SET,
    Kind.CLEAR,
    Kind.CLEAR_RANGE,
    Kind.MUTATE,
    Kind.MUTATE,
    Kind.MUTATE
  };

  static ModelStep any(SplittableRandom random) {
    return of(FREQUENT[random.nextInt(FREQUENT.length)], random);
  }

  /** A write whose result cannot be read before the commit. */
  static ModelStep stamping(SplittableRandom random) {
    return of(random.nextBoolean() ? Kind.STAMP_VALUE : Kind.STAMP_KEY, random);
  }

  static ModelStep of(Kind kind, SplittableRandom random) {
    byte[] key = key(random);
    byte[] other = key(random);
    boolean swap = Arrays.compareUnsigned(key, other) > 0;
    boolean plain = random.nextInt(3) > 0;
    boolean isRange = kind == Kind.RANGE || kind == Kind.ITERATE;
    int offset = isRange && plain ? 1 : random.nextInt(-LARGEST_OFFSET, LARGEST_OFFSET + 1);
    StreamingMode mode = MODES.get(random.nextInt(MODES.size()));
    boolean unlimited = mode != StreamingMode.EXACT && random.nextInt(3) == 0;
    return new ModelStep(
        kind,
        swap ? other : key,
        swap ? key : other,
        AtomicModel.operand(random),
        AtomicModel.TYPES[random.nextInt(AtomicModel.TYPES.length)],
        offset,
        isRange && plain ? 1 : random.nextInt(-2, 4),
        random.nextBoolean() && !(isRange && plain),
        unlimited ? 0 : random.nextInt(1, 9),
        random.nextBoolean(),
        mode,
        kind.isRead() && random.nextInt(5) == 0);
  }

  /** Short keys, and long ones that agree in their first 600 bytes. */
  private static byte[] key(SplittableRandom random) {
    int number = random.nextInt(KEYS);
    byte[] key = new byte[number % 4 == 0 ? LONG_KEY : 2];
    Arrays.fill(key, (byte) 'k');
    key[key.length - 1] = (byte) ('0' + number);
    return key;
  }

  /** The same with another operation if this one is COMPARE_AND_CLEAR. */
  ModelStep withoutCompareAndClear() {
    MutationType replaced = type == MutationType.COMPARE_AND_CLEAR ? MutationType.BYTE_MIN : type;
    return new ModelStep(
        kind,
        key,
        other,
        operand,
        replaced,
        beginOffset,
        endOffset,
        orEqual,
        limit,
        reverse,
        mode,
        snapshot);
  }

  KeySelector beginSelector(byte[] prefix) {
    return new KeySelector(Bytes.join(prefix, key), orEqual, beginOffset);
  }

  KeySelector endSelector(byte[] prefix) {
    return new KeySelector(Bytes.join(prefix, other), false, endOffset);
  }

  private static String text(byte[] bytes) {
    return bytes.length > 100
        ? "(long)" + (char) bytes[bytes.length - 1]
        : String.valueOf(Bytes.text(bytes));
  }

  @Override
  public String toString() {
    String detail =
        switch (kind) {
          case GET, CLEAR, STAMP_KEY, STAMP_VALUE -> text(key);
          case SELECT -> text(key) + (orEqual ? " or equal, " : ", ") + beginOffset;
          case RANGE, ITERATE ->
              text(key)
                  + (orEqual ? "=" : "")
                  + (beginOffset == 1 ? "" : "[" + beginOffset + "]")
                  + " to "
                  + text(other)
                  + (endOffset == 1 ? "" : "[" + endOffset + "]")
                  + (limit == 0 ? "" : " limit " + limit)
                  + (reverse ? " reverse " : " ")
                  + mode;
          case READ_CONFLICT, WRITE_CONFLICT, CLEAR_RANGE -> text(key) + " to " + text(other);
          case SET -> text(key) + " := " + HexFormat.of().formatHex(operand);
          case MUTATE -> type + " " + text(key) + " " + HexFormat.of().formatHex(operand);
        };
    return kind + (snapshot ? " snapshot " : " ") + detail;
  }
}
