package io.caisson.sql.convert;

import io.caisson.function.operator.IntervalCasts;
import io.caisson.plan.AsOfNow;
import io.caisson.plan.Expression;
import io.caisson.plan.Field;
import io.caisson.plan.Plan;
import io.caisson.plan.Project;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.Interval;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Makes filters by the clock of conditions that compare a time of the row with now():
 *
 * <pre>
 *   filter ts > now() - 5 min and k = 1              until ts + 5 min
 *     scan                                   ──▶       filter k = 1
 *                                                        scan
 * </pre>
 *
 * A TIMESTAMP stands for an instant in UTC there, as it does in a session whose time zone was not
 * set. For one filter.
 */
final class NowConditions {
  private static final Set<String> NOW =
      Set.of("now", "current_timestamp", "localtimestamp", "current_date", "localtime");
  private static final String HINT =
      "Compare a TIMESTAMP of the row with now(), less or plus a constant interval of days or less.";
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final ExpressionConverter expressions;
  private @Nullable RexNode time;

  private NowConditions(ExpressionConverter expressions) {
    this.expressions = expressions;
  }

  /** Whether a condition asks what time it is. */
  static boolean asks(RexNode condition) {
    var finder =
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitCall(RexCall call) {
            if (isNow(call)) {
              throw new Util.FoundOne(call);
            }
            return super.visitCall(call);
          }
        };
    try {
      condition.accept(finder);
      return false;
    } catch (Util.FoundOne found) {
      return true;
    }
  }

  private static boolean isNow(RexNode node) {
    return node instanceof RexCall call
        && call.getOperands().isEmpty()
        && NOW.contains(call.getOperator().getName().toLowerCase(Locale.ROOT));
  }

  /**
   * The rows for which a condition is true at the latest tick.
   *
   * @param condition what asks for the time
   * @param source the rows
   * @param expressions makes expressions over the rows
   */
  static Plan filtered(RexNode condition, Plan source, ExpressionConverter expressions) {
    return new NowConditions(expressions).filtered(condition, source);
  }

  private Plan filtered(RexNode condition, Plan source) {
    if (!(condition instanceof RexCall call)
        || !SqlKind.ORDER_COMPARISON.contains(call.getKind())) {
      throw refused();
    }
    LinearTime difference =
        sum(call.getOperands().get(0))
            .minus(sum(call.getOperands().get(1)))
            .filter(d -> d.one() + d.other() == 0 && d.one() != 0)
            .orElseThrow(NowConditions::refused);
    RexNode row = time;
    if (row == null) {
      throw refused();
    }
    // time - now + micros op 0, or the same with the signs changed
    boolean forward = difference.one() == 1;
    SqlKind kind = forward ? call.getKind() : call.getKind().reverse();
    long micros = forward ? difference.micros() : -difference.micros();
    return switch (kind) {
      case GREATER_THAN -> asOfNow(source, row, micros, true);
      case GREATER_THAN_OR_EQUAL -> asOfNow(source, row, micros + 1, true);
      case LESS_THAN -> asOfNow(source, row, micros + 1, false);
      default -> asOfNow(source, row, micros, false);
    };
  }

  private Plan asOfNow(Plan source, RexNode row, long after, boolean leaves) {
    Expression at = expressions.convert(row);
    SqlType type = at.type();
    if (type.kind() != TypeKind.TIMESTAMP
        && type.kind() != TypeKind.TIMESTAMPTZ
        && type.kind() != TypeKind.DATE) {
      throw refused();
    }
    if (at instanceof Expression.InputColumn column && type.kind() != TypeKind.DATE) {
      return new AsOfNow(source, column.index(), after, leaves);
    }
    List<Expression> columns = PlanConverter.columns(source);
    List<String> names = source.fields().stream().map(Field::name).toList();
    var withTime = new ArrayList<>(columns);
    withTime.add(type.kind() == TypeKind.DATE ? Casts.to(TypeKind.TIMESTAMP, at) : at);
    var withName = new ArrayList<>(names);
    withName.add("at");
    var timed = new Project(source, withTime, withName);
    return new Project(new AsOfNow(timed, columns.size(), after, leaves), columns, names);
  }

  /** A side of the comparison as a sum of the row's time, of now and of a constant. */
  private LinearTime sum(RexNode node) {
    RexNode bare = withoutZone(node);
    if (isNow(bare)) {
      return new LinearTime(0, 1, 0);
    }
    if (bare instanceof RexCall call && call.getOperands().size() == 2 && !isTime(bare)) {
      String sign = call.getOperator().getName();
      if (sign.equals("+")) {
        return sum(call.getOperands().get(0))
            .plus(sum(call.getOperands().get(1)))
            .orElseThrow(NowConditions::refused);
      }
      if (sign.equals("-")) {
        return sum(call.getOperands().get(0))
            .minus(sum(call.getOperands().get(1)))
            .orElseThrow(NowConditions::refused);
      }
    }
    Long interval = interval(bare);
    if (interval != null) {
      return new LinearTime(0, 0, interval);
    }
    boolean known = time == null || time.equals(bare);
    if (!known || asks(bare)) {
      throw refused();
    }
    time = bare;
    return new LinearTime(1, 0, 0);
  }

  /** Whether a sum is something of the row alone, that no constant is added to. */
  private static boolean isTime(RexNode node) {
    return !asks(node)
        && node instanceof RexCall call
        && call.getOperands().stream().noneMatch(operand -> interval(operand) != null);
  }

  private static @Nullable TypeKind kind(RexNode node) {
    return SqlTypes.fromCalcite(node.getType()).map(SqlType::kind).orElse(null);
  }

  /** What clocks show in UTC and the instant are one. */
  private static RexNode withoutZone(RexNode node) {
    RexNode bare = node;
    while (bare instanceof RexCall call) {
      RexNode last = call.getOperands().isEmpty() ? bare : Util.last(call.getOperands());
      boolean cast = call.getKind() == SqlKind.CAST && isInstant(call) && isInstant(last);
      boolean zone =
          call.getOperator().getName().equalsIgnoreCase("timezone")
              && call.getOperands().get(0) instanceof RexLiteral literal
              && "UTC".equalsIgnoreCase(literal.getValueAs(String.class));
      if (!cast && !zone) {
        return bare;
      }
      bare = last;
    }
    return bare;
  }

  private static boolean isInstant(RexNode node) {
    TypeKind kind = kind(node);
    return kind == TypeKind.TIMESTAMP || kind == TypeKind.TIMESTAMPTZ || kind == TypeKind.DATE;
  }

  /** A constant interval, in microseconds; months have no length of their own. */
  private static @Nullable Long interval(RexNode node) {
    if (node.getKind() != SqlKind.CAST
        || kind(node) != TypeKind.INTERVAL
        || !(((RexCall) node).getOperands().get(0) instanceof RexLiteral literal)
        || !(literal.getValue() instanceof NlsString text)) {
      return null;
    }
    Interval interval = IntervalCasts.parse(text.getValue());
    if (interval.months() != 0) {
      throw refused();
    }
    return interval.days() * MICROS_PER_DAY + interval.micros();
  }

  private static RuntimeException refused() {
    return Refusal.of("this condition on the current time", HINT);
  }

  /** The parts of a condition that ask for the time, and those that do not. */
  static List<RexNode> parts(RexNode condition, boolean asking) {
    return RelOptUtil.conjunctions(condition).stream()
        .filter(part -> asks(part) == asking)
        .toList();
  }
}
