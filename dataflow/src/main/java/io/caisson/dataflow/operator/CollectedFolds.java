package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.DecimalForm;
import io.caisson.type.Interval;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import io.caisson.type.UuidForm;
import io.caisson.type.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Folds that put all values of a group into one: arrays and JSON. Stateless. */
final class CollectedFolds {
  private CollectedFolds() {}

  /** The next value, or null for NULL. */
  private static @Nullable Json json(RowReader arguments) {
    if (arguments.takeNull()) {
      return null;
    }
    arguments.takeBytes();
    return Json.parse(
        new String(
            arguments.value(),
            arguments.valueStart(),
            arguments.valueLength(),
            StandardCharsets.UTF_8));
  }

  private static void set(KeptValue result, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    result.setBytes(bytes, 0, bytes.length);
  }

  /** The next value, which is not NULL, as an object of its type. */
  static Object value(RowReader reader, SqlType type) {
    return switch (type.physical()) {
      case LONG -> {
        long value = reader.takeLong();
        yield type.kind() == TypeKind.BOOLEAN ? (Object) (value != 0) : (Object) value;
      }
      case DOUBLE -> reader.takeDouble();
      case BYTES -> {
        reader.takeBytes();
        yield bytes(
            type,
            Arrays.copyOfRange(
                reader.value(), reader.valueStart(), reader.valueStart() + reader.valueLength()));
      }
    };
  }

  private static Object bytes(SqlType type, byte[] value) {
    return switch (type.kind()) {
      case NUMERIC -> DecimalForm.decode(value, 0, value.length);
      case INTERVAL -> Interval.decode(value, 0, value.length);
      case UUID -> UuidForm.decode(value, 0, value.length);
      case BYTEA -> value;
      default -> new String(value, StandardCharsets.UTF_8);
    };
  }

  /** ARRAY_AGG: an array of all values, NULLs among them. */
  static final class Elements extends OrderedFold {
    private final SqlType type;
    private final List<@Nullable Object> elements = new ArrayList<>();

    Elements(SqlType type) {
      this.type = type;
    }

    @Override
    void begin(long count) {
      elements.clear();
    }

    @Override
    boolean next(RowReader arguments, boolean peer, long weight) {
      Object element = arguments.takeNull() ? null : value(arguments, type);
      for (long i = 0; i < weight; i++) {
        elements.add(element);
      }
      return true;
    }

    @Override
    void finish(KeptValue result) {
      if (!elements.isEmpty()) {
        byte[] bytes = SqlArray.encode(SqlArray.of(type.kind(), elements));
        result.setBytes(bytes, 0, bytes.length);
      }
    }
  }

  /** JSONB_AGG: a JSON array of all values, or of those that are not NULL. */
  static final class JsonElements extends OrderedFold {
    private final boolean strict;
    private final List<Json> elements = new ArrayList<>();
    private boolean any;

    JsonElements(boolean strict) {
      this.strict = strict;
    }

    @Override
    void begin(long count) {
      elements.clear();
      any = false;
    }

    @Override
    boolean next(RowReader arguments, boolean peer, long weight) {
      any = true;
      Json element = json(arguments);
      if (element == null && strict) {
        return true;
      }
      for (long i = 0; i < weight; i++) {
        elements.add(element == null ? new Json.Null() : element);
      }
      return true;
    }

    @Override
    void finish(KeptValue result) {
      if (any) {
        set(result, new Json.Array(elements).write());
      }
    }
  }

  /** JSONB_OBJECT_AGG: of equal names the last counts. */
  static final class JsonMembers extends OrderedFold {
    private final boolean strict;
    private final TreeMap<String, Json> members = new TreeMap<>(Json.NAME_ORDER);
    private boolean any;

    JsonMembers(boolean strict) {
      this.strict = strict;
    }

    @Override
    void begin(long count) {
      members.clear();
      any = false;
    }

    @Override
    boolean next(RowReader arguments, boolean peer, long weight) {
      any = true;
      Json name = json(arguments);
      if (name == null) {
        throw new CaissonException(SqlState.INVALID_PARAMETER, "field name must not be null");
      }
      Json value = json(arguments);
      if (value != null || !strict) {
        members.put(name.unquoted(), value == null ? new Json.Null() : value);
      }
      return true;
    }

    @Override
    void finish(KeptValue result) {
      if (any) {
        set(result, new Json.Members(members).write());
      }
    }
  }
}
