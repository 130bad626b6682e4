package io.caisson.sql.match;

import io.caisson.function.match.Navigation;
import io.caisson.function.match.Pattern;
import io.caisson.function.match.RowPattern;
import io.caisson.function.match.Slot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize;

/**
 * Takes Calcite's node of a MATCH_RECOGNIZE apart, so that expressions are computed where all
 * others are:
 *
 * <pre>
 *   Match                          Project    measures over what was read of a match
 *     measures, conditions   →       RowMatch   the search, and what is read of a match
 *     input                            Project    expressions over single rows
 *                                        input
 * </pre>
 *
 * For one node.
 */
public final class MatchRewrite {
  private final Match match;
  private final RexBuilder rex;
  private final RowColumns columns;
  private final Pattern pattern;
  private final List<String> variables;

  private MatchRewrite(Match match) {
    this.match = match;
    this.rex = match.getCluster().getRexBuilder();
    this.columns = new RowColumns(match.getInput());
    var reader = new PatternReader();
    this.pattern = reader.read(match.getPattern());
    this.variables = reader.variables();
  }

  /** The tree in the place of a node. */
  public static RelNode of(Match match) {
    return new MatchRewrite(match).rewritten();
  }

  private RelNode rewritten() {
    List<MatchDefinition> definitions = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      RexNode condition = match.getPatternDefinitions().get(variables.get(i));
      definitions.add(
          condition == null
              ? new MatchDefinition(Optional.empty(), Optional.empty())
              : definition(condition, i));
    }
    List<Integer> partition = match.getPartitionKeys().asList();
    var measures = new ArrayList<RexNode>();
    int before =
        match.isAllRows() ? match.getInput().getRowType().getFieldCount() : partition.size();
    var reader = new SlotReader(rex, this::numbers, columns, before);
    match.getMeasures().values().forEach(measure -> measures.add(measure.accept(reader)));
    var spec =
        new RowMatch.Spec(
            rowPattern(),
            partition,
            match.getOrderKeys(),
            columns.width(),
            definitions,
            reader.slots());
    return outputs(spec, measures, reader.types());
  }

  /** Of the columns below only the input's own are put out. */
  private RelNode outputs(RowMatch.Spec spec, List<RexNode> measures, List<RelDataType> types) {
    List<RelDataTypeField> fields = match.getInput().getRowType().getFieldList();
    RelDataTypeFactory.Builder row = rex.getTypeFactory().builder();
    if (match.isAllRows()) {
      row.addAll(fields);
    } else {
      spec.partition().forEach(column -> row.add(fields.get(column)));
    }
    for (int i = 0; i < types.size(); i++) {
      row.add("read$" + i, types.get(i));
    }
    RelNode found = RowMatch.of(columns.project(), spec, row.build());
    List<RelDataTypeField> wanted = match.getRowType().getFieldList();
    int passed = wanted.size() - measures.size();
    var outputs = new ArrayList<RexNode>();
    for (int i = 0; i < wanted.size(); i++) {
      outputs.add(
          i < passed
              ? rex.makeInputRef(found, place(wanted.get(i).getName(), found))
              : rex.ensureType(wanted.get(i).getType(), measures.get(i - passed), true));
    }
    return LogicalProject.create(
        found, List.of(), outputs, match.getRowType().getFieldNames(), java.util.Set.of());
  }

  /** Columns of the partition come in the order in which the query names them. */
  private static int place(String name, RelNode found) {
    return found.getRowType().getFieldNames().indexOf(name);
  }

  private RowPattern rowPattern() {
    OptionalLong within =
        match.getInterval() instanceof RexLiteral interval
                && interval.getValue() instanceof BigDecimal millis
            ? OptionalLong.of(millis.longValueExact())
            : OptionalLong.empty();
    return new RowPattern(
        variables,
        pattern,
        match.isStrictStart(),
        match.isStrictEnd(),
        within,
        skip(),
        match.isAllRows());
  }

  private RowPattern.Skip skip() {
    if (match.getAfter() instanceof RexCall call) {
      String name =
          String.valueOf(((RexLiteral) call.getOperands().get(0)).getValueAs(String.class));
      return new RowPattern.Skip(
          call.getKind() == SqlKind.SKIP_TO_FIRST
              ? RowPattern.Skip.To.FIRST
              : RowPattern.Skip.To.LAST,
          numbers(name));
    }
    boolean past =
        ((RexLiteral) match.getAfter()).getValue()
            == SqlMatchRecognize.AfterOption.SKIP_PAST_LAST_ROW;
    return new RowPattern.Skip(
        past ? RowPattern.Skip.To.PAST_LAST_ROW : RowPattern.Skip.To.NEXT_ROW, List.of());
  }

  /** The variables that a name stands for; none where it is that of all rows. */
  private List<Integer> numbers(String name) {
    SortedSet<String> subset = match.getSubsets().get(name);
    if (subset != null) {
      return subset.stream().map(variables::indexOf).sorted().toList();
    }
    int number = variables.indexOf(name);
    return number < 0 ? List.of() : List.of(number);
  }

  private MatchDefinition definition(RexNode condition, int variable) {
    var local = new ArrayList<RexNode>();
    var matched = new ArrayList<RexNode>();
    for (RexNode part : RelOptUtil.conjunctions(condition)) {
      var reader = new SlotReader(rex, this::numbers, columns, 0);
      part.accept(reader);
      boolean isLocal = reader.slots().stream().allMatch(slot -> isLocal(slot, variable));
      (isLocal ? local : matched).add(part);
    }
    return new MatchDefinition(test(local).map(test -> ofTheRow(test)), test(matched));
  }

  private static boolean isLocal(Slot slot, int variable) {
    return slot instanceof Slot.Value value && value.navigation().isLocalTo(variable);
  }

  private Optional<MatchTest> test(List<RexNode> parts) {
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    var reader = new SlotReader(rex, this::numbers, columns, 0);
    RexNode condition = RexUtil.composeConjunction(rex, parts).accept(reader);
    return Optional.of(new MatchTest(reader.slots(), reader.row(), condition));
  }

  /** What is read at a distance from the row that is tested, whatever variable was written. */
  private static MatchTest ofTheRow(MatchTest test) {
    List<Slot> slots =
        test.slots().stream()
            .<Slot>map(
                slot -> {
                  var value = (Slot.Value) slot;
                  return new Slot.Value(
                      value.column(),
                      new Navigation(List.of(), false, 0, value.navigation().distance(), false));
                })
            .toList();
    return new MatchTest(slots, test.row(), test.condition());
  }
}
