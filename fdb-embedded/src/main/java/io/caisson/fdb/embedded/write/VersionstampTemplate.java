package io.caisson.fdb.embedded.write;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key or value with a gap of ten bytes that the commit fills with its versionstamp.
 *
 * <pre>
 *   operand:  bytes … | 10 bytes to be replaced | bytes … | position of the gap (4, little-endian)
 *   stamp:    commit version (8, big-endian) | order in the batch (2, big-endian)
 * </pre>
 *
 * <p>Immutable; the arrays are not copied.
 */
public final class VersionstampTemplate {
  /** Length of a versionstamp as the store gives it. */
  public static final int STAMP_BYTES = 10;

  private static final int POSITION_BYTES = 4;

  private final byte[] operand;
  private final int position;

  private VersionstampTemplate(byte[] operand, int position) {
    this.operand = operand;
    this.position = position;
  }

  /** Reads an operand, or returns null if the gap does not lie within it. */
  public static @Nullable VersionstampTemplate parse(byte[] operand) {
    int body = operand.length - POSITION_BYTES;
    if (body < 0) {
      return null;
    }
    int position =
        (operand[body] & 0xff)
            | (operand[body + 1] & 0xff) << 8
            | (operand[body + 2] & 0xff) << 16
            | (operand[body + 3] & 0xff) << 24;
    return position < 0 || position > body - STAMP_BYTES
        ? null
        : new VersionstampTemplate(operand, position);
  }

  /** The stamp of a transaction. */
  public static byte[] stamp(long version, int order) {
    return ByteBuffer.allocate(STAMP_BYTES).putLong(version).putShort((short) order).array();
  }

  /** The bytes with the stamp in the gap. */
  public byte[] fill(byte[] stamp) {
    byte[] filled = Arrays.copyOf(operand, length());
    System.arraycopy(stamp, 0, filled, position, STAMP_BYTES);
    return filled;
  }

  /** The operand as it was given, with the position behind and the gap unfilled. */
  byte[] operand() {
    return operand;
  }

  /**
   * Where the native client files a key before its commit: the lowest stamp in the gap, and the
   * position still behind.
   */
  byte[] entry(long above) {
    byte[] entry = operand.clone();
    System.arraycopy(stamp(above, 0), 0, entry, position, STAMP_BYTES);
    return entry;
  }

  /** The lowest that {@link #fill} can give, knowing that the version is above the given one. */
  public byte[] lowest(long above) {
    return fill(stamp(above, 0));
  }

  /** The highest that {@link #fill} can give. */
  public byte[] highest() {
    byte[] stamp = new byte[STAMP_BYTES];
    Arrays.fill(stamp, (byte) 0xff);
    return fill(stamp);
  }

  /** Length of the filled bytes. */
  public int length() {
    return operand.length - POSITION_BYTES;
  }
}
