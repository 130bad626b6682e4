package io.caisson.engine.view;

import io.caisson.dataflow.operator.MatchSpec;
import io.caisson.dataflow.operator.OverSpec;
import io.caisson.engine.compile.ExpressionCompiler;
import io.caisson.plan.Field;
import io.caisson.plan.Match;
import io.caisson.plan.MatchDefinition;
import io.caisson.plan.MatchValues;
import io.caisson.type.SqlType;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the operator's row patterns of the plan's, their conditions compiled. Stateless. */
final class MatchSpecs {
  private MatchSpecs() {}

  static MatchSpec of(Match match) {
    return new MatchSpec(
        match.pattern(),
        match.partition(),
        match.order().stream()
            .map(key -> new OverSpec.SortColumn(key.column(), key.descending(), key.nullsFirst()))
            .toList(),
        match.pattern().allRows()
            ? IntStream.range(0, match.width()).boxed().toList()
            : match.partition(),
        match.definitions().stream().map(MatchSpecs::definition).toList(),
        values(match.outputs()));
  }

  private static MatchSpec.Definition definition(MatchDefinition definition) {
    return new MatchSpec.Definition(
        definition.local().map(MatchSpecs::test), definition.matched().map(MatchSpecs::test));
  }

  private static MatchSpec.Test test(MatchDefinition.Test test) {
    MatchSpec.Values values = values(test.values());
    return new MatchSpec.Test(values, ExpressionCompiler.filter(test.condition(), values.types()));
  }

  private static MatchSpec.Values values(MatchValues values) {
    List<SqlType> types = values.fields().stream().map(Field::type).toList();
    return new MatchSpec.Values(values.slots(), types);
  }
}
