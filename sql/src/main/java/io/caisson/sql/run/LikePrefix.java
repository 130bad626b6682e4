package io.caisson.sql.run;

import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

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

  /** The comparisons that every row fulfils for which the condition holds; none for most. */
  static List<ColumnCondition> of(RexNode condition) {
    if (condition.getKind() == SqlKind.LIKE
        && condition instanceof RexCall like
        && like.getOperands().size() == 2
        && like.getOperands().get(0) instanceof RexInputRef column
        && SqlTypeUtil.isCharacter(column.getType())
        && like.getOperands().get(1) instanceof RexLiteral pattern) {
      String text = pattern.getValueAs(String.class);
      return text == null ? List.of() : of(column.getIndex(), prefix(text));
    }
    return List.of();
  }

  private static String prefix(String pattern) {
    int end = 0;
    while (end < pattern.length() && NO_LITERALS.indexOf(pattern.charAt(end)) < 0) {
      end++;
    }
    return pattern.substring(0, end);
  }

  private static List<ColumnCondition> of(int column, String prefix) {
    if (prefix.isEmpty()) {
      return List.of();
    }
    var from = new ColumnCondition(column, ColumnCondition.Comparison.GREATER_OR_EQUAL, prefix);
    int last = prefix.codePointBefore(prefix.length());
    int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
    if (next > Character.MAX_CODE_POINT) {
      return List.of(from);
    }
    String behind =
        prefix.substring(0, prefix.length() - Character.charCount(last)) + Character.toString(next);
    return List.of(from, new ColumnCondition(column, ColumnCondition.Comparison.LESS, behind));
  }
}
