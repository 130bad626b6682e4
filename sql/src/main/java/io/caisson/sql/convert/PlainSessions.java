package io.caisson.sql.convert;

import io.caisson.function.window.Frame;
import io.caisson.plan.Expression;
import io.caisson.plan.Field;
import io.caisson.plan.Filter;
import io.caisson.plan.Operator;
import io.caisson.plan.Over;
import io.caisson.plan.OverCall;
import io.caisson.plan.Plan;
import io.caisson.plan.Project;
import io.caisson.plan.SortKey;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Sessions of rows that may come and go at any time, by what stands for them in functions with
 * OVER, which take rows back:
 *
 * <pre>
 *   near     how many rows of the partition are less than the gap before the row
 *   session  how many rows up to this one have none
 *   begin    MIN(ts), end  MAX(ts) + gap  OVER (PARTITION BY k, session)
 * </pre>
 *
 * Rows without a time are in no session. For one window.
 */
final class PlainSessions {
  private static final SqlType BIGINT = SqlType.of(TypeKind.BIGINT);
  private static final Frame ALL = Frame.of(Frame.Unit.RANGE, Frame.ALL, Frame.ALL);

  private final int width;
  private final int timeColumn;
  private final List<Integer> partition;
  private final long gapMicros;
  private final SqlType time;

  private PlainSessions(Plan source, int timeColumn, List<Integer> partition, long gapMicros) {
    this.width = source.fields().size();
    this.timeColumn = timeColumn;
    this.partition = partition;
    this.gapMicros = gapMicros;
    this.time = source.fields().get(timeColumn).type();
  }

  /**
   * The rows with the begin and the end of their session behind their columns.
   *
   * @param source the rows
   * @param timeColumn position of the column of microseconds
   * @param partition positions of the columns that tell whose session it is
   * @param gapMicros the gap
   */
  static Plan of(Plan source, int timeColumn, List<Integer> partition, long gapMicros) {
    return new PlainSessions(source, timeColumn, partition, gapMicros).sessions(source);
  }

  private Plan sessions(Plan source) {
    List<SortKey> byTime = List.of(new SortKey(timeColumn, false, false));
    Plan near =
        over(
            new Filter(source, call(Operator.IS_NOT_NULL, bool(), column(timeColumn, time))),
            partition,
            byTime,
            List.of(counted(OverCall.Function.COUNT, Frame.ofDistances(gapMicros - 1, -1))));
    Plan numbered =
        over(
            withColumn(near, begins()),
            partition,
            byTime,
            List.of(counted(OverCall.Function.SUM, Frame.of(Frame.Unit.RANGE, Frame.ALL, 0))));
    var members = new ArrayList<>(partition);
    members.add(width + 1);
    Plan bounded =
        over(
            numbered,
            members,
            List.of(),
            List.of(extreme(OverCall.Function.MIN), extreme(OverCall.Function.MAX)));
    return shown(source, bounded);
  }

  private static Plan over(
      Plan source, List<Integer> partition, List<SortKey> order, List<OverCall> calls) {
    return new Over(source, partition, order, calls, OptionalLong.empty());
  }

  /** A number, of the time or of the column behind the rows' own. */
  private OverCall counted(OverCall.Function function, Frame frame) {
    boolean counts = function == OverCall.Function.COUNT;
    return new OverCall(
        function,
        OptionalInt.of(counts ? timeColumn : width),
        0,
        frame,
        counts ? "near" : "session",
        BIGINT.withNullable(!counts));
  }

  private OverCall extreme(OverCall.Function function) {
    return new OverCall(
        function, OptionalInt.of(timeColumn), 0, ALL, function.name(), time.withNullable(true));
  }

  /** 1 for a row that begins a session, or 0. */
  private Expression begins() {
    SqlType number = BIGINT.withNullable(false);
    Expression none =
        call(Operator.EQUAL, bool(), column(width, number), new Expression.Literal(0L, number));
    return call(
        Operator.CASE,
        number,
        none,
        new Expression.Literal(1L, number),
        new Expression.Literal(0L, number));
  }

  /** The rows' own columns, and one behind them. */
  private Plan withColumn(Plan rows, Expression more) {
    List<Expression> expressions = own(rows);
    expressions.add(more);
    List<String> names = names(rows);
    names.add("begins");
    return new Project(rows, expressions, names);
  }

  private Plan shown(Plan source, Plan bounded) {
    List<Expression> expressions = own(bounded);
    SqlType wanted = SqlType.of(TypeKind.TIMESTAMP).withNullable(false);
    expressions.add(column(width + 2, wanted));
    expressions.add(
        call(
            Operator.ADD,
            wanted,
            column(width + 3, wanted),
            new Expression.Literal(gapMicros, BIGINT.withNullable(false))));
    List<String> names = names(source);
    names.add(Plan.WINDOW_START);
    names.add(Plan.WINDOW_END);
    return new Project(bounded, expressions, names);
  }

  private List<Expression> own(Plan rows) {
    var own = new ArrayList<Expression>();
    for (Field field : rows.fields().subList(0, width)) {
      own.add(column(own.size(), field.type()));
    }
    return own;
  }

  private List<String> names(Plan rows) {
    return new ArrayList<>(rows.fields().subList(0, width).stream().map(Field::name).toList());
  }

  private static Expression column(int index, SqlType type) {
    return new Expression.InputColumn(index, type);
  }

  private static Expression call(Operator operator, SqlType type, Expression... arguments) {
    return new Expression.OperatorCall(operator, List.of(arguments), type);
  }

  private static SqlType bool() {
    return SqlType.of(TypeKind.BOOLEAN).withNullable(false);
  }
}
