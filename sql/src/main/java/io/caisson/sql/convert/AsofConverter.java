package io.caisson.sql.convert;

import io.caisson.plan.AsofMatch;
import io.caisson.plan.EventTime;
import io.caisson.plan.JoinKeys;
import io.caisson.plan.Plan;
import io.caisson.plan.TimeRange;
import io.caisson.sql.validate.AsofCall;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AsofJoin;

/** Makes as-of joins. Stateless. */
final class AsofConverter {
  private static final TimeRange ITS_OWN = new TimeRange(0, 0);

  private AsofConverter() {}

  static Plan convert(AsofJoin join, Function<RelNode, Plan> inputs) {
    Optional<AsofCall> call = AsofCall.of(join);
    if (call.isEmpty()) {
      throw Refusal.of(
          "an ASOF JOIN on expressions", "Compute what is compared in a sub-query, under a name.");
    }
    AsofCall asof = call.get();
    Plan left = inputs.apply(join.getLeft());
    Plan right = inputs.apply(join.getRight());
    SqlType leftTime = left.fields().get(asof.leftTime()).type();
    SqlType rightTime = right.fields().get(asof.rightTime()).type();
    if (leftTime.kind() != rightTime.kind() || leftTime.physical() != TypeKind.Physical.LONG) {
      throw Refusal.of(
          "an ASOF JOIN that compares " + leftTime.sql() + " with " + rightTime.sql(),
          "Compare two TIMESTAMPs, dates or integers of one type.");
    }
    EventTime one = EventTime.of(left).get(asof.leftTime());
    EventTime other = EventTime.of(right).get(asof.rightTime());
    boolean settles = one != null && other != null && !asof.later();
    return new io.caisson.plan.AsofJoin(
        settles ? IntervalJoins.inTime(left, asof.leftTime(), ITS_OWN) : left,
        settles ? IntervalJoins.inTime(right, asof.rightTime(), ITS_OWN) : right,
        new JoinKeys(asof.leftKeys(), asof.rightKeys(), false),
        new AsofMatch(asof.leftTime(), asof.rightTime(), asof.later(), asof.strict()),
        asof.keepsLeft());
  }
}
