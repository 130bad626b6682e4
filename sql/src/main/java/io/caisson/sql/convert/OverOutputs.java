package io.caisson.sql.convert;

import io.caisson.function.window.Frame;
import io.caisson.plan.Expression;
import io.caisson.plan.Operator;
import io.caisson.plan.Over;
import io.caisson.plan.OverCall;
import io.caisson.plan.Plan;
import io.caisson.plan.Project;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What comes out of one window: results of functions as they are, and functions that are said by
 * others over the same partitions:
 *
 * <pre>
 *   lag(x, 2, d)       case when row_number > 2 then lag(x, 2) else d
 *   lead(x, 2, d)      case when row_number + 2 <= count then lead(x, 2) else d
 *   percent_rank       (rank - 1) / (count - 1), 0 of a single row
 *   cume_dist          count of the rows up to the last peer / count
 *   ntile(k)           where row_number is among k parts of count rows, the first ones larger by one
 * </pre>
 *
 * For one window.
 */
final class OverOutputs {
  private static final SqlType BIGINT = SqlType.of(TypeKind.BIGINT).withNullable(false);
  private static final SqlType DOUBLE = SqlType.of(TypeKind.DOUBLE).withNullable(false);
  private static final SqlType TRUTH = SqlType.of(TypeKind.BOOLEAN).withNullable(false);

  /** The whole partition. */
  static final Frame WHOLE = Frame.of(Frame.Unit.ROWS, Frame.ALL, Frame.ALL);

  private static final Frame TO_PEERS = Frame.of(Frame.Unit.RANGE, Frame.ALL, 0);

  /** Columns of the plan below the window. */
  private final int width;

  private final List<OverCall> calls = new ArrayList<>();
  private final List<Function<List<Expression>, Expression>> outputs = new ArrayList<>();

  OverOutputs(int width) {
    this.width = width;
  }

  List<OverCall> calls() {
    return calls;
  }

  /** Adds a function whose result comes out as it is. */
  void add(OverCall call) {
    int position = position(call);
    outputs.add(columns -> columns.get(position));
  }

  /** Adds LAG or LEAD with what it gives where there is no such row. */
  void addWithDefault(OverCall call, Expression otherwise) {
    boolean back = call.function() == OverCall.Function.LAG;
    int value = position(call);
    int number = number();
    int count = back ? -1 : count(WHOLE);
    Expression offset = constant(call.offset());
    outputs.add(
        columns -> {
          Expression there =
              back
                  ? call(Operator.GREATER, TRUTH, columns.get(number), offset)
                  : call(
                      Operator.LESS_OR_EQUAL,
                      TRUTH,
                      call(Operator.ADD, BIGINT, columns.get(number), offset),
                      columns.get(count));
          return call(
              Operator.CASE,
              call.type(),
              there,
              columns.get(value),
              Casts.to(call.type().kind(), otherwise));
        });
  }

  void addPercentRank() {
    int rank = position(helper(OverCall.Function.RANK, WHOLE));
    int count = count(WHOLE);
    outputs.add(
        columns ->
            call(
                Operator.CASE,
                DOUBLE,
                call(Operator.EQUAL, TRUTH, columns.get(count), constant(1)),
                new Expression.Literal(0.0, DOUBLE),
                quotient(
                    call(Operator.SUBTRACT, BIGINT, columns.get(rank), constant(1)),
                    call(Operator.SUBTRACT, BIGINT, columns.get(count), constant(1)))));
  }

  void addCumeDist() {
    int behind = count(TO_PEERS);
    int count = count(WHOLE);
    outputs.add(columns -> quotient(columns.get(behind), columns.get(count)));
  }

  /** Adds NTILE of a constant, positive number of parts. */
  void addTile(long parts, SqlType type) {
    int number = number();
    int count = count(WHOLE);
    outputs.add(
        columns -> {
          Expression tiles = constant(parts);
          Expression size = call(Operator.DIVIDE, BIGINT, columns.get(count), tiles);
          Expression larger = call(Operator.MODULO, BIGINT, columns.get(count), tiles);
          Expression before = call(Operator.SUBTRACT, BIGINT, columns.get(number), constant(1));
          Expression largeSize = call(Operator.ADD, BIGINT, size, constant(1));
          Expression inLarger = call(Operator.MULTIPLY, BIGINT, larger, largeSize);
          Expression behind = call(Operator.SUBTRACT, BIGINT, before, inLarger);
          Expression first = call(Operator.DIVIDE, BIGINT, before, largeSize);
          Expression later =
              call(Operator.ADD, BIGINT, larger, call(Operator.DIVIDE, BIGINT, behind, size));
          Expression tile =
              call(
                  Operator.CASE,
                  BIGINT,
                  call(Operator.LESS, TRUTH, before, inLarger),
                  call(Operator.ADD, BIGINT, first, constant(1)),
                  call(Operator.ADD, BIGINT, later, constant(1)));
          return Casts.to(type.kind(), tile);
        });
  }

  /** What comes out, over the columns of the window's plan: those below, then the results. */
  Plan of(Over over, List<String> names) {
    List<Expression> columns = PlanConverter.columns(over);
    List<Expression> wanted = new ArrayList<>(columns.subList(0, width));
    outputs.forEach(output -> wanted.add(output.apply(columns)));
    return wanted.equals(columns) ? over : new Project(over, wanted, names);
  }

  private int position(OverCall call) {
    calls.add(call);
    return width + calls.size() - 1;
  }

  private int number() {
    return position(helper(OverCall.Function.ROW_NUMBER, WHOLE));
  }

  private int count(Frame frame) {
    return position(helper(OverCall.Function.COUNT, frame));
  }

  private OverCall helper(OverCall.Function function, Frame frame) {
    String name = "$" + function.name().toLowerCase(Locale.ROOT) + calls.size();
    return new OverCall(function, OptionalInt.empty(), 0, frame, name, BIGINT);
  }

  private static Expression quotient(Expression dividend, Expression divisor) {
    return call(
        Operator.DIVIDE,
        DOUBLE,
        Casts.to(TypeKind.DOUBLE, dividend),
        Casts.to(TypeKind.DOUBLE, divisor));
  }

  private static Expression constant(long value) {
    return new Expression.Literal(value, BIGINT);
  }

  private static Expression call(Operator operator, SqlType type, Expression... operands) {
    return new Expression.OperatorCall(operator, List.of(operands), type);
  }
}
