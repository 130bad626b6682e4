package io.caisson.sql.run;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.error.CaissonException;
import io.caisson.sql.error.RuntimeErrors;
import io.caisson.sql.runtime.RowOperation;
import io.caisson.time.Clock;
import io.caisson.type.SqlType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.runtime.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * A query as compiled code of Calcite's enumerable runtime. Immutable and thread-safe.
 *
 * @param columns its outputs
 * @param inputs the objects it reads
 * @param tree its plan
 * @param code what runs
 * @param types the types that its plan was made of
 * @param parts what the code asks for
 * @param clock what time it is
 */
record EnumerableQuery(
    List<ColumnDefinition> columns,
    Set<String> inputs,
    EnumerableRel tree,
    Bindable<?> code,
    JavaTypeFactory types,
    Parts parts,
    Clock clock)
    implements PreparedQuery {
  /**
   * What the code asks for.
   *
   * @param targets its scans, by their index
   * @param operations what its operators of our own do, by their index
   * @param constants values, by their name
   * @param parameters the types of the places for values, by their numbers
   */
  record Parts(
      List<ScanTarget> targets,
      List<RowOperation> operations,
      Map<String, Object> constants,
      Map<Integer, SqlType> parameters) {}

  @Override
  public int scansOf(String name) {
    return (int)
        parts.targets().stream().filter(target -> target.object().name().equals(name)).count();
  }

  @Override
  public PreparedQuery with(List<? extends @Nullable Object> values) {
    if (parts.parameters().isEmpty()) {
      return this;
    }
    var bound = new HashMap<>(parts.constants());
    parts
        .parameters()
        .forEach(
            (number, type) -> {
              Object value = ParameterValues.assign(values.get(number), type);
              if (value != null) {
                bound.put("?" + number, ParameterValues.toCalcite(value, type));
              }
            });
    List<ScanTarget> targets = parts.targets().stream().map(target -> target.with(values)).toList();
    var filled = new Parts(targets, parts.operations(), bound, Map.of());
    return new EnumerableQuery(columns, inputs, tree, code, types, filled, clock);
  }

  @Override
  public String explain() {
    return plan().text(false);
  }

  @Override
  public PlanStep plan() {
    return PlanSteps.of(tree, Optional.empty());
  }

  @Override
  public PlanStep analyze(ScanSource source) {
    var context = new QueryContext(types, source, parts, clock);
    try (CloseableIterator<@Nullable Object[]> rows = rows(context)) {
      rows.forEachRemaining(row -> {});
    }
    return PlanSteps.of(tree, Optional.of(context.state()));
  }

  @Override
  public CloseableIterator<@Nullable Object[]> run(ScanSource source) {
    return rows(new QueryContext(types, source, parts, clock));
  }

  private CloseableIterator<@Nullable Object[]> rows(QueryContext context) {
    try {
      return new Rows(code.bind(context).enumerator(), context, columns);
    } catch (RuntimeException | ExceptionInInitializerError error) {
      context.close();
      throw RuntimeErrors.translate(error);
    }
  }

  /** The rows of one run, its errors in our words. */
  private static final class Rows implements CloseableIterator<@Nullable Object[]> {
    private final Enumerator<?> rows;
    private final QueryContext context;
    private final List<SqlType> types;
    private @Nullable Boolean ahead;
    private boolean closed;

    Rows(Enumerator<?> rows, QueryContext context, List<ColumnDefinition> columns) {
      this.rows = rows;
      this.context = context;
      this.types = columns.stream().map(ColumnDefinition::type).toList();
    }

    @Override
    public boolean hasNext() {
      if (closed) {
        return false;
      }
      if (ahead == null) {
        ahead = guarded(rows::moveNext);
      }
      return ahead;
    }

    private <T extends @Nullable Object> T guarded(Supplier<T> step) {
      try {
        return step.get();
      } catch (RuntimeException error) {
        CaissonException translated = RuntimeErrors.translate(error);
        close();
        throw translated;
      }
    }

    @Override
    public @Nullable Object[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      ahead = null;
      Object current = guarded(rows::current);
      @Nullable Object[] result = new Object[types.size()];
      @Nullable Object[] values = values(current, result.length);
      for (int i = 0; i < result.length; i++) {
        result[i] = Values.toJava(values[i], types.get(i), context.timeZone());
      }
      return result;
    }

    /** A row of several columns is an array, or a list where it comes of an array's elements. */
    private static @Nullable Object[] values(Object row, int width) {
      if (row instanceof Object[] many && many.length == width) {
        return many;
      }
      return row instanceof List<?> many && many.size() == width
          ? many.toArray()
          : new Object[] {row};
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        rows.close();
        context.close();
      }
    }
  }
}
