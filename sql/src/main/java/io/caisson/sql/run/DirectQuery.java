package io.caisson.sql.run;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.sql.error.RuntimeErrors;
import io.caisson.type.SqlType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * A query that only picks rows and columns of one object, which needs no code: rows are held
 * against the conditions as they come. Immutable and thread-safe.
 *
 * @param columns its outputs
 * @param inputs the objects it reads
 * @param target what it reads
 * @param outputs for each output its place among the columns that are read
 * @param offset how many rows to leave out
 * @param limit how many rows to give after them; -1 for all
 */
record DirectQuery(
    List<ColumnDefinition> columns,
    Set<String> inputs,
    ScanTarget target,
    int[] outputs,
    long offset,
    long limit)
    implements PreparedQuery {
  private static final long ALL = -1;

  /** The query of a planned tree, where it is one of these. */
  static Optional<PreparedQuery> of(
      RelNode tree, List<ColumnDefinition> columns, Set<String> inputs) {
    RelNode node = tree;
    long offset = 0;
    long limit = ALL;
    int[] outputs = null;
    for (int step = 0; step < 2; step++) {
      if (node instanceof LogicalSort sort
          && limit == ALL
          && offset == 0
          && sort.getCollation().getFieldCollations().isEmpty()) {
        offset = number(sort.offset, 0);
        limit = number(sort.fetch, ALL);
        if (offset < 0 || (limit == ALL && sort.fetch != null)) {
          return Optional.empty();
        }
        node = sort.getInput();
      }
      if (node instanceof LogicalProject project) {
        int[] below = references(project.getProjects());
        if (below == null) {
          return Optional.empty();
        }
        outputs = outputs == null ? below : through(outputs, below);
        node = project.getInput();
      }
    }
    boolean filtered = node instanceof LogicalFilter;
    node = node instanceof LogicalFilter filter ? filter.getInput() : node;
    if (!(node instanceof SourceScan scan) || (filtered && !scan.target().exact())) {
      return Optional.empty();
    }
    int width = scan.target().request().columns().length;
    int[] places = outputs == null ? java.util.stream.IntStream.range(0, width).toArray() : outputs;
    return Optional.of(new DirectQuery(columns, inputs, scan.target(), places, offset, limit));
  }

  private static long number(@Nullable RexNode node, long otherwise) {
    if (node == null) {
      return otherwise;
    }
    BigDecimal value =
        node instanceof RexLiteral literal ? literal.getValueAs(BigDecimal.class) : null;
    return value == null ? ALL : value.longValue();
  }

  private static int @Nullable [] references(List<RexNode> projects) {
    int[] references = new int[projects.size()];
    for (int i = 0; i < references.length; i++) {
      if (!(projects.get(i) instanceof RexInputRef reference)) {
        return null;
      }
      references[i] = reference.getIndex();
    }
    return references;
  }

  private static int[] through(int[] outputs, int[] below) {
    return Arrays.stream(outputs).map(output -> below[output]).toArray();
  }

  @Override
  public PreparedQuery with(List<? extends @Nullable Object> values) {
    return new DirectQuery(columns, inputs, target.with(values), outputs, offset, limit);
  }

  @Override
  public int scansOf(String name) {
    return target.object().name().equals(name) ? 1 : 0;
  }

  @Override
  public String explain() {
    var text = new StringBuilder();
    if (limit != ALL || offset > 0) {
      text.append("Limit(");
      text.append(offset > 0 ? "offset=[" + offset + "]" : "");
      text.append(offset > 0 && limit != ALL ? ", " : "");
      text.append(limit != ALL ? "fetch=[" + limit + "]" : "").append(")\n  ");
    }
    text.append("Scan(object=[").append(target.object().name());
    text.append("], columns=[").append(target.columnText()).append(']');
    if (!target.request().conditions().isEmpty()) {
      text.append(", conditions=[").append(target.conditionText()).append(']');
    }
    String path = target.pathText();
    AccessPath way = target.request().path();
    if (path != null && way != null) {
      text.append(", path=[").append(path).append("], rows=[").append(Math.round(way.rows()));
      text.append(']');
    }
    return text.append(")\n").toString();
  }

  @Override
  public CloseableIterator<@Nullable Object[]> run(ScanSource source) {
    try {
      return new Rows(source.scan(target.object(), target.request()), source.timeZone());
    } catch (RuntimeException error) {
      throw RuntimeErrors.translate(error);
    }
  }

  private boolean fits(Columns rows, int row, int[] places) {
    List<ColumnCondition> conditions = target.request().conditions();
    for (int i = 0; i < places.length; i++) {
      if (!fits(rows.column(places[i]), row, conditions.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(Column column, int row, ColumnCondition condition) {
    boolean isNull = column.isNull(row);
    return switch (condition.comparison()) {
      case IS_NULL -> isNull;
      case IS_NOT_NULL -> !isNull;
      case EQUAL -> !isNull && compare(column, row, condition.value()) == 0;
      case LESS -> !isNull && compare(column, row, condition.value()) < 0;
      case LESS_OR_EQUAL -> !isNull && compare(column, row, condition.value()) <= 0;
      case GREATER -> !isNull && compare(column, row, condition.value()) > 0;
      case GREATER_OR_EQUAL -> !isNull && compare(column, row, condition.value()) >= 0;
      case IN -> !isNull && condition.values().stream().anyMatch(v -> compare(column, row, v) == 0);
    };
  }

  private static int compare(Column column, int row, Object value) {
    if (column instanceof LongColumn longs) {
      return Long.compare(longs.value(row), (Long) value);
    }
    BytesColumn bytes = (BytesColumn) column;
    byte[] other = ((String) value).getBytes(StandardCharsets.UTF_8);
    int start = bytes.start(row);
    return Arrays.compareUnsigned(
        bytes.bytes(), start, start + bytes.length(row), other, 0, other.length);
  }

  /** The rows of one run. */
  private final class Rows implements CloseableIterator<@Nullable Object[]> {
    private final Iterator<Columns> pieces;
    private final ZoneId zone;
    private final List<SqlType> types = columns.stream().map(ColumnDefinition::type).toList();
    private final List<SqlType> scanned = target.types();
    private final int[] places = conditionPlaces();
    private Columns piece = new Columns(List.of(), 0);
    private int next;
    private long toSkip = offset;
    private long left = limit == ALL ? Long.MAX_VALUE : limit;
    private boolean closed;

    Rows(Iterator<Columns> pieces, ZoneId zone) {
      this.pieces = pieces;
      this.zone = zone;
    }

    /** For each condition the place of its column among those that are read. */
    private int[] conditionPlaces() {
      List<Integer> read = Arrays.stream(target.request().columns()).boxed().toList();
      return target.request().conditions().stream()
          .mapToInt(condition -> read.indexOf(condition.column()))
          .toArray();
    }

    @Override
    public boolean hasNext() {
      while (!closed && left > 0) {
        if (next >= piece.size()) {
          if (!advance()) {
            return false;
          }
        } else if (!fits(piece, next, places)) {
          next++;
        } else if (toSkip > 0) {
          toSkip--;
          next++;
        } else {
          return true;
        }
      }
      return false;
    }

    private boolean advance() {
      try {
        if (!pieces.hasNext()) {
          return false;
        }
        piece = pieces.next();
        next = 0;
        return true;
      } catch (RuntimeException error) {
        close();
        throw RuntimeErrors.translate(error);
      }
    }

    @Override
    public @Nullable Object[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      @Nullable Object[] row = new Object[outputs.length];
      for (int i = 0; i < row.length; i++) {
        Object value = Values.toCalcite(piece.column(outputs[i]), next, scanned.get(outputs[i]));
        row[i] = Values.toJava(value, types.get(i), zone);
      }
      next++;
      left--;
      return row;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        if (pieces instanceof AutoCloseable closeable) {
          try {
            closeable.close();
          } catch (RuntimeException error) {
            throw error;
          } catch (Exception error) {
            throw new IllegalStateException(error);
          }
        }
      }
    }
  }
}
