package io.caisson.sql.run;

import io.caisson.plan.Expression;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * What LIKE says of where its texts lie, in the order of code points:
 *
 * <pre>
 *   key LIKE 'user:%'     →     key >= 'user:' AND key < 'user;'
 * </pre>
 *
 * Stateless.
 */
final class LikePrefix {
  private static final String NO_LITERALS = "%_\\";

  private LikePrefix() {}

  /** The text that a condition compares with a constant pattern; null for most. */
  static @Nullable RexNode subject(RexNode condition) {
    return condition.getKind() == SqlKind.LIKE
            && condition instanceof RexCall like
            && like.getOperands().size() == 2
            && SqlTypeUtil.isCharacter(like.getOperands().get(0).getType())
            && like.getOperands().get(1) instanceof RexLiteral
        ? like.getOperands().get(0)
        : null;
  }

  /**
   * The comparisons that every row fulfils for which the condition holds.
   *
   * @param condition a LIKE that has a {@link #subject}
   * @param subject what is compared
   */
  static List<Term> of(RexNode condition, Expression subject) {
    var pattern = (RexLiteral) ((RexCall) condition).getOperands().get(1);
    String text = pattern.getValueAs(String.class);
    return text == null ? List.of() : of(subject, prefix(text));
  }

  private static String prefix(String pattern) {
    int end = 0;
    while (end < pattern.length() && NO_LITERALS.indexOf(pattern.charAt(end)) < 0) {
      end++;
    }
    return pattern.substring(0, end);
  }

  private static List<Term> of(Expression subject, String prefix) {
    if (prefix.isEmpty()) {
      return List.of();
    }
    var from = new Term(subject, ColumnCondition.Comparison.GREATER_OR_EQUAL, List.of(prefix));
    int last = prefix.codePointBefore(prefix.length());
    int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
    if (next > Character.MAX_CODE_POINT) {
      return List.of(from);
    }
    String behind =
        prefix.substring(0, prefix.length() - Character.charCount(last)) + Character.toString(next);
    return List.of(from, new Term(subject, ColumnCondition.Comparison.LESS, List.of(behind)));
  }
}
