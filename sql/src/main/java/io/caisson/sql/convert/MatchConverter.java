package io.caisson.sql.convert;

import io.caisson.function.match.Slot;
import io.caisson.function.window.FollowingWindows;
import io.caisson.plan.EventTime;
import io.caisson.plan.Expression;
import io.caisson.plan.Field;
import io.caisson.plan.Match;
import io.caisson.plan.MatchDefinition;
import io.caisson.plan.MatchValues;
import io.caisson.plan.Plan;
import io.caisson.plan.Project;
import io.caisson.plan.SortKey;
import io.caisson.plan.Windows;
import io.caisson.sql.match.MatchTest;
import io.caisson.sql.match.RowMatch;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

/**
 * Makes searches for row patterns. Where WITHIN bounds a match and the rows are sorted by event
 * time, a row is late when a match that began with it would have ended:
 *
 * <pre>
 *   RowMatch              Match
 *     input        →        Project       without the window
 *                             Windows     [ts, ts + WITHIN)
 *                               input
 * </pre>
 *
 * For one node.
 */
final class MatchConverter {
  private static final long MICROS_PER_MILLI = 1_000L;

  private final RowMatch match;

  private MatchConverter(RowMatch match) {
    this.match = match;
  }

  static Plan convert(RowMatch match, Plan source) {
    return new MatchConverter(match).convert(source);
  }

  private Plan convert(Plan source) {
    RowMatch.Spec spec = match.spec();
    List<RelDataTypeField> fields = match.getRowType().getFieldList();
    int before = fields.size() - spec.outputs().size();
    return new Match(
        inTime(source),
        spec.pattern().times(MICROS_PER_MILLI),
        spec.partition(),
        order(),
        spec.width(),
        spec.definitions().stream().map(this::definition).toList(),
        values(spec.outputs(), fields.subList(before, fields.size())));
  }

  private Plan inTime(Plan source) {
    OptionalLong within = match.spec().pattern().within();
    if (within.isEmpty()) {
      return source;
    }
    int time = match.spec().order().getFieldCollations().get(0).getFieldIndex();
    EventTime known = EventTime.of(source).get(time);
    if (known == null || known.settles()) {
      return source;
    }
    var windows =
        new Windows(source, time, new FollowingWindows(within.getAsLong()).times(MICROS_PER_MILLI));
    List<Field> fields = source.fields();
    return new Project(
        windows,
        PlanConverter.columns(windows).subList(0, fields.size()),
        fields.stream().map(Field::name).toList());
  }

  private List<SortKey> order() {
    var keys = new ArrayList<SortKey>();
    for (RelFieldCollation key : match.spec().order().getFieldCollations()) {
      boolean descending = key.direction.isDescending();
      keys.add(new SortKey(key.getFieldIndex(), descending, descending));
    }
    return keys;
  }

  private MatchDefinition definition(io.caisson.sql.match.MatchDefinition definition) {
    return new MatchDefinition(
        definition.local().map(this::test), definition.matched().map(this::test));
  }

  private MatchDefinition.Test test(MatchTest test) {
    MatchValues values = values(test.slots(), test.row().getFieldList());
    var inputs = new ArrayList<Expression>();
    for (Field field : values.fields()) {
      inputs.add(new Expression.InputColumn(inputs.size(), field.type()));
    }
    var expressions = new ExpressionConverter(match.getCluster().getRexBuilder(), inputs);
    return new MatchDefinition.Test(values, expressions.convert(test.condition()));
  }

  private static MatchValues values(List<Slot> slots, List<RelDataTypeField> types) {
    return new MatchValues(
        slots,
        types.stream().map(type -> new Field(type.getName(), type(type.getType()))).toList());
  }

  private static SqlType type(RelDataType type) {
    SqlType known =
        SqlTypes.fromCalcite(type)
            .orElseThrow(
                () ->
                    Refusal.of(
                        "values of type " + type.getSqlTypeName().getName() + " in MATCH_RECOGNIZE",
                        "Cast the value to another type."));
    return known.kind() == TypeKind.TEXT ? SqlType.of(TypeKind.TEXT) : known;
  }
}
