package io.caisson.type;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The physical form of arrays: bytes that sort as PostgreSQL sorts arrays, element by element, NULL
 * behind everything else and a beginning before the whole; followed by how those elements are
 * written that can be written in several ways. Two arrays that SQL calls equal differ in those last
 * bytes at most. Stateless.
 *
 * <pre>
 *   kind (1) | element … | 00 | forms
 *
 *   element   02                              NULL
 *             01  bytes that sort as the values do, and of which none are the beginning of others:
 *                 whole numbers and times     1 to 8 bytes, the sign bit turned
 *                 floating point              8 bytes, without sign of zero
 *                 TEXT, JSONB, BYTEA          the bytes, 00 as 00 FF, then 00
 *                 NUMERIC, INTERVAL           their keys
 *                 UUID                        16 bytes
 *   forms     of NUMERIC and INTERVAL what is behind each key; of floating point a bit for each
 *             element that is -0, or nothing where none is
 * </pre>
 */
final class ArrayForm {
  /** Behind the last element. */
  static final int END = 0;

  /** In the place of an element: NULL. */
  static final int NULL = 2;

  private static final int VALUE = 1;
  private static final int ESCAPED = 0xFF;

  /** The kinds by their codes, which are stored: new ones come behind. */
  private static final TypeKind[] KINDS = {
    TypeKind.BOOLEAN,
    TypeKind.SMALLINT,
    TypeKind.INTEGER,
    TypeKind.BIGINT,
    TypeKind.REAL,
    TypeKind.DOUBLE,
    TypeKind.NUMERIC,
    TypeKind.TEXT,
    TypeKind.BYTEA,
    TypeKind.DATE,
    TypeKind.TIME,
    TypeKind.TIMESTAMP,
    TypeKind.TIMESTAMPTZ,
    TypeKind.INTERVAL,
    TypeKind.UUID,
    TypeKind.JSONB
  };

  private ArrayForm() {}

  /** The physical form of elements. */
  static byte[] encode(TypeKind kind, List<? extends @Nullable Object> elements) {
    var out = new ByteArrayOutputStream(2 + 9 * elements.size());
    var forms = new ByteArrayOutputStream();
    out.write(code(kind));
    for (Object element : elements) {
      out.write(element == null ? NULL : VALUE);
      if (element != null) {
        put(kind, element, out, forms);
      }
    }
    out.write(END);
    if (kind.physical() == TypeKind.Physical.DOUBLE) {
      putNegativeZeros(elements, forms);
    }
    out.writeBytes(forms.toByteArray());
    return out.toByteArray();
  }

  private static int code(TypeKind kind) {
    int code = Arrays.asList(KINDS).indexOf(kind);
    if (code < 0) {
      throw new IllegalArgumentException("an array of " + kind);
    }
    return code;
  }

  private static void put(
      TypeKind kind, Object element, ByteArrayOutputStream out, ByteArrayOutputStream forms) {
    switch (kind) {
      case BOOLEAN -> out.write((Boolean) element ? 1 : 0);
      case TEXT, JSONB -> putEscaped(((String) element).getBytes(StandardCharsets.UTF_8), out);
      case BYTEA -> putEscaped((byte[]) element, out);
      case UUID -> out.writeBytes(UuidForm.encode((String) element));
      case REAL, DOUBLE -> putSorted(sortable((Double) element), Long.BYTES, out);
      case NUMERIC -> {
        byte[] form = DecimalForm.encode((BigDecimal) element);
        putKey(form, DecimalForm.keyLength(form, 0), out, forms);
      }
      case INTERVAL -> putKey(Interval.encode((Interval) element), Interval.KEY_BYTES, out, forms);
      default -> putSorted((Long) element, width(kind), out);
    }
  }

  static int width(TypeKind kind) {
    return switch (kind) {
      case BOOLEAN -> 1;
      case SMALLINT -> Short.BYTES;
      case INTEGER, DATE -> Integer.BYTES;
      default -> Long.BYTES;
    };
  }

  private static void putSorted(long value, int width, ByteArrayOutputStream out) {
    long turned = value ^ (1L << (8 * width - 1));
    for (int i = width - 1; i >= 0; i--) {
      out.write((int) (turned >> (8 * i)));
    }
  }

  /** A number that is ordered as doubles are: there is one zero, and one NaN behind all. */
  private static long sortable(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
  }

  private static void putEscaped(byte[] bytes, ByteArrayOutputStream out) {
    for (byte each : bytes) {
      out.write(each);
      if (each == END) {
        out.write(ESCAPED);
      }
    }
    out.write(END);
  }

  private static void putKey(
      byte[] form, int key, ByteArrayOutputStream out, ByteArrayOutputStream forms) {
    out.write(form, 0, key);
    forms.write(form, key, form.length - key);
  }

  private static void putNegativeZeros(
      List<? extends @Nullable Object> elements, ByteArrayOutputStream forms) {
    byte[] bits = new byte[(elements.size() + 7) / 8];
    boolean any = false;
    for (int i = 0; i < elements.size(); i++) {
      boolean negative =
          elements.get(i) instanceof Double number
              && Double.doubleToRawLongBits(number) == Long.MIN_VALUE;
      any |= negative;
      bits[i / 8] |= (byte) (negative ? 1 << (i % 8) : 0);
    }
    if (any) {
      forms.writeBytes(bits);
    }
  }

  /** The kind of the elements of an array. */
  static TypeKind kind(byte[] bytes, int start) {
    return KINDS[bytes[start]];
  }

  /** How many of the bytes say which array it is, without how its elements are written. */
  static int keyLength(byte[] bytes, int start) {
    TypeKind kind = kind(bytes, start);
    int at = start + 1;
    while (bytes[at] != END) {
      at += bytes[at] == NULL ? 1 : 1 + length(kind, bytes, at + 1);
    }
    return at + 1 - start;
  }

  /** How many elements an array has. */
  static int size(byte[] bytes, int start) {
    TypeKind kind = kind(bytes, start);
    int size = 0;
    for (int at = start + 1; bytes[at] != END; size++) {
      at += bytes[at] == NULL ? 1 : 1 + length(kind, bytes, at + 1);
    }
    return size;
  }

  static int length(TypeKind kind, byte[] bytes, int start) {
    return switch (kind) {
      case UUID -> UuidForm.BYTES;
      case NUMERIC -> DecimalForm.keyLength(bytes, start);
      case INTERVAL -> Interval.KEY_BYTES;
      case TEXT, JSONB, BYTEA -> escapedEnd(bytes, start) + 1 - start;
      default -> width(kind);
    };
  }

  private static int escapedEnd(byte[] bytes, int start) {
    int at = start;
    while (bytes[at] != END || (bytes[at + 1] & 0xFF) == ESCAPED) {
      at += bytes[at] == END ? 2 : 1;
    }
    return at;
  }

  /** The elements of an array. */
  static List<@Nullable Object> decode(byte[] bytes, int start, int length) {
    TypeKind kind = kind(bytes, start);
    var elements = new ArrayList<@Nullable Object>();
    int forms = start + keyLength(bytes, start);
    boolean hasForms = forms < start + length;
    int form = forms;
    int at = start + 1;
    while (bytes[at] != END) {
      if (bytes[at++] == NULL) {
        elements.add(null);
        continue;
      }
      int end = at + length(kind, bytes, at);
      int formLength = hasForms ? formLength(kind) : 0;
      elements.add(element(kind, bytes, at, end, formLength == 0 ? -1 : form));
      form += formLength;
      at = end;
    }
    if (hasForms && kind.physical() == TypeKind.Physical.DOUBLE) {
      for (int i = 0; i < elements.size(); i++) {
        if ((bytes[forms + i / 8] & 1 << (i % 8)) != 0) {
          elements.set(i, -0.0);
        }
      }
    }
    return elements;
  }

  static int formLength(TypeKind kind) {
    return switch (kind) {
      case NUMERIC -> DecimalForm.SCALE_BYTES;
      case INTERVAL -> Interval.FORM_BYTES;
      default -> 0;
    };
  }

  /** An element; with its form, where there is one, behind its key. */
  private static Object element(TypeKind kind, byte[] bytes, int start, int end, int form) {
    return switch (kind) {
      case BOOLEAN -> bytes[start] != 0;
      case TEXT, JSONB -> new String(unescaped(bytes, start, end - 1), StandardCharsets.UTF_8);
      case BYTEA -> unescaped(bytes, start, end - 1);
      case UUID -> UuidForm.decode(bytes, start, UuidForm.BYTES);
      case REAL, DOUBLE -> takeDouble(bytes, start);
      case NUMERIC -> {
        byte[] whole = withForm(bytes, start, end, form, DecimalForm.SCALE_BYTES);
        yield DecimalForm.decode(whole, 0, whole.length);
      }
      case INTERVAL -> {
        byte[] whole = withForm(bytes, start, end, form, Interval.FORM_BYTES);
        yield Interval.decode(whole, 0, whole.length);
      }
      default -> takeSorted(bytes, start, width(kind));
    };
  }

  private static byte[] withForm(byte[] bytes, int start, int end, int form, int length) {
    byte[] key = Arrays.copyOfRange(bytes, start, end);
    if (form < 0) {
      return key;
    }
    return ByteBuffer.allocate(key.length + length).put(key).put(bytes, form, length).array();
  }

  static long takeSorted(byte[] bytes, int start, int width) {
    long value = (byte) (bytes[start] ^ 0x80);
    for (int i = 1; i < width; i++) {
      value = value << 8 | (bytes[start + i] & 0xFF);
    }
    return value;
  }

  static double takeDouble(byte[] bytes, int start) {
    long sorted = takeSorted(bytes, start, Long.BYTES);
    return Double.longBitsToDouble(sorted >= 0 ? sorted : sorted ^ Long.MAX_VALUE);
  }

  private static byte[] unescaped(byte[] bytes, int start, int end) {
    var out = new ByteArrayOutputStream(end - start);
    for (int i = start; i < end; i++) {
      out.write(bytes[i]);
      if (bytes[i] == END) {
        i++;
      }
    }
    return out.toByteArray();
  }

  /** The physical form of a key whose NUMERICs are written with so many digits behind the point. */
  static byte[] withScale(byte[] key, int scale) {
    var scaled = new ArrayList<@Nullable Object>();
    for (Object element : decode(key, 0, key.length)) {
      scaled.add(element == null ? null : ((BigDecimal) element).setScale(scale));
    }
    return encode(TypeKind.NUMERIC, scaled);
  }
}
