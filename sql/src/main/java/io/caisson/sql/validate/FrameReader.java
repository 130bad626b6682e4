package io.caisson.sql.validate;

import io.caisson.function.window.Frame;
import io.caisson.function.window.RangeDistance;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexWindowBound;
import org.jspecify.annotations.Nullable;

/** Reads the frames of Calcite's windows, as {@link FrameSyntax} wrote them. For one group. */
public final class FrameReader {
  private static final long MICROS_PER_MILLI = 1_000;

  private final Window.Group group;
  private final List<RexLiteral> constants;
  private final RelDataType input;

  private FrameReader(Window window, Window.Group group) {
    this.group = group;
    this.constants = window.constants;
    this.input = window.getInput().getRowType();
  }

  /** The frame of one of a window's groups. */
  public static Frame read(Window window, Window.Group group) {
    return new FrameReader(window, group).frame();
  }

  /** By how much whole numbers that a group sorts by are multiplied to be in physical form. */
  public static long unit(Window window, Window.Group group) {
    TypeKind kind = new FrameReader(window, group).key();
    boolean millis =
        kind == TypeKind.TIME || kind == TypeKind.TIMESTAMP || kind == TypeKind.TIMESTAMPTZ;
    return millis ? MICROS_PER_MILLI : 1;
  }

  private Frame frame() {
    Frame.Exclusion exclusion =
        switch (group.exclude) {
          case EXCLUDE_NO_OTHER -> Frame.Exclusion.NOTHING;
          case EXCLUDE_CURRENT_ROW -> Frame.Exclusion.ROW;
          case EXCLUDE_GROUP -> Frame.Exclusion.GROUP;
          case EXCLUDE_TIES -> Frame.Exclusion.TIES;
        };
    RexWindowBound lower = group.lowerBound;
    RexWindowBound upper = group.upperBound;
    return new Frame(
        unit(),
        count(lower, lower.isPreceding()),
        count(upper, upper.isFollowing()),
        exclusion,
        distance(lower, lower.isPreceding()),
        distance(upper, upper.isFollowing()));
  }

  private Frame.Unit unit() {
    FrameOffset offset = offset(group.lowerBound);
    if (offset == null) {
      offset = offset(group.upperBound);
    }
    if (offset != null) {
      return offset.unit();
    }
    return group.isRows ? Frame.Unit.ROWS : Frame.Unit.RANGE;
  }

  private @Nullable FrameOffset offset(RexWindowBound bound) {
    return constant(bound) instanceof String text ? FrameOffset.of(text).orElseThrow() : null;
  }

  private @Nullable Object constant(RexWindowBound bound) {
    if (bound.getOffset() instanceof RexInputRef reference) {
      RexLiteral literal = constants.get(reference.getIndex() - input.getFieldCount());
      return literal.getValue() instanceof BigDecimal number
          ? number
          : literal.getValueAs(String.class);
    }
    return null;
  }

  private long count(RexWindowBound bound, boolean outwards) {
    FrameOffset offset = offset(bound);
    if (bound.isUnbounded() || (offset != null && offset.unit() == Frame.Unit.RANGE)) {
      return Frame.ALL;
    }
    if (bound.isCurrentRow()) {
      return 0;
    }
    long count =
        constant(bound) instanceof BigDecimal number
            ? number.longValueExact()
            : Objects.requireNonNull(offset).groups();
    return outwards ? count : -count;
  }

  private @Nullable RangeDistance distance(RexWindowBound bound, boolean outwards) {
    FrameOffset offset = offset(bound);
    TypeKind kind = key();
    return offset == null || kind == null || offset.unit() != Frame.Unit.RANGE
        ? null
        : offset.distance(kind, outwards);
  }

  private @Nullable TypeKind key() {
    if (group.orderKeys.getFieldCollations().isEmpty()) {
      return null;
    }
    int column = group.orderKeys.getFieldCollations().get(0).getFieldIndex();
    return SqlTypes.fromCalcite(input.getFieldList().get(column).getType())
        .map(type -> type.kind())
        .orElse(null);
  }
}
