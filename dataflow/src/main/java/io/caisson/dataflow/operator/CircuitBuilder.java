package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.batch.Projection;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.dataflow.operator.Circuit.Stage;
import io.caisson.dataflow.window.TumblingWindows;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Circuit} operator by operator, in the order in which rows pass. It follows the
 * types of the columns, and whether rows are only ever added. For one thread; used once.
 */
public final class CircuitBuilder {
  /** The name of the arrangement of the view's rows. */
  public static final String ROWS = "rows";

  /** The name of the arrangement of the view's late rows. */
  public static final String LATE = "late";

  /** Makes an operator when all that comes behind it is known. */
  @FunctionalInterface
  private interface OperatorMaker {
    UnaryOperator make(ArrangementOpener opener, @Nullable ArrangeOperator late);
  }

  private final List<OperatorMaker> makers = new ArrayList<>();
  private List<SqlType> types;
  private boolean appendOnly;
  private @Nullable List<SqlType> lateTypes;

  CircuitBuilder(List<SqlType> types, boolean appendOnly) {
    this.types = List.copyOf(types);
    this.appendOnly = appendOnly;
  }

  /** The types of the columns that come out of what was built so far. */
  public List<SqlType> types() {
    return types;
  }

  /** Adds a filter. */
  public CircuitBuilder filter(RowFilter filter) {
    makers.add((opener, late) -> new FilterOperator(filter));
    return this;
  }

  /** Adds a projection to columns of the given types. */
  public CircuitBuilder project(Projection projection, List<SqlType> newTypes) {
    makers.add((opener, late) -> new ProjectOperator(projection));
    types = List.copyOf(newTypes);
    return this;
  }

  /** Adds a tumbling window. A circuit has at most one, since there is one place for late rows. */
  public CircuitBuilder tumble(int timeColumn, TumblingWindows windows) {
    if (lateTypes != null) {
      throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED, "a view cannot have one window over another")
          .withHint("Create a view for the inner window and a second view over it.");
    }
    var withWindows = new ArrayList<>(types);
    SqlType time = SqlType.of(TypeKind.TIMESTAMP);
    withWindows.add(time);
    withWindows.add(time);
    types = List.copyOf(withWindows);
    lateTypes = types;
    makers.add(
        (opener, late) -> {
          if (late == null) {
            throw new IllegalStateException("no place for late rows");
          }
          return new TumbleOperator(timeColumn, windows, late);
        });
    return this;
  }

  /** Adds an aggregation; no group columns make a single group. */
  public CircuitBuilder aggregate(List<Integer> groupColumns, List<AggregateSpec> specs) {
    List<SqlType> inputTypes = types;
    boolean inputOnlyGrows = appendOnly;
    String name = "aggregate-" + makers.size() + "/";
    makers.add(
        (opener, late) ->
            new AggregateOperator(
                inputTypes, groupColumns, specs, inputOnlyGrows, n -> opener.open(name + n)));
    types = AggregateOperator.outputTypes(inputTypes, groupColumns, specs);
    appendOnly = false;
    return this;
  }

  /** The circuit over the arrangements that the opener gives. */
  public Circuit build(ArrangementOpener opener) {
    Map<String, Arrangement> arrangements = new LinkedHashMap<>();
    ArrangementOpener recording =
        name -> {
          Arrangement arrangement = opener.open(name);
          if (arrangements.put(name, arrangement) != null) {
            throw new IllegalStateException("two arrangements named " + name);
          }
          return arrangement;
        };
    var rows = new ArrangeOperator(types, recording.open(ROWS));
    ArrangeOperator late =
        lateTypes == null ? null : new ArrangeOperator(lateTypes, recording.open(LATE));
    var stages = new ArrayList<Stage>();
    Output next = rows;
    for (int i = makers.size() - 1; i >= 0; i--) {
      var stage = new Stage(makers.get(i).make(recording, late), next);
      stages.add(stage);
      next = stage;
    }
    Collections.reverse(stages);
    return new Circuit(stages, rows, Optional.ofNullable(late), arrangements);
  }
}
