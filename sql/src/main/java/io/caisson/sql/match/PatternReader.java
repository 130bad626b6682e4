package io.caisson.sql.match;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.match.Pattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** Reads Calcite's patterns, and numbers the variables in the order of their first places. */
final class PatternReader {
  private final List<String> variables = new ArrayList<>();

  /** The names of the variables that were read, by their numbers. */
  List<String> variables() {
    return List.copyOf(variables);
  }

  Pattern read(RexNode node) {
    return read(node, false);
  }

  private Pattern read(RexNode node, boolean excluded) {
    if (node instanceof RexLiteral name) {
      return new Pattern.Variable(number(String.valueOf(name.getValueAs(String.class))), excluded);
    }
    var call = (RexCall) node;
    return switch (call.getKind()) {
      case PATTERN_CONCAT -> new Pattern.Sequence(parts(call, excluded));
      case PATTERN_ALTER -> new Pattern.Alternation(parts(call, excluded));
      case PATTERN_EXCLUDED -> read(call.getOperands().get(0), true);
      case PATTERN_PERMUTE -> permuted(call, excluded);
      default -> quantified(call, excluded);
    };
  }

  private int number(String name) {
    if (!variables.contains(name)) {
      variables.add(name);
    }
    return variables.indexOf(name);
  }

  /** Calcite takes two parts at a time. */
  private List<Pattern> parts(RexCall call, boolean excluded) {
    var nodes = new ArrayList<RexNode>();
    flatten(call, call.getKind(), nodes);
    return nodes.stream().map(part -> read(part, excluded)).toList();
  }

  private static void flatten(RexNode node, SqlKind kind, List<RexNode> parts) {
    if (node instanceof RexCall call && call.getKind() == kind) {
      call.getOperands().forEach(part -> flatten(part, kind, parts));
    } else {
      parts.add(node);
    }
  }

  private Pattern permuted(RexCall call, boolean excluded) {
    if (call.getOperands().size() > Pattern.MOST_PERMUTED) {
      throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "PERMUTE of more than " + Pattern.MOST_PERMUTED + " parts is not supported")
          .withHint("Permute fewer parts.");
    }
    return Pattern.permutation(
        call.getOperands().stream().map(part -> read(part, excluded)).toList());
  }

  private Pattern quantified(RexCall call, boolean excluded) {
    List<RexNode> operands = call.getOperands();
    int least = Math.max(0, count(operands.get(1)));
    int most = count(operands.get(2));
    if (most >= 0 && (most < least || most == 0)) {
      throw new CaissonException(
              SqlState.SYNTAX_ERROR,
              "a quantifier of PATTERN must have an upper bound that is positive and not less than the lower one")
          .withHint("Write {n,m} with n <= m.");
    }
    boolean reluctant =
        Boolean.TRUE.equals(((RexLiteral) operands.get(3)).getValueAs(Boolean.class));
    return new Pattern.Quantified(
        read(operands.get(0), excluded),
        least,
        most < 0 ? Pattern.Quantified.UNBOUNDED : most,
        reluctant);
  }

  private static int count(RexNode node) {
    BigDecimal count = ((RexLiteral) node).getValueAs(BigDecimal.class);
    return count == null ? 0 : count.intValue();
  }
}
