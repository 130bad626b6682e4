package io.caisson.sql.match;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.match.Navigation;
import io.caisson.function.match.Slot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPatternFieldRef;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;

/**
 * Takes an expression over a match apart: what reads the match becomes slots, and in their place
 * stand references to these.
 *
 * <pre>
 *   LAST(b.price) / FIRST(a.price + 1)   →   $0 / $1
 *       $0: column price in the last row of b
 *       $1: column price + 1, computed below, in the first row of a
 * </pre>
 *
 * Every value may be NULL, as there may be no such row. For one list of slots.
 */
final class SlotReader extends RexShuttle {
  private final RexBuilder rex;
  private final Function<String, List<Integer>> variables;
  private final RowColumns columns;
  private final List<Slot> slots = new ArrayList<>();
  private final RelDataTypeFactory.Builder row;
  private final int firstSlot;
  private final List<RelDataType> types = new ArrayList<>();
  private boolean whole;

  /**
   * A reader.
   *
   * @param rex makes expressions
   * @param variables the numbers of the variables that a name stands for, none for all
   * @param columns where expressions over single rows are computed
   * @param firstSlot the number of the field that the first slot becomes
   */
  SlotReader(
      RexBuilder rex,
      Function<String, List<Integer>> variables,
      RowColumns columns,
      int firstSlot) {
    this.rex = rex;
    this.variables = variables;
    this.columns = columns;
    this.row = rex.getTypeFactory().builder();
    this.firstSlot = firstSlot;
  }

  /** What is read, in the order of the fields. */
  List<Slot> slots() {
    return slots;
  }

  /** The types of what is read. */
  List<RelDataType> types() {
    return types;
  }

  /** A row of what is read. */
  RelDataType row() {
    for (int i = 0; i < types.size(); i++) {
      row.add("s" + i, types.get(i));
    }
    return row.build();
  }

  @Override
  public RexNode visitPatternFieldRef(RexPatternFieldRef field) {
    return value(field, navigation(List.of(field), false, 0, 0));
  }

  @Override
  public RexNode visitFieldAccess(RexFieldAccess field) {
    throw refused("columns of an outer query");
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery query) {
    throw refused("sub-queries");
  }

  private static CaissonException refused(String what) {
    return new CaissonException(
            SqlState.FEATURE_NOT_SUPPORTED, "MATCH_RECOGNIZE does not take " + what)
        .withHint("Join what is needed to the rows in FROM.");
  }

  @Override
  public RexNode visitCall(RexCall call) {
    return switch (call.getKind()) {
      case FINAL, RUNNING -> modified(call);
      case FIRST, LAST -> logical(call, 0);
      case PREV, NEXT -> physical(call);
      case CLASSIFIER ->
          slot(new Slot.Classifier(navigation(List.of(), false, 0, 0)), call.getType());
      case MATCH_NUMBER -> slot(new Slot.MatchNumber(), call.getType());
      default -> call.getOperator() instanceof SqlAggFunction ? aggregate(call) : other(call);
    };
  }

  private RexNode other(RexCall call) {
    RexNode visited = super.visitCall(call);
    return visited instanceof RexCall changed && !changed.equals(call)
        ? changed.clone(nullable(call.getType()), changed.getOperands())
        : visited;
  }

  private RexNode modified(RexCall call) {
    boolean before = whole;
    whole = call.getKind() == SqlKind.FINAL;
    RexNode read = call.getOperands().get(0).accept(this);
    whole = before;
    return read;
  }

  private RexNode physical(RexCall call) {
    int distance = offset(call) * (call.getKind() == SqlKind.PREV ? -1 : 1);
    RexNode value = call.getOperands().get(0);
    if (value instanceof RexCall inner
        && (inner.getKind() == SqlKind.FIRST || inner.getKind() == SqlKind.LAST)) {
      return logical(inner, distance);
    }
    return read(value, false, 0, distance);
  }

  private RexNode logical(RexCall call, int distance) {
    return read(call.getOperands().get(0), call.getKind() == SqlKind.FIRST, offset(call), distance);
  }

  private static int offset(RexCall call) {
    BigDecimal offset = ((RexLiteral) call.getOperands().get(1)).getValueAs(BigDecimal.class);
    return offset == null ? 0 : offset.intValue();
  }

  private RexNode read(RexNode value, boolean fromFirst, int offset, int distance) {
    List<RexPatternFieldRef> fields = fields(value);
    Navigation navigation = navigation(fields, fromFirst, offset, distance);
    return value.getKind() == SqlKind.CLASSIFIER
        ? slot(new Slot.Classifier(navigation), value.getType())
        : value(value, navigation);
  }

  private Navigation navigation(
      List<RexPatternFieldRef> fields, boolean fromFirst, int offset, int distance) {
    List<Integer> of = fields.isEmpty() ? List.of() : variables.apply(fields.get(0).getAlpha());
    return new Navigation(of, fromFirst, offset, distance, whole);
  }

  private static List<RexPatternFieldRef> fields(RexNode value) {
    var found = new ArrayList<RexPatternFieldRef>();
    value.accept(
        new RexShuttle() {
          @Override
          public RexNode visitPatternFieldRef(RexPatternFieldRef field) {
            found.add(field);
            return field;
          }
        });
    return found;
  }

  private RexNode value(RexNode value, Navigation navigation) {
    return slot(new Slot.Value(columns.of(plain(value)), navigation), value.getType());
  }

  /** An expression over a row, which says no more which variable the row is mapped to. */
  private RexNode plain(RexNode value) {
    return value.accept(
        new RexShuttle() {
          @Override
          public RexNode visitPatternFieldRef(RexPatternFieldRef field) {
            return new RexInputRef(field.getIndex(), field.getType());
          }

          @Override
          public RexNode visitFieldAccess(RexFieldAccess field) {
            return SlotReader.this.visitFieldAccess(field);
          }
        });
  }

  private RexNode aggregate(RexCall call) {
    Slot.Function function =
        switch (call.getKind()) {
          case COUNT -> Slot.Function.COUNT;
          case SUM, SUM0 -> Slot.Function.SUM;
          case AVG -> Slot.Function.AVG;
          case MIN -> Slot.Function.MIN;
          case MAX -> Slot.Function.MAX;
          default ->
              throw new CaissonException(
                  SqlState.FEATURE_NOT_SUPPORTED,
                  "MATCH_RECOGNIZE does not take " + call.getOperator().getName());
        };
    boolean rows = call.getOperands().isEmpty();
    List<RexPatternFieldRef> fields = rows ? List.of() : fields(call.getOperands().get(0));
    List<Integer> of = fields.isEmpty() ? List.of() : variables.apply(fields.get(0).getAlpha());
    int column = rows ? Slot.Aggregated.ROWS : columns.of(plain(call.getOperands().get(0)));
    return slot(new Slot.Aggregated(function, column, of, whole), call.getType());
  }

  private RexNode slot(Slot slot, RelDataType type) {
    int known = slots.indexOf(slot);
    if (known < 0) {
      known = slots.size();
      slots.add(slot);
      types.add(nullable(type));
    }
    return rex.makeInputRef(types.get(known), firstSlot + known);
  }

  private RelDataType nullable(RelDataType type) {
    return rex.getTypeFactory().createTypeWithNullability(type, true);
  }
}
