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

  private static Json json(RowReader arguments) {
    if (arguments.takeNull()) {
      return new Json.Null();
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
      Object element = arguments.takeNull() ? null : element(arguments);
      for (long i = 0; i < weight; i++) {
        elements.add(element);
      }
      return true;
    }

    private Object element(RowReader reader) {
      return switch (type.physical()) {
        case LONG -> {
          long value = reader.takeLong();
          yield type.kind() == TypeKind.BOOLEAN ? (Object) (value != 0) : (Object) value;
        }
        case DOUBLE -> reader.takeDouble();
        case BYTES -> {
          reader.takeBytes();
          yield bytes(
              Arrays.copyOfRange(
                  reader.value(), reader.valueStart(), reader.valueStart() + reader.valueLength()));
        }
      };
    }

    private Object bytes(byte[] value) {
      return switch (type.kind()) {
        case NUMERIC -> DecimalForm.decode(value, 0, value.length);
        case INTERVAL -> Interval.decode(value, 0, value.length);
        case UUID -> UuidForm.decode(value, 0, value.length);
        case BYTEA -> value;
        default -> new String(value, StandardCharsets.UTF_8);
      };
    }

    @Override
    void finish(KeptValue result) {
      if (!elements.isEmpty()) {
        byte[] bytes = SqlArray.encode(SqlArray.of(type.kind(), elements));
        result.setBytes(bytes, 0, bytes.length);
      }
    }
  }

  /** JSONB_AGG: a JSON array of all values. */
  static final class JsonElements extends OrderedFold {
    private final List<Json> elements = new ArrayList<>();

    @Override
    void begin(long count) {
      elements.clear();
    }

    @Override
    boolean next(RowReader arguments, boolean peer, long weight) {
      Json element = json(arguments);
      for (long i = 0; i < weight; i++) {
        elements.add(element);
      }
      return true;
    }

    @Override
    void finish(KeptValue result) {
      if (!elements.isEmpty()) {
        set(result, new Json.Array(elements).write());
      }
    }
  }

  /** JSONB_OBJECT_AGG: of equal names the last counts. */
  static final class JsonMembers extends OrderedFold {
    private final TreeMap<String, Json> members = new TreeMap<>(Json.NAME_ORDER);

    @Override
    void begin(long count) {
      members.clear();
    }

    @Override
    boolean next(RowReader arguments, boolean peer, long weight) {
      if (arguments.takeNull()) {
        throw new CaissonException(SqlState.INVALID_PARAMETER, "field name must not be null");
      }
      String name = json(arguments).unquoted();
      members.put(name, json(arguments));
      return true;
    }

    @Override
    void finish(KeptValue result) {
      if (!members.isEmpty()) {
        set(result, new Json.Members(members).write());
      }
    }
  }
}
