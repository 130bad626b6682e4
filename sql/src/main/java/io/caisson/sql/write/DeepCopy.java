package io.caisson.sql.write;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Copies a syntax tree: a checked one is changed by the check. For one tree. */
final class DeepCopy extends SqlShuttle {
  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    var copy = new CallCopyingArgHandler(call, true);
    call.getOperator().acceptCall(this, call, false, copy);
    return copy.result();
  }
}
