package io.caisson.engine.compile;

import io.caisson.plan.Expression;
import io.caisson.plan.Expression.FunctionCall;
import io.caisson.plan.Expression.InputColumn;
import io.caisson.plan.Expression.Literal;
import io.caisson.plan.Expression.OperatorCall;
import io.caisson.plan.Operator;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Decides which parts of big expressions become methods of their own. The virtual machine does not
 * compile methods of more than 8,000 bytes, so every method's weight, an upper estimate of its
 * bytes, is kept below {@link #METHOD_WEIGHT}. For one thread.
 */
final class Outline {
  static final int METHOD_WEIGHT = 6_000;

  /** An operator with more operands than this is first split into several. */
  static final int MOST_OPERANDS = 24;

  static final int OUTPUT_WEIGHT = 60;
  private static final int CALL_WEIGHT = 50;
  private static final int LITERAL_WEIGHT = 4;
  private static final int COLUMN_WEIGHT = 70;
  private static final int NODE_WEIGHT = 60;
  private static final int ARGUMENT_WEIGHT = 40;

  private final Set<Expression> outlined = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Whether this very expression becomes a method. */
  boolean contains(Expression expression) {
    return outlined.contains(expression);
  }

  /** Plans for an expression and gives the weight that it has where it stands. */
  int plan(Expression expression) {
    if (expression instanceof Literal) {
      return LITERAL_WEIGHT;
    }
    if (expression instanceof InputColumn) {
      return COLUMN_WEIGHT;
    }
    List<Expression> arguments = arguments(expression);
    int[] weights = new int[arguments.size()];
    int total = NODE_WEIGHT + ARGUMENT_WEIGHT * weights.length;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = plan(arguments.get(i));
      total += weights[i];
    }
    while (total > METHOD_WEIGHT) {
      int heaviest = heaviest(arguments, weights);
      if (heaviest < 0) {
        break;
      }
      outlined.add(arguments.get(heaviest));
      total -= weights[heaviest] - CALL_WEIGHT;
      weights[heaviest] = CALL_WEIGHT;
    }
    return total;
  }

  private int heaviest(List<Expression> arguments, int[] weights) {
    int heaviest = -1;
    for (int i = 0; i < weights.length; i++) {
      // Byte strings have no form in which a method could give them back.
      boolean possible = arguments.get(i).type().kind() != TypeKind.BYTEA;
      if (possible && weights[i] > CALL_WEIGHT * 2) {
        heaviest = heaviest < 0 || weights[i] > weights[heaviest] ? i : heaviest;
      }
    }
    return heaviest;
  }

  static List<Expression> arguments(Expression expression) {
    if (expression instanceof OperatorCall call) {
      return call.arguments();
    }
    return expression instanceof FunctionCall call ? call.arguments() : List.of();
  }

  /** The same expression without operators of very many operands. */
  static Expression balanced(Expression expression) {
    if (expression instanceof FunctionCall call) {
      return new FunctionCall(call.function(), balanced(call.arguments()), call.type());
    }
    if (!(expression instanceof OperatorCall call)) {
      return expression;
    }
    List<Expression> arguments = balanced(call.arguments());
    if (arguments.size() <= MOST_OPERANDS) {
      return new OperatorCall(call.operator(), arguments, call.type());
    }
    return call.operator() == Operator.CASE
        ? splitCase(call, arguments)
        : splitAssociative(call, arguments);
  }

  private static List<Expression> balanced(List<Expression> expressions) {
    return expressions.stream().map(Outline::balanced).toList();
  }

  private static Expression splitCase(OperatorCall call, List<Expression> arguments) {
    Expression rest =
        balanced(
            new OperatorCall(
                Operator.CASE, arguments.subList(MOST_OPERANDS, arguments.size()), call.type()));
    var first = new ArrayList<>(arguments.subList(0, MOST_OPERANDS));
    first.add(rest);
    return new OperatorCall(Operator.CASE, first, call.type());
  }

  private static Expression splitAssociative(OperatorCall call, List<Expression> arguments) {
    var groups = new ArrayList<Expression>();
    for (int i = 0; i < arguments.size(); i += MOST_OPERANDS) {
      List<Expression> group = arguments.subList(i, Math.min(arguments.size(), i + MOST_OPERANDS));
      groups.add(
          group.size() == 1 ? group.get(0) : new OperatorCall(call.operator(), group, call.type()));
    }
    return balanced(new OperatorCall(call.operator(), groups, call.type()));
  }
}
