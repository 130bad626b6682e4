package io.caisson.sql.run;

import com.google.common.collect.ImmutableMap;
import io.caisson.column.Columns;
import io.caisson.sql.runtime.RunState;
import io.caisson.sql.runtime.Series;
import io.caisson.sql.runtime.StatementMemory;
import io.caisson.sql.validate.BuiltInFunction;
import io.caisson.time.Clock;
import io.caisson.type.SqlType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.function.Predicate1;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a query needs: where its rows come from and what time it is. Public for generated
 * code only. For one thread.
 */
public final class QueryContext implements DataContext, AutoCloseable {
  private static final long MICROS_PER_MILLI = 1_000L;

  private final JavaTypeFactory types;
  private final ScanSource source;
  private final EnumerableQuery.Parts parts;
  private final RunState state;
  private final Map<String, Object> variables;
  private final List<AutoCloseable> open = new ArrayList<>();

  QueryContext(JavaTypeFactory types, ScanSource source, EnumerableQuery.Parts parts, Clock clock) {
    this.types = types;
    this.source = source;
    this.parts = parts;
    this.state = new RunState(new StatementMemory(source.memory()), source::check, clock);
    long now = Math.floorDiv(clock.wallMicros(), MICROS_PER_MILLI);
    this.variables =
        ImmutableMap.<String, Object>builder()
            .put(Variable.UTC_TIMESTAMP.camelName, now)
            .put(Variable.CURRENT_TIMESTAMP.camelName, now)
            .put(Variable.LOCAL_TIMESTAMP.camelName, now)
            .put(Series.RUN_STATE, state)
            .put(BuiltInFunction.SESSION_ZONE, source.timeZone())
            .put(Variable.TIME_ZONE.camelName, TimeZone.getTimeZone("UTC"))
            .put(Variable.LOCALE.camelName, Locale.ROOT)
            .put(Variable.USER.camelName, "caisson")
            .put(Variable.SYSTEM_USER.camelName, "caisson")
            .put(Variable.CANCEL_FLAG.camelName, new AtomicBoolean())
            .putAll(parts.constants())
            .build();
  }

  /** What the run holds. */
  RunState state() {
    return state;
  }

  /** The rows of one of a query's scans, for generated code. */
  public static Enumerable<@Nullable Object[]> rows(DataContext context, int scan) {
    return ((QueryContext) context).rows(scan);
  }

  /** The rows of one of a query's operators of our own, for generated code. */
  @SuppressWarnings("unchecked") // generated code has arrays as rows
  public static Enumerable<@Nullable Object[]> operate(
      DataContext context, int operation, Enumerable<?>[] inputs, Predicate1<?>[] conditions) {
    var query = (QueryContext) context;
    List<Enumerable<@Nullable Object[]>> rows = new ArrayList<>();
    for (Enumerable<?> input : inputs) {
      rows.add((Enumerable<@Nullable Object[]>) input);
    }
    List<Predicate1<@Nullable Object[]>> tests = new ArrayList<>();
    for (Predicate1<?> condition : conditions) {
      tests.add((Predicate1<@Nullable Object[]>) condition);
    }
    return query.parts.operations().get(operation).with(tests).run(query.state, rows);
  }

  private Enumerable<@Nullable Object[]> rows(int scan) {
    ScanTarget target = parts.targets().get(scan);
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        Iterator<Columns> pieces = source.scan(target.object(), target.request());
        if (pieces instanceof AutoCloseable closeable) {
          open.add(closeable);
        }
        return Linq4j.iterableEnumerator(() -> new RowIterator(pieces, target.types()));
      }
    };
  }

  /** The time zone in which the query reads and writes instants as text. */
  ZoneId timeZone() {
    return source.timeZone();
  }

  @Override
  public void close() {
    for (AutoCloseable closeable : open) {
      try {
        closeable.close();
      } catch (RuntimeException error) {
        throw error;
      } catch (Exception error) {
        throw new IllegalStateException(error);
      }
    }
    open.clear();
  }

  @Override
  public @Nullable SchemaPlus getRootSchema() {
    return null;
  }

  @Override
  public JavaTypeFactory getTypeFactory() {
    return types;
  }

  @Override
  public QueryProvider getQueryProvider() {
    throw new UnsupportedOperationException("there is no query provider");
  }

  @Override
  public @Nullable Object get(String name) {
    return variables.get(name);
  }

  /** Turns columns into rows. */
  private static final class RowIterator implements Iterator<@Nullable Object[]> {
    private final Iterator<Columns> pieces;
    private final List<SqlType> types;
    private @Nullable Columns piece;
    private int next;

    RowIterator(Iterator<Columns> pieces, List<SqlType> types) {
      this.pieces = pieces;
      this.types = types;
    }

    @Override
    public boolean hasNext() {
      while (piece == null || next >= piece.size()) {
        if (!pieces.hasNext()) {
          return false;
        }
        piece = pieces.next();
        next = 0;
      }
      return true;
    }

    @Override
    public @Nullable Object[] next() {
      Columns current = piece;
      if (current == null || next >= current.size()) {
        throw new java.util.NoSuchElementException();
      }
      @Nullable Object[] row = new Object[types.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = Values.toCalcite(current.column(i), next, types.get(i));
      }
      next++;
      return row;
    }
  }
}
