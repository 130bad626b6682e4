package io.caisson.sql.run;

import io.caisson.function.match.Slot;
import io.caisson.sql.match.MatchDefinition;
import io.caisson.sql.match.MatchTest;
import io.caisson.sql.match.RowMatch;
import io.caisson.sql.runtime.AggregateSpec;
import io.caisson.sql.runtime.MatchRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** The search for a row pattern as an operation of ours. For one node. */
final class MatchSpecs {
  private final RowMatch match;
  private final List<OwnOperator.Condition> conditions = new ArrayList<>();
  private final MatchRows rows;

  MatchSpecs(RowMatch match) {
    this.match = match;
    RowMatch.Spec spec = match.spec();
    List<MatchRows.Definition> definitions =
        spec.definitions().stream().map(this::definition).toList();
    int before = match.getRowType().getFieldCount() - spec.outputs().size();
    List<RelDataType> types =
        match.getRowType().getFieldList().stream().map(RelDataTypeField::getType).toList();
    rows =
        new MatchRows(
            spec.pattern(),
            spec.partition().stream().mapToInt(Integer::intValue).toArray(),
            AggregateSpecs.order(spec.order()),
            spec.width(),
            definitions,
            values(spec.outputs(), types.subList(before, types.size())),
            List.of());
  }

  /** What is done. */
  MatchRows rows() {
    return rows;
  }

  /** The conditions that it asks for. */
  List<OwnOperator.Condition> conditions() {
    return conditions;
  }

  private MatchRows.Definition definition(MatchDefinition definition) {
    return new MatchRows.Definition(
        definition.local().map(this::test), definition.matched().map(this::test));
  }

  private MatchRows.Test test(MatchTest test) {
    conditions.add(new OwnOperator.Condition(test.row(), test.condition()));
    List<RelDataType> types =
        test.row().getFieldList().stream().map(RelDataTypeField::getType).toList();
    return new MatchRows.Test(values(test.slots(), types), conditions.size() - 1);
  }

  private List<MatchRows.Value> values(List<Slot> slots, List<RelDataType> types) {
    var values = new ArrayList<MatchRows.Value>();
    for (int i = 0; i < slots.size(); i++) {
      values.add(
          new MatchRows.Value(
              slots.get(i), Optional.ofNullable(aggregate(slots.get(i), types.get(i)))));
    }
    return values;
  }

  private @Nullable AggregateSpec aggregate(Slot slot, RelDataType type) {
    if (!(slot instanceof Slot.Aggregated call)) {
      return null;
    }
    List<Integer> arguments =
        call.column() == Slot.Aggregated.ROWS ? List.of() : List.of(call.column());
    List<RelDataTypeField> fields = match.getInput().getRowType().getFieldList();
    SqlAggFunction function =
        switch (call.function()) {
          case COUNT -> SqlStdOperatorTable.COUNT;
          case SUM -> SqlStdOperatorTable.SUM;
          case AVG -> SqlStdOperatorTable.AVG;
          case MIN -> SqlStdOperatorTable.MIN;
          case MAX -> SqlStdOperatorTable.MAX;
        };
    return new AggregateSpec(
        AggregateSpecs.function(
            function, arguments.stream().map(column -> fields.get(column).getType()).toList()),
        arguments,
        -1,
        false,
        List.of(),
        RuntimeValues.of(type));
  }
}
