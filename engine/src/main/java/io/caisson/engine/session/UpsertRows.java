package io.caisson.engine.session;

import io.caisson.ResultColumn;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.engine.subscription.ChangePiece;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Changes as the new rows by their keys: for each key that changed in a version one row, {@code
 * upsert} with all its values, or {@code delete} with those of the key alone. The key comes first.
 * For one thread.
 */
final class UpsertRows extends ChangeRows {
  private final List<Integer> key;
  private final List<Integer> order;
  private final Map<List<@Nullable Object>, @Nullable Object[]> latest = new LinkedHashMap<>();

  /** What stands for a key whose row is gone. */
  private static final @Nullable Object[] GONE = {};

  /**
   * Rows by their keys.
   *
   * @param key positions of the columns that are the key
   */
  UpsertRows(
      List<ColumnDefinition> columns,
      List<Integer> key,
      boolean progress,
      LongFunction<String> tokens) {
    super(columns, progress, tokens);
    this.key = key;
    var positions = new ArrayList<>(key);
    IntStream.range(0, columns.size()).filter(i -> !key.contains(i)).forEach(positions::add);
    this.order = List.copyOf(positions);
  }

  @Override
  ResultColumn stateColumn() {
    return new ResultColumn("caisson_state", SqlType.of(TypeKind.TEXT));
  }

  @Override
  List<Integer> ordered() {
    return order;
  }

  @Override
  void changes(ChangePiece piece, Consumer<@Nullable Object[]> out) {
    for (int row = 0; row < piece.rows().size(); row++) {
      @Nullable Object[] values = arranged(values(piece, row));
      if (piece.snapshot()) {
        out.accept(row(piece.version(), "upsert", values));
      } else {
        List<@Nullable Object> id = id(values);
        if (piece.weights()[row] > 0) {
          latest.put(id, values);
        } else {
          latest.putIfAbsent(id, GONE);
        }
      }
    }
  }

  @Override
  void completed(long version, Consumer<@Nullable Object[]> out) {
    latest.forEach(
        (id, values) -> {
          if (values.length == 0) {
            @Nullable Object[] gone = new @Nullable Object[order.size()];
            for (int i = 0; i < key.size(); i++) {
              gone[i] = id.get(i) instanceof Bytes bytes ? bytes.bytes() : id.get(i);
            }
            out.accept(row(version, "delete", gone));
          } else {
            out.accept(row(version, "upsert", values));
          }
        });
    latest.clear();
  }

  private @Nullable Object[] arranged(@Nullable Object[] values) {
    @Nullable Object[] arranged = new @Nullable Object[values.length];
    for (int i = 0; i < arranged.length; i++) {
      arranged[i] = values[order.get(i)];
    }
    return arranged;
  }

  private List<@Nullable Object> id(@Nullable Object[] arranged) {
    var id = new ArrayList<@Nullable Object>();
    for (int i = 0; i < key.size(); i++) {
      id.add(arranged[i] instanceof byte[] bytes ? new Bytes(bytes) : arranged[i]);
    }
    return id;
  }

  /** Bytes that are equal by what they hold. */
  private record Bytes(byte[] bytes) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bytes more && Arrays.equals(bytes, more.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }
}
