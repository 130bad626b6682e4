package io.caisson.type;

/**
 * Reads the elements of arrays one by one from their physical form, as columns of their type hold
 * them, without an object for each. Of NUMERIC and INTERVAL the bytes are those of {@link
 * DecimalForm} and {@link Interval}. For one thread.
 */
public final class ArrayCursor {
  private byte[] source = new byte[0];
  private TypeKind kind = TypeKind.TEXT;
  private int at;
  private int forms;
  private int end;
  private int number;
  private boolean isNull;
  private int elementStart;
  private int elementEnd;
  private byte[] bytes = new byte[64];
  private int length;

  /** A cursor that is nowhere. */
  public ArrayCursor() {}

  /** Begins with an array. */
  public void begin(byte[] array, int start, int arrayLength) {
    source = array;
    kind = ArrayForm.kind(array, start);
    at = start + 1;
    forms = start + ArrayForm.keyLength(array, start);
    end = start + arrayLength;
    number = 0;
  }

  /** Goes to the next element; false where there is none. */
  public boolean next() {
    if (source[at] == ArrayForm.END) {
      return false;
    }
    isNull = source[at] == ArrayForm.NULL;
    elementStart = at + 1;
    elementEnd =
        isNull ? elementStart : elementStart + ArrayForm.length(kind, source, elementStart);
    at = elementEnd;
    number++;
    if (!isNull && kind.physical() == TypeKind.Physical.BYTES) {
      copy();
    }
    return true;
  }

  private void copy() {
    length = 0;
    if (kind == TypeKind.TEXT || kind == TypeKind.JSONB || kind == TypeKind.BYTEA) {
      for (int i = elementStart; i < elementEnd - 1; i++) {
        put(source[i]);
        i += source[i] == ArrayForm.END ? 1 : 0;
      }
      return;
    }
    for (int i = elementStart; i < elementEnd; i++) {
      put(source[i]);
    }
    int form = forms < end ? ArrayForm.formLength(kind) : 0;
    for (int i = 0; i < form; i++) {
      put(source[forms++]);
    }
  }

  private void put(byte value) {
    if (length == bytes.length) {
      bytes = java.util.Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = value;
  }

  /** Which element it is, counted from 1. */
  public int number() {
    return number;
  }

  /** Whether the element is NULL. */
  public boolean isNull() {
    return isNull;
  }

  /** The element where its physical form is LONG. */
  public long longValue() {
    return kind == TypeKind.BOOLEAN
        ? source[elementStart]
        : ArrayForm.takeSorted(source, elementStart, ArrayForm.width(kind));
  }

  /** The element where its physical form is DOUBLE. */
  public double doubleValue() {
    double value = ArrayForm.takeDouble(source, elementStart);
    int bit = number - 1;
    boolean negative = forms < end && (source[forms + bit / 8] & 1 << (bit % 8)) != 0;
    return negative ? -value : value;
  }

  /** The array in which the element's bytes are, from its begin on. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes the element has. */
  public int length() {
    return length;
  }
}
