package io.caisson.sql.write;

import io.caisson.catalog.KeyedObject;
import io.caisson.error.SqlState;
import io.caisson.sql.syntax.WriteSyntax;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Plans MERGE: the target RIGHT JOIN the source, so that each row of the source comes with its row
 * of the target or with NULLs, and behind them which WHEN is the first to fit. For one statement.
 */
final class MergePlanner {
  private final WritePlanning planning;
  private final KeyedObject table;

  MergePlanner(WritePlanning planning, KeyedObject table) {
    this.planning = planning;
    this.table = table;
  }

  /**
   * A WHEN and where its expressions are among the scope's items.
   *
   * @param syntax as it was written
   * @param assignments its columns and values
   * @param condition item of its condition
   * @param values item of its first value
   */
  private record Place(
      WriteSyntax.When syntax, Assignments assignments, int condition, int values) {}

  WritePlan plan(WriteSyntax.Merge merge) {
    var items = new ArrayList<SqlNode>();
    var places = new ArrayList<Place>();
    for (WriteSyntax.When when : merge.whens()) {
      SqlNode condition = when.condition();
      Assignments assignments = assignments(when);
      places.add(new Place(when, assignments, items.size(), items.size() + 1));
      items.add(condition == null ? SqlLiteral.createBoolean(true, when.position()) : condition);
      items.addAll(assignments.values());
    }
    SqlNode from =
        WritePlanning.join(
            WritePlanning.from(merge.target()), JoinType.RIGHT, merge.source(), merge.condition());
    WriteScope scope = WriteScope.of(planning, from, null, items, merge.returning());
    var actions = new ArrayList<WritePlan.Action>();
    KeyedObject target = scope.target(table);
    places.forEach(place -> actions.add(action(place, scope, target)));
    return new WritePlan.Merge(
        target,
        scope.source(scope.width(), List.of(choice(places, scope))),
        actions,
        scope.returning());
  }

  private Assignments assignments(WriteSyntax.When when) {
    WriteSyntax.Action action = when.action();
    boolean inserts = action instanceof WriteSyntax.InsertAction;
    if (inserts == when.matched() && !(action instanceof WriteSyntax.NoAction)) {
      throw planning
          .errors()
          .at(
              SqlState.SYNTAX_ERROR,
              when.matched()
                  ? "WHEN MATCHED can't insert: the row is there"
                  : "WHEN NOT MATCHED can only insert: there is no row to change",
              when.position());
    }
    if (action instanceof WriteSyntax.UpdateAction update) {
      return Assignments.of(update.assignments(), table, planning.errors());
    }
    if (action instanceof WriteSyntax.InsertAction insert && insert.values() != null) {
      return inserted(insert, insert.values(), when);
    }
    return new Assignments(table, new int[0], List.of());
  }

  private Assignments inserted(
      WriteSyntax.InsertAction insert, List<SqlNode> values, WriteSyntax.When when) {
    int[] columns = TargetColumns.positions(insert.columns(), table, planning.errors());
    InsertPlanner.checkWidth(
        values.size(),
        columns.length,
        insert.columns() != null,
        when.position(),
        planning.errors());
    return Assignments.ofNewRow(
        Arrays.copyOf(columns, values.size()), values, table, planning.errors());
  }

  private WritePlan.Action action(Place place, WriteScope scope, KeyedObject target) {
    WritePlan.ActionKind kind = kind(place.syntax().action());
    List<RexNode> values = place.assignments().converted(scope, place.values(), planning.errors());
    if (!place.syntax().matched()) {
      checkSourceOnly(scope.item(place.condition()), place, target);
      values.forEach(value -> checkSourceOnly(value, place, target));
    }
    @Nullable RowsQuery query = values.isEmpty() ? null : scope.over(values);
    return new WritePlan.Action(kind, place.assignments().columns(), query);
  }

  /** Where no row of the target matched there is none whose columns could be named. */
  private void checkSourceOnly(RexNode value, Place place, KeyedObject target) {
    int first = RelOptUtil.InputFinder.bits(value).nextSetBit(0);
    if (first >= 0 && first < target.columns().size()) {
      throw planning
          .errors()
          .at(
              SqlState.INVALID_COLUMN_REFERENCE,
              "WHEN NOT MATCHED has no row of \""
                  + target.name()
                  + "\" whose \""
                  + target.columns().get(first).name()
                  + "\" it could name",
              place.syntax().position())
          .withHint("Name columns of the source.");
    }
  }

  private static WritePlan.ActionKind kind(WriteSyntax.Action action) {
    if (action instanceof WriteSyntax.UpdateAction) {
      return WritePlan.ActionKind.UPDATE;
    }
    if (action instanceof WriteSyntax.DeleteAction) {
      return WritePlan.ActionKind.DELETE;
    }
    return action instanceof WriteSyntax.InsertAction
        ? WritePlan.ActionKind.INSERT
        : WritePlan.ActionKind.NOTHING;
  }

  /** The index of the first WHEN that fits, or -1. */
  private RexNode choice(List<Place> places, WriteScope scope) {
    RexBuilder rex = scope.rex();
    RexNode key = scope.column(table.primaryKey().get(0));
    RexNode matched = rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, key);
    RexNode unmatched = rex.makeCall(SqlStdOperatorTable.IS_NULL, key);
    var branches = new ArrayList<RexNode>();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      branches.add(
          rex.makeCall(
              SqlStdOperatorTable.AND,
              place.syntax().matched() ? matched : unmatched,
              scope.item(place.condition())));
      branches.add(rex.makeExactLiteral(BigDecimal.valueOf(i)));
    }
    branches.add(rex.makeExactLiteral(BigDecimal.ONE.negate()));
    return rex.makeCall(SqlStdOperatorTable.CASE, branches);
  }
}
