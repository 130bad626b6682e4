package io.caisson.plan;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ClockStream;
import io.caisson.catalog.StreamDefinition;
import io.caisson.function.match.RowPattern;
import io.caisson.function.window.WindowAssigner;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
          + (stream.idleMicros().isPresent() ? ", idle=" + stream.idleMicros().getAsLong() : "")
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
   * The same rows without those that an expression below fails on, which are put aside.
   *
   * @param source the rows
   */
  record SkipErrors(Plan source) implements Plan {
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
   * A node that lets rows pass by their time and the watermark that the stream had reached before
   * them. A row that is too late does not pass but goes to the view's late rows, with the window
   * that it missed.
   */
  sealed interface Punctual extends Plan permits Windowed, InTime {
    /** The rows. */
    Plan source();

    /** Position of the TIMESTAMP column. */
    int timeColumn();

    /** What late rows look like: the source's columns and the window that they missed. */
    default List<Field> lateFields() {
      var fields = new ArrayList<>(source().fields());
      SqlType time = SqlType.of(TypeKind.TIMESTAMP).withNullable(false);
      fields.add(new Field(WINDOW_START, time));
      fields.add(new Field(WINDOW_END, time));
      return fields;
    }

    @Override
    default List<Plan> inputs() {
      return List.of(source());
    }
  }

  /**
   * Each row with a window that its time falls into, as often as there are windows: the source's
   * columns, {@value Plan#WINDOW_START}, {@value Plan#WINDOW_END}. A row is late for a window that
   * had closed by the watermark that the stream had reached before the row. A row without a time,
   * which is in no window, is late too.
   */
  sealed interface Windowed extends Punctual permits Windows, Sessions {
    @Override
    default List<Field> fields() {
      return lateFields();
    }
  }

  /**
   * The rows whose time the watermark had not passed before them, and those without one. The window
   * that a late one missed are the times of the rows that it would have met in a join.
   *
   * @param source the rows of a stream
   * @param timeColumn position of the TIMESTAMP column
   * @param meets the times that a row meets, from its own
   */
  record InTime(Plan source, int timeColumn, TimeRange meets) implements Punctual {
    @Override
    public List<Field> fields() {
      return source.fields();
    }

    @Override
    public boolean appendOnly() {
      return source.appendOnly();
    }
  }

  /**
   * Windows that depend on the time alone: TUMBLE, HOP, CUMULATE.
   *
   * @param source the rows
   * @param timeColumn position of the TIMESTAMP column
   * @param assigner the windows, in microseconds
   */
  record Windows(Plan source, int timeColumn, WindowAssigner assigner) implements Windowed {
    @Override
    public boolean appendOnly() {
      return source.appendOnly();
    }
  }

  /**
   * Sessions: a row is in one window with all rows of its partition to which it is connected by
   * rows that are less than the gap apart. The window ends the gap after its last row. A row is
   * late when its session had closed, or when it would have been a closed session by itself.
   *
   * @param source the rows, which only grow
   * @param timeColumn position of the TIMESTAMP column
   * @param partition positions of the columns that tell whose session it is
   * @param gapMicros the gap, positive
   */
  record Sessions(Plan source, int timeColumn, List<Integer> partition, long gapMicros)
      implements Windowed {
    /** Copies the list and checks the gap. */
    public Sessions {
      partition = List.copyOf(partition);
      if (gapMicros <= 0) {
        throw new IllegalArgumentException("gap " + gapMicros);
      }
    }

    /** A row's window grows with its session. */
    @Override
    public boolean appendOnly() {
      return false;
    }
  }

  /**
   * Rows that are put out once, when the watermark has passed the window that they belong to.
   *
   * @param source the rows
   * @param timeColumn position of a column that settles, see {@link EventTime}
   */
  record EmitOnClose(Plan source, int timeColumn) implements Plan {
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
      return true;
    }
  }

  /**
   * The rows that are there at the time of the latest tick: those whose time has come, or those
   * whose time is not over. Rows without a time are not there.
   *
   * @param source the rows
   * @param timeColumn position of the TIMESTAMP column
   * @param afterMicros how long after that time rows come or leave; negative before it
   * @param leaves whether rows are there until then, or from then on
   */
  record AsOfNow(Plan source, int timeColumn, long afterMicros, boolean leaves) implements Plan {
    /** What the node reads besides its rows. */
    public static final StreamScan CLOCK = new StreamScan(ClockStream.DEFINITION);

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
      return !leaves && source.appendOnly();
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
   * Each row with the results of functions over its partition behind its columns. Rows that the
   * order does not tell apart are sorted by all their columns.
   *
   * @param source the rows
   * @param partition positions of the columns that partition them
   * @param order how a partition is sorted
   * @param calls the functions
   * @param limit where only rows of the first call's results up to a number are wanted
   */
  record Over(
      Plan source,
      List<Integer> partition,
      List<SortKey> order,
      List<OverCall> calls,
      OptionalLong limit)
      implements Plan {
    /** Copies the lists and checks the limit. */
    public Over {
      partition = List.copyOf(partition);
      order = List.copyOf(order);
      calls = List.copyOf(calls);
      if (limit.isPresent() && !calls.get(0).function().ranks()) {
        throw new IllegalArgumentException("a limit of " + calls.get(0));
      }
    }

    @Override
    public List<Field> fields() {
      var fields = new ArrayList<>(source.fields());
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
   * The matches of a row pattern in partitions. Of one row for a match the partition's columns and
   * what is read of the match; of all rows of a match these with what is read of the match.
   *
   * @param source the rows
   * @param pattern what is looked for, its times in microseconds
   * @param partition positions of the columns that partition the rows
   * @param order how a partition is sorted; rows that this does not tell apart by all their columns
   * @param width how many of the columns are put out with all rows of a match
   * @param definitions for each variable what its rows must fulfil
   * @param outputs what is read of a match
   */
  record Match(
      Plan source,
      RowPattern pattern,
      List<Integer> partition,
      List<SortKey> order,
      int width,
      List<MatchDefinition> definitions,
      MatchValues outputs)
      implements Plan {
    /** Copies the lists. */
    public Match {
      partition = List.copyOf(partition);
      order = List.copyOf(order);
      definitions = List.copyOf(definitions);
    }

    @Override
    public List<Field> fields() {
      List<Field> below = source.fields();
      var fields = new ArrayList<Field>();
      if (pattern.allRows()) {
        fields.addAll(below.subList(0, width));
      } else {
        partition.forEach(column -> fields.add(below.get(column)));
      }
      fields.addAll(outputs.fields());
      return fields;
    }

    @Override
    public List<Plan> inputs() {
      return List.of(source);
    }

    /** A row that comes can undo a match. */
    @Override
    public boolean appendOnly() {
      return false;
    }
  }

  /**
   * Each row once for each element of the array in its last column: the other columns, the element,
   * and if so wanted its number. A row whose array is empty or NULL is left out, or put out once
   * with NULLs.
   *
   * @param source the rows
   * @param numbered whether the elements are counted, from 1
   * @param keepsEmpty whether rows without an element are put out
   */
  record Unnest(Plan source, boolean numbered, boolean keepsEmpty) implements Plan {
    /** Name of the column of the elements. */
    public static final String ELEMENT = "element";

    /** Name of the column of their numbers. */
    public static final String ORDINALITY = "ordinality";

    @Override
    public List<Field> fields() {
      var fields = new ArrayList<>(source.fields());
      Field array = fields.remove(fields.size() - 1);
      fields.add(new Field(ELEMENT, array.type().elements()));
      if (numbered) {
        fields.add(new Field(ORDINALITY, SqlType.of(TypeKind.INTEGER).withNullable(keepsEmpty)));
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
   * A join of rows whose times are not far from each other, so that neither input need be kept for
   * ever. Both times settle, see {@link EventTime}.
   *
   * @param join the join, whose condition says so
   * @param leftTime position of the time in the left input
   * @param rightTime position of the time in the right one
   * @param distance how far behind a left row's time those of its right ones are
   */
  record IntervalJoin(Join join, int leftTime, int rightTime, TimeRange distance) implements Plan {
    @Override
    public List<Field> fields() {
      return join.fields();
    }

    @Override
    public List<Plan> inputs() {
      return join.inputs();
    }

    @Override
    public boolean appendOnly() {
      return join.appendOnly();
    }
  }

  /**
   * Each left row with one right row of its key: the nearest in time on one side; of several at the
   * same time, the first in the order of all columns.
   *
   * @param left the left rows
   * @param right the right rows
   * @param keys the columns that are compared for being equal, which NULLs are not
   * @param match which right row is the nearest
   * @param keepsLeft whether left rows without one are put out, with NULLs
   */
  record AsofJoin(Plan left, Plan right, JoinKeys keys, AsofMatch match, boolean keepsLeft)
      implements Plan {
    @Override
    public List<Field> fields() {
      var fields = new ArrayList<>(left.fields());
      right.fields().forEach(field -> fields.add(field.nullableIf(keepsLeft)));
      return fields;
    }

    @Override
    public List<Plan> inputs() {
      return List.of(left, right);
    }

    @Override
    public boolean appendOnly() {
      return false;
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
