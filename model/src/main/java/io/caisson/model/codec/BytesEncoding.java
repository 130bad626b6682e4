package io.caisson.model.codec;

import io.caisson.column.BytesColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Byte strings as lengths and bytes, or as a dictionary where they repeat.
 *
 * <pre>
 * plain:      lengths (offsets of {@link LongEncoding}) | bytes
 * dictionary: entries (varint) | lengths of the entries | bytes of the entries | code of each row
 * </pre>
 */
final class BytesEncoding {
  static final int PLAIN = 0;
  static final int DICTIONARY = 1;

  private BytesEncoding() {}

  /** Writes rows of a column, the shorter way, and says which. */
  static int encode(
      BytesColumn column,
      int from,
      int count,
      @Nullable ByteDictionary dictionary,
      ByteWriter out) {
    if (dictionary == null) {
      long[] lengths = new long[count];
      for (int i = 0; i < count; i++) {
        lengths[i] = column.length(from + i);
      }
      putOffsets(lengths, count, out);
      int start = column.start(from);
      out.putBytes(column.bytes(), start, column.offsets()[from + count] - start);
      return PLAIN;
    }
    int entries = dictionary.count();
    int[] firstRows = dictionary.firstRows();
    long[] lengths = new long[entries];
    for (int i = 0; i < entries; i++) {
      lengths[i] = column.length(firstRows[i]);
    }
    out.putVarint(entries);
    putOffsets(lengths, entries, out);
    for (int i = 0; i < entries; i++) {
      out.putBytes(column.bytes(), column.start(firstRows[i]), (int) lengths[i]);
    }
    putOffsets(dictionary.codes(), count, out);
    return DICTIONARY;
  }

  /** Writes values that are not negative as distances from zero. */
  private static void putOffsets(long[] values, int count, ByteWriter out) {
    long max = 0;
    for (int i = 0; i < count; i++) {
      max = Math.max(max, values[i]);
    }
    int width = BitPacking.width(max);
    out.putByte(width);
    BitPacking.pack(values, count, 0, width, out);
  }

  /** Reads {@code count} strings that {@link #encode} wrote in the given way. */
  static BytesColumn decode(ByteReader in, int encoding, int count, long @Nullable [] nulls) {
    if (encoding == PLAIN) {
      int[] offsets = readLengths(in, count);
      int start = in.skip(offsets[count]);
      byte[] bytes = Arrays.copyOfRange(in.array(), start, start + offsets[count]);
      return new BytesColumn(bytes, offsets, nulls, count);
    }
    if (encoding != DICTIONARY) {
      throw new IllegalArgumentException("unknown encoding " + encoding + " of strings");
    }
    int entries = in.readCount(count);
    int[] offsets = readLengths(in, entries);
    int start = in.skip(offsets[entries]);
    long[] codes = new long[count];
    BitPacking.unpack(in, count, in.readByte(), 0, codes);
    return spread(in.array(), start, offsets, codes, nulls);
  }

  private static BytesColumn spread(
      byte[] source, int start, int[] entries, long[] codes, long @Nullable [] nulls) {
    int count = codes.length;
    int[] offsets = new int[count + 1];
    int total = 0;
    for (int i = 0; i < count; i++) {
      int code = (int) codes[i];
      offsets[i] = total;
      total = Math.addExact(total, entries[code + 1] - entries[code]);
    }
    offsets[count] = total;
    byte[] bytes = new byte[total];
    for (int i = 0; i < count; i++) {
      int begin = offsets[i];
      int entry = start + entries[(int) codes[i]];
      System.arraycopy(source, entry, bytes, begin, offsets[i + 1] - begin);
    }
    return new BytesColumn(bytes, offsets, nulls, count);
  }

  private static int[] readLengths(ByteReader in, int count) {
    long[] lengths = new long[count];
    BitPacking.unpack(in, count, in.readByte(), 0, lengths);
    int[] offsets = new int[count + 1];
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += lengths[i];
      if (total > in.remaining() || total < 0) {
        throw new IllegalArgumentException("strings longer than their block");
      }
      offsets[i + 1] = (int) total;
    }
    return offsets;
  }
}
