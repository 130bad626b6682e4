package io.caisson.dataflow.operator;

import io.caisson.column.ColumnBuilder;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.external.JavaAggregate;
import io.caisson.type.DecimalForm;
import io.caisson.type.Interval;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import io.caisson.type.UuidForm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate that users have made. What it throws is kept as the group's result, so that the
 * group is one that can't be given, now and when it is taken back:
 *
 * <pre>
 *   0 │ eight bytes, or the bytes of the value
 *   1 │ SqlState 00 message 00 hint
 * </pre>
 *
 * For the thread that steps.
 */
final class ExternalFold extends OrderedFold {
  private static final byte VALUE = 0;
  private static final byte FAILURE = 1;

  private final SqlType result;
  private final List<SqlType> arguments;
  private final JavaAggregate.Running running;
  private @Nullable CaissonException failure;

  ExternalFold(JavaAggregate aggregate, List<SqlType> arguments) {
    this.result = aggregate.signature().result();
    this.arguments = List.copyOf(arguments);
    this.running = aggregate.start(arguments.stream().map(SqlType::kind).toList());
  }

  @Override
  TypeKind.Physical kept(SqlType ofResult) {
    return TypeKind.Physical.BYTES;
  }

  @Override
  void begin(long count) {
    running.clear();
    failure = null;
  }

  @Override
  boolean next(RowReader reader, boolean peer, long weight) {
    Object[] values = new Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = CollectedFolds.value(reader, arguments.get(i));
    }
    try {
      for (long i = 0; i < weight; i++) {
        running.accumulate(values);
      }
      return true;
    } catch (CaissonException e) {
      failure = e;
      return false;
    }
  }

  @Override
  void finish(KeptValue kept) {
    byte[] form = form();
    if (form.length > 0) {
      kept.setBytes(form, 0, form.length);
    }
  }

  private byte[] form() {
    CaissonException failed = failure;
    if (failed == null) {
      try {
        Object value = running.result();
        return value == null ? new byte[0] : form(value);
      } catch (CaissonException e) {
        failed = e;
      }
    }
    String text =
        failed.state().name()
            + '\0'
            + Objects.toString(failed.getMessage(), "")
            + '\0'
            + Objects.toString(failed.hint(), "");
    return tagged(FAILURE, text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] form(Object value) {
    return tagged(
        VALUE,
        switch (result.physical()) {
          case LONG ->
              number(
                  value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).longValue());
          case DOUBLE -> number(Double.doubleToRawLongBits(((Number) value).doubleValue()));
          case BYTES -> bytes(value);
        });
  }

  private byte[] bytes(Object value) {
    return switch (result.kind()) {
      case NUMERIC -> DecimalForm.encode((java.math.BigDecimal) value);
      case INTERVAL -> Interval.encode((Interval) value);
      case UUID -> UuidForm.encode((String) value);
      case BYTEA -> (byte[]) value;
      default -> value.toString().getBytes(StandardCharsets.UTF_8);
    };
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static byte[] tagged(byte tag, byte[] bytes) {
    return ByteBuffer.allocate(1 + bytes.length).put(tag).put(bytes).array();
  }

  @Override
  void emit(KeptValue kept, ColumnBuilder out) {
    byte[] form = kept.copy();
    if (form.length == 0) {
      out.addNull();
      return;
    }
    if (form[0] == FAILURE) {
      throw failure(new String(form, 1, form.length - 1, StandardCharsets.UTF_8));
    }
    switch (result.physical()) {
      case LONG -> out.addLong(ByteBuffer.wrap(form).getLong(1));
      case DOUBLE -> out.addDouble(Double.longBitsToDouble(ByteBuffer.wrap(form).getLong(1)));
      case BYTES -> out.addBytes(Arrays.copyOfRange(form, 1, form.length), 0, form.length - 1);
    }
  }

  private static CaissonException failure(String text) {
    String[] parts = text.split("\0", -1);
    var failure = new CaissonException(SqlState.valueOf(parts[0]), parts[1]);
    return parts[2].isEmpty() ? failure : failure.withHint(parts[2]);
  }
}
