package io.caisson.plan;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A standing query as a tree, inputs below. Every node says what it puts out and whether its output
 * only ever grows. Immutable.
 */
public sealed interface Plan {
  /** Name of the column in which a window's begin stands. */
  String WINDOW_START = "window_start";

  /** Name of the column in which a window's end, exclusive, stands. */
  String WINDOW_END = "window_end";

  /** What the node puts out, in order. */
  List<Field> fields();

  /** The nodes below, from left to right. */
  List<Plan> inputs();

  /** Whether rows are only ever added to the output, never taken back. */
  boolean appendOnly();

  /**
   * All rows of a stream.
   *
   * @param stream the stream
   */
  record StreamScan(StreamDefinition stream) implements Plan {
    @Override
    public List<Field> fields() {
      return stream.columns().stream().map(c -> new Field(c.name(), c.type())).toList();
    }

    @Override
    public List<Plan> inputs() {
      return List.of();
    }

    @Override
    public boolean appendOnly() {
      return true;
    }

    /** What matters to whoever reads the stream: not its name, nor how long it keeps rows. */
    @Override
    public String toString() {
      return "StreamScan[id="
          + stream.id()
          + ", fields="
          + fields()
          + ", watermark="
          + stream.watermark()
          + ", shards="
          + stream.shards()
          + "]";
    }
  }

  /**
   * All rows of what keeps rows that may change: a table, a collection, a bucket, a table without a
   * schema.
   *
   * @param relation the object, with the columns that the query sees
   */
  record TableScan(CatalogObject relation) implements Plan {
    @Override
    public List<Field> fields() {
      return relation.columns().stream().map(c -> new Field(c.name(), c.type())).toList();
    }

    @Override
    public List<Plan> inputs() {
      return List.of();
    }

    @Override
    public boolean appendOnly() {
      return false;
    }

    /** What matters to whoever reads it: neither its name nor its indexes and constraints. */
    @Override
    public String toString() {
      return "TableScan[id=" + relation.id() + ", fields=" + fields() + "]";
    }
  }

  /**
   * The rows for which a condition is true.
   *
   * @param source the rows
   * @param condition a BOOLEAN expression
   */
  record Filter(Plan source, Expression condition) implements Plan {
    @Override
    public List<Field> fields() {
      return source.fields();
    }

    @Override
    public List<Plan> inputs() {
      return List.of(source);
    }

    @Override
    public boolean appendOnly() {
      return source.appendOnly();
    }
  }

  /**
   * Expressions over each row.
   *
   * @param source the rows
   * @param expressions one for each output
   * @param names the outputs' names
   */
  record Project(Plan source, List<Expression> expressions, List<String> names) implements Plan {
    /** Copies the lists and checks that they match. */
    public Project {
      expressions = List.copyOf(expressions);
      names = List.copyOf(names);
      if (expressions.size() != names.size()) {
        throw new IllegalArgumentException(
            expressions.size() + " expressions, " + names.size() + " names");
      }
    }

    @Override
    public List<Field> fields() {
      var fields = new ArrayList<Field>();
      for (int i = 0; i < names.size(); i++) {
        fields.add(new Field(names.get(i), expressions.get(i).type()));
      }
      return fields;
    }

    @Override
    public List<Plan> inputs() {
      return List.of(source);
    }

    @Override
    public boolean appendOnly() {
      return source.appendOnly();
    }
  }

  /**
   * Each row with the tumbling window its time falls into: the source's columns, {@value
   * Plan#WINDOW_START}, {@value Plan#WINDOW_END}. A row whose window closed by the watermark that
   * the stream had reached before the row, or whose time is NULL, is late: it does not pass but
   * goes to the view's late rows with the window it missed.
   *
   * @param source the rows
   * @param timeColumn position of the TIMESTAMP column
   * @param sizeMicros length of a window, positive
   * @param offsetMicros by how much windows begin after multiples of their length since 1970-01-01
   */
  record TumbleWindow(Plan source, int timeColumn, long sizeMicros, long offsetMicros)
      implements Plan {
    /** Checks the size. */
    public TumbleWindow {
      if (sizeMicros <= 0) {
        throw new IllegalArgumentException("window size " + sizeMicros);
      }
    }

    @Override
    public List<Field> fields() {
      var fields = new ArrayList<>(source.fields());
      SqlType time = SqlType.of(TypeKind.TIMESTAMP).withNullable(false);
      fields.add(new Field(WINDOW_START, time));
      fields.add(new Field(WINDOW_END, time));
      return fields;
    }

    @Override
    public List<Plan> inputs() {
      return List.of(source);
    }

    @Override
    public boolean appendOnly() {
      return source.appendOnly();
    }
  }

  /**
   * One row a group: the group's columns, then the aggregates. Without group columns there is
   * always exactly one row.
   *
   * @param source the rows
   * @param groupColumns positions of the columns to group by
   * @param calls the aggregates
   */
  record Aggregate(Plan source, List<Integer> groupColumns, List<AggregateCall> calls)
      implements Plan {
    /** Copies the lists. */
    public Aggregate {
      groupColumns = List.copyOf(groupColumns);
      calls = List.copyOf(calls);
    }

    @Override
    public List<Field> fields() {
      List<Field> below = source.fields();
      var fields = new ArrayList<Field>();
      groupColumns.forEach(column -> fields.add(below.get(column)));
      calls.forEach(call -> fields.add(new Field(call.name(), call.type())));
      return fields;
    }

    @Override
    public List<Plan> inputs() {
      return List.of(source);
    }

    @Override
    public boolean appendOnly() {
      return false;
    }
  }

  /**
   * Pairs of rows of two inputs, or those of the left one for which there is a pair. A pair's keys
   * are equal, which NULLs are not, and it fulfils the condition.
   *
   * @param left the left rows
   * @param right the right rows
   * @param kind what is put out
   * @param keys the columns that are compared
   * @param condition a further BOOLEAN expression over the columns of both, if any
   */
  record Join(Plan left, Plan right, JoinKind kind, JoinKeys keys, Optional<Expression> condition)
      implements Plan {
    @Override
    public List<Field> fields() {
      if (!kind.putsOutPairs()) {
        return left.fields();
      }
      var fields = new ArrayList<Field>();
      left.fields().forEach(field -> fields.add(field.nullableIf(kind.keepsRight())));
      right.fields().forEach(field -> fields.add(field.nullableIf(kind.keepsLeft())));
      return fields;
    }

    @Override
    public List<Plan> inputs() {
      return List.of(left, right);
    }

    @Override
    public boolean appendOnly() {
      boolean grows = kind == JoinKind.INNER || kind == JoinKind.SEMI;
      return grows && left.appendOnly() && right.appendOnly();
    }
  }

  /**
   * The rows of two inputs whose columns have the same types, combined.
   *
   * @param left the left rows
   * @param right the right rows
   * @param kind how
   */
  record SetOperation(Plan left, Plan right, SetKind kind) implements Plan {
    @Override
    public List<Field> fields() {
      var fields = new ArrayList<Field>();
      for (int i = 0; i < left.fields().size(); i++) {
        fields.add(left.fields().get(i).nullableIf(right.fields().get(i).type().nullable()));
      }
      return fields;
    }

    @Override
    public List<Plan> inputs() {
      return List.of(left, right);
    }

    @Override
    public boolean appendOnly() {
      return kind == SetKind.UNION_ALL && left.appendOnly() && right.appendOnly();
    }
  }
}
