package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.window.Frame;
import io.caisson.sql.error.SqlErrors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * Checks the frame of a window as far as its text goes, and writes it as Calcite can carry it:
 * offsets become constants ({@link FrameOffset} for what Calcite has not). For one statement.
 */
final class FrameSyntax {
  private static final String HINT = "Write a number, a text or an interval.";

  private final SqlErrors errors;

  FrameSyntax(SqlErrors errors) {
    this.errors = errors;
  }

  /** Whether a window says which rows it sees. */
  static boolean hasFrame(SqlWindow window) {
    return window.getLowerBound() != null || window.getUpperBound() != null;
  }

  /** The window with its frame as Calcite can carry it. */
  SqlWindow carried(SqlWindow window) {
    if (!hasFrame(window)) {
      return window;
    }
    SqlLiteral word = Objects.requireNonNull((SqlLiteral) window.getOperandList().get(4));
    Frame.Unit unit = unit(word);
    SqlNode lower = window.getLowerBound();
    SqlNode upper = window.getUpperBound();
    boolean single = lower == null && upper != null;
    boolean follows = lower != null && lower.getKind() == SqlKind.FOLLOWING;
    boolean ends = upper != null && SqlWindow.isCurrentRow(upper);
    if (single || (follows && ends)) {
      throw windowing(
          "frame starting from following row cannot end with current row",
          Objects.requireNonNull(upper));
    }
    boolean offsets = hasOffset(lower) || hasOffset(upper);
    int keys = window.getOrderList().size();
    if (unit == Frame.Unit.GROUPS && keys == 0) {
      throw windowing("GROUPS mode requires an ORDER BY clause", window);
    }
    if (unit == Frame.Unit.RANGE && offsets && keys != 1) {
      throw windowing(
          "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column", word);
    }
    boolean gaps = !SqlWindow.isExcludeNoOthers(window.getExclude());
    if (gaps && !offsets) {
      return carried(window, word, unit == Frame.Unit.ROWS ? unit : Frame.Unit.GROUPS, true);
    }
    // Without offsets GROUPS sees what RANGE sees, which Calcite has.
    return carried(window, word, unit, unit == Frame.Unit.ROWS || offsets);
  }

  private SqlWindow carried(SqlWindow window, SqlLiteral word, Frame.Unit unit, boolean rows) {
    return SqlWindow.create(
        window.getDeclName(),
        window.getRefName(),
        window.getPartitionList(),
        window.getOrderList(),
        SqlLiteral.createBoolean(rows, word.getParserPosition()),
        bound(start(window), unit, "starting"),
        bound(end(window), unit, "ending"),
        (SqlLiteral) window.getOperandList().get(7),
        window.getExclude(),
        window.getParserPosition());
  }

  /**
   * Where the frame begins. If it leaves something out it may be empty: Calcite sees that it may
   * only where an end has an offset.
   */
  private static @Nullable SqlNode start(SqlWindow window) {
    SqlNode lower = window.getLowerBound();
    boolean gaps = !SqlWindow.isExcludeNoOthers(window.getExclude());
    if (!gaps || lower == null || hasOffset(lower) || hasOffset(window.getUpperBound())) {
      return lower;
    }
    SqlParserPos place = lower.getParserPosition();
    boolean all = SqlWindow.isUnboundedPreceding(lower);
    if (!all && !SqlWindow.isCurrentRow(lower)) {
      return lower;
    }
    String offset = String.valueOf(all ? Frame.ALL : 0);
    return SqlWindow.createPreceding(SqlLiteral.createExactNumeric(offset, place), place);
  }

  private static SqlNode end(SqlWindow window) {
    SqlNode upper = window.getUpperBound();
    return upper == null ? SqlWindow.createCurrentRow(window.getParserPosition()) : upper;
  }

  private static Frame.Unit unit(SqlLiteral word) {
    if (word.getValue() instanceof Frame.Unit unit) {
      return unit;
    }
    return word.booleanValue() ? Frame.Unit.ROWS : Frame.Unit.RANGE;
  }

  private static boolean hasOffset(@Nullable SqlNode bound) {
    return bound != null
        && (bound.getKind() == SqlKind.PRECEDING || bound.getKind() == SqlKind.FOLLOWING);
  }

  private @Nullable SqlNode bound(@Nullable SqlNode bound, Frame.Unit unit, String which) {
    if (!hasOffset(bound)) {
      return bound;
    }
    var call = (SqlCall) Objects.requireNonNull(bound);
    SqlNode offset = constant(call.operand(0), unit, which);
    return call.getOperator().createCall(call.getParserPosition(), offset);
  }

  private SqlNode constant(SqlNode offset, Frame.Unit unit, String which) {
    if (SqlUtil.isNullLiteral(offset, false)) {
      throw errors.at(
          SqlState.NULL_NOT_ALLOWED,
          "frame " + which + " offset must not be null",
          offset.getParserPosition());
    }
    FrameOffset read = read(offset, unit);
    if (unit == Frame.Unit.RANGE) {
      return SqlLiteral.createCharString(read.text(), offset.getParserPosition());
    }
    BigDecimal count = count(read, offset);
    if (count.signum() < 0) {
      throw errors.at(
          SqlState.INVALID_FRAME_OFFSET,
          "frame " + which + " offset must not be negative",
          offset.getParserPosition());
    }
    String number = count.min(BigDecimal.valueOf(Frame.ALL)).toPlainString();
    return unit == Frame.Unit.ROWS
        ? SqlLiteral.createExactNumeric(number, offset.getParserPosition())
        : SqlLiteral.createCharString(
            new FrameOffset(unit, FrameOffset.Form.NUMBER, number).text(),
            offset.getParserPosition());
  }

  private BigDecimal count(FrameOffset read, SqlNode offset) {
    if (read.form() == FrameOffset.Form.INTERVAL) {
      throw errors.at(
          SqlState.DATATYPE_MISMATCH,
          "argument of " + read.unit() + " must be type bigint, not type interval",
          offset.getParserPosition());
    }
    try {
      return new BigDecimal(read.value().trim()).setScale(0, RoundingMode.HALF_UP);
    } catch (NumberFormatException e) {
      throw errors.at(
          SqlState.INVALID_TEXT,
          "invalid input syntax for type bigint: \"" + read.value() + "\"",
          offset.getParserPosition());
    }
  }

  private FrameOffset read(SqlNode offset, Frame.Unit unit) {
    if (offset instanceof SqlNumericLiteral number) {
      String value = Objects.requireNonNull(number.bigDecimalValue()).toPlainString();
      return new FrameOffset(unit, FrameOffset.Form.NUMBER, value);
    }
    if (offset instanceof SqlCharStringLiteral text) {
      return new FrameOffset(unit, FrameOffset.Form.TEXT, text.getValueAs(String.class));
    }
    if (offset.getKind() == SqlKind.MINUS_PREFIX
        && ((SqlCall) offset).operand(0) instanceof SqlNumericLiteral number) {
      FrameOffset positive = read(number, unit);
      return new FrameOffset(unit, positive.form(), "-" + positive.value());
    }
    SqlNode plain = offset instanceof SqlLiteral literal ? interval(literal) : offset;
    if (plain instanceof SqlBasicCall cast
        && cast.operandCount() == 2
        && cast.operand(1) instanceof SqlDataTypeSpec type
        && cast.operand(0) instanceof SqlLiteral value) {
      return ofType(read(value, unit), type);
    }
    throw notConstant(offset, unit);
  }

  private SqlNode interval(SqlLiteral literal) {
    try {
      return IntervalSyntax.rewritten(literal);
    } catch (CaissonException e) {
      throw e.withPosition(errors.position(literal.getParserPosition()));
    }
  }

  private static FrameOffset ofType(FrameOffset value, SqlDataTypeSpec type) {
    return type.getTypeName().getSimple().equalsIgnoreCase("interval")
        ? new FrameOffset(value.unit(), FrameOffset.Form.INTERVAL, value.value())
        : value;
  }

  private CaissonException notConstant(SqlNode offset, Frame.Unit unit) {
    if (namesColumns(offset)) {
      return errors.at(
          SqlState.INVALID_COLUMN_REFERENCE,
          "argument of " + unit + " must not contain variables",
          offset.getParserPosition());
    }
    return errors
        .unsupported(
            "an offset of a window frame that is not a constant is not supported",
            offset.getParserPosition())
        .withHint(HINT);
  }

  private static boolean namesColumns(SqlNode offset) {
    var found = new boolean[1];
    offset.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            found[0] = true;
            return null;
          }

          @Override
          public @Nullable Void visit(SqlDataTypeSpec type) {
            return null;
          }
        });
    return found[0];
  }

  private CaissonException windowing(String message, SqlNode place) {
    return errors.at(SqlState.WINDOWING_ERROR, message, place.getParserPosition());
  }

  /** A list without those that say the same as others before them. */
  static SqlNodeList distinct(Iterable<SqlWindow> windows, SqlNodeList place) {
    var kept = new SqlNodeList(place.getParserPosition());
    for (SqlWindow window : windows) {
      if (kept.stream().noneMatch(other -> other.equalsDeep(window, Litmus.IGNORE))) {
        kept.add(window);
      }
    }
    return kept;
  }
}
