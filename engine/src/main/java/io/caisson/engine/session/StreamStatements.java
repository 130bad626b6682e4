package io.caisson.engine.session;

import com.apple.foundationdb.Transaction;
import io.caisson.Result;
import io.caisson.catalog.AddedColumn;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.engine.row.ValueWriter;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.Statement;
import io.caisson.sql.StreamChange;
import io.caisson.sql.run.CloseableIterator;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.type.SqlType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ALTER STREAM and VACUUM. For one thread. */
final class StreamStatements {
  private final SessionServices services;

  StreamStatements(SessionServices services) {
    this.services = services;
  }

  Result alter(Statement.AlterStream alter) {
    String name = alter.stream();
    if (name != null) {
      @Nullable Object added =
          alter.change() instanceof StreamChange.AddColumn add ? constant(add) : null;
      var unused =
          services
              .runner()
              .run(
                  transaction ->
                      services
                          .catalog()
                          .alterStream(
                              transaction,
                              name,
                              (catalog, stream) ->
                                  changed(transaction, catalog, stream, alter.change(), added)));
    }
    return new CommandResult("ALTER STREAM");
  }

  private StreamDefinition changed(
      Transaction transaction,
      Catalog catalog,
      StreamDefinition stream,
      StreamChange change,
      @Nullable Object added) {
    if (change instanceof StreamChange.SetOptions set) {
      return stream.withOptions(set.options());
    }
    if (change instanceof StreamChange.AddColumn add) {
      String name = add.column().name();
      if (position(stream, name) < 0) {
        long since = services.catalog().nextId(transaction) - 1;
        return stream.withColumn(add.column(), new AddedColumn(since, added));
      }
      if (add.ifNotExists()) {
        return stream;
      }
      throw new CaissonException(
          SqlState.DUPLICATE_COLUMN,
          "column \"" + name + "\" of relation \"" + stream.name() + "\" already exists");
    }
    if (!catalog.readersOf(stream.id()).isEmpty()) {
      throw new CaissonException(
          SqlState.DEPENDENT_OBJECTS,
          "\"" + stream.name() + "\" can't be renamed: a view reads it meanwhile");
    }
    if (change instanceof StreamChange.Rename rename) {
      return stream.withName(rename.name());
    }
    var rename = (StreamChange.RenameColumn) change;
    int position = position(stream, rename.column());
    if (position < 0) {
      throw new CaissonException(
          SqlState.UNDEFINED_COLUMN, "column \"" + rename.column() + "\" does not exist");
    }
    return stream.withColumnName(position, rename.name());
  }

  private static int position(StreamDefinition stream, String column) {
    return stream.columns().stream().map(ColumnDefinition::name).toList().indexOf(column);
  }

  /** The value of DEFAULT in physical form, computed once. */
  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  private static @Nullable Object constant(StreamChange.AddColumn add) {
    PreparedQuery value = add.value();
    if (value == null) {
      return null;
    }
    SqlType type = add.column().type();
    var builder = new ColumnsBuilder(List.of(type));
    try (CloseableIterator<@Nullable Object[]> rows =
        value.run(
            (object, request) -> {
              throw new IllegalStateException("a constant reads nothing");
            })) {
      @Nullable Object[] row = rows.next();
      ValueWriter.add(builder.column(0), type, row[0]);
    }
    @Nullable Object constant = physical(builder.build().column(0));
    if (constant == null && !type.nullable()) {
      throw new CaissonException(
          SqlState.NOT_NULL_VIOLATION,
          "column \"" + add.column().name() + "\" contains null values");
    }
    return constant;
  }

  private static @Nullable Object physical(Column column) {
    if (column.isNull(0)) {
      return null;
    }
    if (column instanceof LongColumn longs) {
      return longs.value(0);
    }
    if (column instanceof DoubleColumn doubles) {
      return doubles.value(0);
    }
    var bytes = (BytesColumn) column;
    return Arrays.copyOfRange(bytes.bytes(), bytes.start(0), bytes.start(0) + bytes.length(0));
  }

  Result vacuum(Statement.Vacuum vacuum) {
    if (vacuum.object() == null) {
      services.keeper().tidyAll();
    } else if (vacuum.object() instanceof StreamDefinition stream) {
      services.keeper().tidy(stream);
    } else {
      throw new CaissonException(
              SqlState.WRONG_OBJECT_TYPE,
              "\"" + vacuum.object().name() + "\" is a " + vacuum.object().kind())
          .withHint("Only streams need to be tidied up.");
    }
    return new CommandResult("VACUUM");
  }
}
