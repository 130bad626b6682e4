package io.caisson.engine.compile;

import io.caisson.dataflow.batch.Projection;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.plan.Expression;
import io.caisson.plan.Expression.InputColumn;
import io.caisson.plan.Expression.OperatorCall;
import io.caisson.plan.Operator;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles expressions to machine code, by way of Java source. Stateless and thread-safe; what it
 * makes is for one thread at a time.
 *
 * <p>A filter or a projection becomes a class with one loop over the rows, and that loop is there
 * twice: for batches without any NULL in the columns that it reads, and for all others. Values stay
 * primitive, texts stay UTF-8 until something needs a String, and an expression that occurs more
 * than once is evaluated once. Projections too big for a method that the virtual machine compiles
 * get several loops, and expressions too big get methods for their parts.
 *
 * <p>What is not evaluated raises no error: operands of AND and OR behind the one that decides, and
 * branches of CASE not taken. The first error of a batch ends its evaluation.
 */
public final class ExpressionCompiler {
  private ExpressionCompiler() {}

  /**
   * Compiles a condition.
   *
   * @param condition a BOOLEAN expression
   * @param input the types of the columns that it is evaluated over
   */
  public static RowFilter filter(Expression condition, List<SqlType> input) {
    if (condition.type().kind() != TypeKind.BOOLEAN) {
      throw new IllegalArgumentException("a condition of type " + condition.type().sql());
    }
    var target = new GeneratedClass(input);
    var outline = new Outline();
    Expression balanced = Outline.balanced(condition);
    outline.plan(balanced);
    for (boolean nullable : new boolean[] {false, true}) {
      var body = new RowCode(target, outline, nullable, false);
      Value value = body.evaluate(balanced);
      target.method(
          Java.format(
              """
            private int %s(int size, int[] selected) {
          %s    int count = 0;
              for (int row = 0; row < size; row++) {
          %s      selected[count] = row;
                if (%s && !%s) {
                  count++;
                }
              }
              return count;
            }
          """,
              loopName(0, nullable), body.hoisted(), body.code(), value.code(), value.isNull()));
    }
    target.method(
        Java.format(
            """
          public int select(Columns rows, int[] selected) {
            bind(rows);
            try {
              return %s ? loop0(rows.size(), selected) : loop0WithNulls(rows.size(), selected);
            } finally {
              unbind();
            }
          }
        """,
            target.noNulls()));
    return target.instance(RowFilter.class);
  }

  /**
   * Compiles expressions. Those that are plain columns hand these on without copying.
   *
   * @param expressions the expressions, one for each column of the result
   * @param input the types of the columns that they are evaluated over
   */
  public static Projection project(List<Expression> expressions, List<SqlType> input) {
    int[] passed = new int[expressions.size()];
    var computed = new ArrayList<Output>();
    for (int i = 0; i < passed.length; i++) {
      Expression expression = withoutIdentities(expressions.get(i));
      if (expression instanceof InputColumn column) {
        passed[i] = column.index();
      } else {
        passed[i] = CompiledProjection.COMPUTED;
        computed.add(new Output(i, Outline.balanced(expression)));
      }
    }
    ColumnLoops loops =
        computed.isEmpty()
            ? (rows, outputs) -> {}
            : loops(computed, input).instance(ColumnLoops.class);
    return new CompiledProjection(passed, loops);
  }

  /** The source of the class that computes all of the expressions. */
  static String source(List<Expression> expressions, List<SqlType> input) {
    var outputs = new ArrayList<Output>();
    for (Expression expression : expressions) {
      outputs.add(new Output(outputs.size(), Outline.balanced(expression)));
    }
    return loops(outputs, input).source(ColumnLoops.class);
  }

  /** A column to compute and its place in the result. */
  private record Output(int position, Expression expression) {}

  private static GeneratedClass loops(List<Output> outputs, List<SqlType> input) {
    var target = new GeneratedClass(input);
    var outline = new Outline();
    var calls = new StringBuilder();
    int loops = 0;
    for (List<Output> chunk : chunks(outputs, outline)) {
      for (boolean nullable : new boolean[] {false, true}) {
        target.method(loop(target, outline, chunk, loopName(loops, nullable), nullable));
      }
      calls.append(
          Java.format(
              """
                if (noNulls) { loop%1$d(size, outputs); } else { loop%1$dWithNulls(size, outputs); }
          """,
              loops));
      loops++;
    }
    target.method(
        Java.format(
            """
          public void run(Columns rows, Column[] outputs) {
            bind(rows);
            try {
              int size = rows.size();
              boolean noNulls = %s;
        %s    } finally {
              unbind();
            }
          }
        """,
            target.noNulls(), calls));
    return target;
  }

  /** Cuts the outputs so that each part makes a loop that fits into a method. */
  private static List<List<Output>> chunks(List<Output> outputs, Outline outline) {
    var chunks = new ArrayList<List<Output>>();
    var chunk = new ArrayList<Output>();
    int weight = 0;
    for (Output output : outputs) {
      int added = outline.plan(output.expression()) + Outline.OUTPUT_WEIGHT;
      if (!chunk.isEmpty() && weight + added > Outline.METHOD_WEIGHT) {
        chunks.add(List.copyOf(chunk));
        chunk.clear();
        weight = 0;
      }
      chunk.add(output);
      weight += added;
    }
    chunks.add(List.copyOf(chunk));
    return chunks;
  }

  private static String loop(
      GeneratedClass target, Outline outline, List<Output> outputs, String name, boolean nullable) {
    var body = new RowCode(target, outline, nullable, false);
    var before = new StringBuilder();
    var after = new StringBuilder();
    for (Output output : outputs) {
      Value value = body.evaluate(output.expression());
      new OutputCode(output.position(), output.expression().type(), value)
          .write(before, body, after);
    }
    return Java.format(
        """
      private void %s(int size, Column[] outputs) {
    %s%s    for (int row = 0; row < size; row++) {
    %s    }
    %s  }
    """,
        name, body.hoisted(), before, body.code(), after);
  }

  private static String loopName(int number, boolean nullable) {
    return "loop" + number + (nullable ? "WithNulls" : "");
  }

  private static Expression withoutIdentities(Expression expression) {
    return expression instanceof OperatorCall call
            && call.operator() == Operator.CAST
            && CastCode.isIdentity(call.arguments().get(0).type(), call.type())
        ? withoutIdentities(call.arguments().get(0))
        : expression;
  }
}
