package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.function.window.Frame;
import io.caisson.function.window.RangeDistance;
import io.caisson.sql.error.SqlErrors;
import io.caisson.type.TypeKind;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's validator, which knows whether rows are sorted by values that have the distances of
 * their frame. For one query.
 */
abstract class FrameValidator extends OrderedAggregateValidator {
  private final SqlErrors errors;

  FrameValidator(
      SqlOperatorTable operators,
      SqlValidatorCatalogReader names,
      RelDataTypeFactory types,
      Config config,
      SqlErrors errors) {
    super(operators, names, types, config);
    this.errors = errors;
  }

  @Override
  public void validateWindow(SqlNode windowOrId, SqlValidatorScope scope, @Nullable SqlCall call) {
    super.validateWindow(windowOrId, scope, call);
    if (windowOrId instanceof SqlWindow window) {
      check(window, window.getLowerBound(), scope);
      check(window, window.getUpperBound(), scope);
    }
  }

  private void check(SqlWindow window, @Nullable SqlNode bound, SqlValidatorScope scope) {
    if (bound instanceof SqlCall call
        && call.operandCount() == 1
        && call.operand(0) instanceof SqlCharStringLiteral text) {
      FrameOffset offset = FrameOffset.of(text.getValueAs(String.class)).orElseThrow();
      if (offset.unit() == Frame.Unit.RANGE) {
        check(offset, text, deriveType(scope, window.getOrderList().get(0)));
      }
    }
  }

  private void check(FrameOffset offset, SqlNode place, RelDataType type) {
    TypeKind kind =
        SqlTypes.fromCalcite(type)
            .orElseThrow(() -> errors.unsupported("RANGE over " + type, place.getParserPosition()))
            .kind();
    try {
      RangeDistance unused = Objects.requireNonNull(offset.distance(kind, true));
    } catch (CaissonException e) {
      throw e.withPosition(errors.position(place.getParserPosition()));
    }
  }
}
