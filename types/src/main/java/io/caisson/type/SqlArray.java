package io.caisson.type;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A one-dimensional array as functions see it: it stays the bytes of its physical form until
 * something asks for its elements. Elements are {@code Boolean}, {@code Long}, {@code Double},
 * {@code String}, {@code byte[]}, {@code BigDecimal} or {@link Interval}, as functions take values
 * of their type, or null for NULL. Arrays are compared, and equal, as PostgreSQL compares them.
 * Immutable.
 */
public final class SqlArray implements Comparable<SqlArray> {
  /** An array of nothing, where any array will do. */
  public static final SqlArray NONE = of(TypeKind.TEXT, List.of());

  private final byte[] bytes;

  private SqlArray(byte[] bytes) {
    this.bytes = bytes;
  }

  /** An array of elements of a kind. */
  public static SqlArray of(TypeKind kind, List<? extends @Nullable Object> elements) {
    return new SqlArray(ArrayForm.encode(kind, elements));
  }

  /**
   * The array of a physical form; where the form has only its key, written as shortly as can be.
   */
  public static SqlArray decode(byte[] bytes, int start, int length) {
    return new SqlArray(Arrays.copyOfRange(bytes, start, start + length));
  }

  /** The physical form of an array, which nobody changes. */
  public static byte[] encode(SqlArray array) {
    return array.bytes;
  }

  /** The kind of the elements. */
  public TypeKind kind() {
    return ArrayForm.kind(bytes, 0);
  }

  /** How many elements there are. */
  public int size() {
    return ArrayForm.size(bytes, 0);
  }

  /** The elements, which nobody changes. */
  public List<@Nullable Object> elements() {
    return Collections.unmodifiableList(ArrayForm.decode(bytes, 0, bytes.length));
  }

  /** The one array that stands for all that equal this one. */
  public SqlArray key() {
    return new SqlArray(Arrays.copyOf(bytes, keyLength()));
  }

  private int keyLength() {
    return ArrayForm.keyLength(bytes, 0);
  }

  @Override
  public int compareTo(SqlArray other) {
    return Arrays.compareUnsigned(bytes, 0, keyLength(), other.bytes, 0, other.keyLength());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SqlArray array && compareTo(array) == 0;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = keyLength() - 1; i >= 0; i--) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /** The elements as messages show them, {@code {1,NULL}}; SQL's text of an array is another. */
  @Override
  public String toString() {
    var text = new StringJoiner(",", "{", "}");
    for (Object element : elements()) {
      text.add(
          element instanceof byte[] bytes
              ? "\\x" + HexFormat.of().formatHex(bytes)
              : element == null ? "NULL" : element.toString());
    }
    return text.toString();
  }
}
