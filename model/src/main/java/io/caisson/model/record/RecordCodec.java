package io.caisson.model.record;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.codec.ByteReader;
import io.caisson.model.codec.ByteWriter;
import io.caisson.model.codec.Corruption;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records as values of the store: fields in their order, values with their types. Stateless.
 *
 * <pre>
 * format (1) = 1 | type (sized UTF-8) | fields (varint) | for each: name (sized UTF-8), value
 *
 * value: 0 null | 1 false | 2 true | 3 signed varint | 4 eight bytes of a double
 *        5 sized UTF-8 | 6 count, values | 7 count, names and values
 * </pre>
 */
final class RecordCodec {
  private static final int FORMAT = 1;
  private static final int NULL = 0;
  private static final int FALSE = 1;
  private static final int TRUE = 2;
  private static final int LONG = 3;
  private static final int DOUBLE = 4;
  private static final int TEXT = 5;
  private static final int LIST = 6;
  private static final int MAP = 7;
  private static final int DEEPEST = 64;

  private RecordCodec() {}

  static byte[] encode(String type, Map<String, ?> fields) {
    var out = new ByteWriter();
    out.putByte(FORMAT);
    putText(type, "the record's type", out);
    putMap(fields, "", 0, out);
    return out.toBytes();
  }

  private static void putMap(Map<?, ?> fields, String path, int depth, ByteWriter out) {
    out.putVarint(fields.size());
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      if (!(field.getKey() instanceof String name)) {
        throw refused(path.isEmpty() ? "a name" : path, "has a name that is no text");
      }
      String inner = path.isEmpty() ? name : path + "." + name;
      putText(name, inner, out);
      putValue(field.getValue(), inner, depth, out);
    }
  }

  private static void putValue(@Nullable Object value, String path, int depth, ByteWriter out) {
    if (depth > DEEPEST) {
      throw refused(path, "is nested deeper than " + DEEPEST + " levels");
    }
    if (value == null) {
      out.putByte(NULL);
    } else if (value instanceof Boolean truth) {
      out.putByte(truth ? TRUE : FALSE);
    } else if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      out.putByte(LONG);
      out.putSigned(((Number) value).longValue());
    } else if (value instanceof Double || value instanceof Float) {
      out.putByte(DOUBLE);
      out.putDouble(((Number) value).doubleValue());
    } else if (value instanceof String text) {
      out.putByte(TEXT);
      putText(text, path, out);
    } else if (value instanceof List<?> list) {
      out.putByte(LIST);
      out.putVarint(list.size());
      for (int i = 0; i < list.size(); i++) {
        putValue(list.get(i), path + "[" + i + "]", depth + 1, out);
      }
    } else if (value instanceof Map<?, ?> map) {
      out.putByte(MAP);
      putMap(map, path, depth + 1, out);
    } else {
      throw refused(path, "holds a " + value.getClass().getName());
    }
  }

  private static void putText(String text, String path, ByteWriter out) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      out.putSized(utf8.array(), utf8.arrayOffset(), utf8.remaining());
    } catch (CharacterCodingException e) {
      throw refused(path, "holds half of a character (an unpaired surrogate)");
    }
  }

  private static CaissonException refused(String path, String reason) {
    return new CaissonException(
            SqlState.DATATYPE_MISMATCH, "Field \"" + path + "\" can't be kept: it " + reason)
        .withHint(
            "Fields hold text, whole numbers up to 64 bits, doubles, booleans, null, and lists and"
                + " maps of these.");
  }

  static StoredRecord decode(RecordId id, byte[] value, Supplier<String> place) {
    try {
      var in = new ByteReader(value);
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IllegalArgumentException("unknown format " + format + " of a record");
      }
      var record = new StoredRecord(id, readText(in), readMap(in, 0));
      if (in.remaining() > 0) {
        throw new IllegalArgumentException(in.remaining() + " bytes too many");
      }
      return record;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw Corruption.of(place.get(), String.valueOf(e.getMessage()), e);
    }
  }

  private static String readText(ByteReader in) {
    return new String(in.readSized(), StandardCharsets.UTF_8);
  }

  private static Map<String, @Nullable Object> readMap(ByteReader in, int depth) {
    int count = in.readCount(in.remaining());
    var fields = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < count; i++) {
      String name = readText(in);
      fields.put(name, readValue(in, depth));
    }
    return Collections.unmodifiableMap(fields);
  }

  private static @Nullable Object readValue(ByteReader in, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("values nested too deep");
    }
    int tag = in.readByte();
    return switch (tag) {
      case NULL -> null;
      case FALSE -> (Object) false;
      case TRUE -> (Object) true;
      case LONG -> (Object) in.readSigned();
      case DOUBLE -> (Object) in.readDouble();
      case TEXT -> readText(in);
      case LIST -> readList(in, depth + 1);
      case MAP -> readMap(in, depth + 1);
      default -> throw new IllegalArgumentException("unknown value " + tag);
    };
  }

  private static List<@Nullable Object> readList(ByteReader in, int depth) {
    int count = in.readCount(in.remaining());
    var list = new ArrayList<@Nullable Object>(count);
    for (int i = 0; i < count; i++) {
      list.add(readValue(in, depth));
    }
    return Collections.unmodifiableList(list);
  }
}
