package io.caisson.sql.validate;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Copies a syntax tree: a checked one is changed by the check. For one tree. */
public final class DeepCopy extends SqlShuttle {
  /** A copy of a tree. */
  public static SqlNode of(SqlNode tree) {
    SqlNode copy = tree.accept(new DeepCopy());
    return copy == null ? tree : copy;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    var copy = new CallCopyingArgHandler(call, true);
    call.getOperator().acceptCall(this, call, false, copy);
    return copy.result();
  }
}
