package io.caisson.sql.validate;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.WatermarkDefinition;
import io.caisson.error.CaissonException;
import io.caisson.sql.error.SqlErrors;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Says in other words what a query asks as of a time: of a stream, whose rows are versions that are
 * valid from their event time on, the last version up to a column of the other side; of anything
 * else its current rows.
 *
 * <pre>
 *   a JOIN rates FOR SYSTEM_TIME AS OF a.ts AS r ON …      a ASOF JOIN rates AS r MATCH_CONDITION r.ts <= a.ts ON …
 *   a JOIN users FOR SYSTEM_TIME AS OF now() AS u ON …     a JOIN users AS u ON …
 * </pre>
 *
 * For one statement.
 */
final class SystemTime extends SqlShuttle {
  private static final Set<String> CURRENT =
      Set.of("now", "proctime", "current_timestamp", "localtimestamp");

  private final Catalog catalog;
  private final SqlErrors errors;

  SystemTime(Catalog catalog, SqlErrors errors) {
    this.catalog = catalog;
    this.errors = errors;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call instanceof SqlJoin join && snapshot(join.getRight()) != null) {
      return join(join, snapshot(join.getRight()));
    }
    if (call instanceof SqlSnapshot snapshot) {
      if (!isCurrent(snapshot.getPeriod())) {
        throw refused(
            snapshot,
            "FOR SYSTEM_TIME AS OF a time outside of a join",
            "Join the stream of versions with rows that have the time.");
      }
      return current(snapshot).accept(this);
    }
    return super.visit(call);
  }

  private static @Nullable SqlSnapshot snapshot(SqlNode table) {
    if (table instanceof SqlSnapshot snapshot) {
      return snapshot;
    }
    return table.getKind() == SqlKind.AS
            && ((SqlCall) table).operand(0) instanceof SqlSnapshot named
        ? named
        : null;
  }

  private SqlNode join(SqlJoin join, @Nullable SqlSnapshot snapshot) {
    if (snapshot == null) {
      throw new IllegalStateException("no snapshot");
    }
    SqlNode left = join.getLeft().accept(this);
    if (left == null) {
      throw new IllegalStateException("no left side");
    }
    if (isCurrent(snapshot.getPeriod())) {
      SqlNode right = withTable(join.getRight(), current(snapshot));
      return new SqlJoin(
          join.getParserPosition(),
          left,
          join.isNaturalNode(),
          join.getJoinTypeNode(),
          right,
          join.getConditionTypeNode(),
          join.getCondition());
    }
    JoinType type = join.getJoinType();
    boolean outer = type == JoinType.LEFT;
    if ((!outer && type != JoinType.INNER) || join.getConditionType() != JoinConditionType.ON) {
      throw refused(
          snapshot,
          "FOR SYSTEM_TIME AS OF a column in this join",
          "Write JOIN or LEFT JOIN with ON.");
    }
    SqlParserPos place = snapshot.getParserPosition();
    String column = versionColumn(snapshot);
    SqlNode right = withTable(join.getRight(), snapshot.getTableRef());
    SqlNode version = new SqlIdentifier(List.of(name(right), column), place);
    return new SqlAsofJoin(
        join.getParserPosition(),
        left,
        join.isNaturalNode(),
        (outer ? JoinType.LEFT_ASOF : JoinType.ASOF).symbol(place),
        right,
        join.getConditionTypeNode(),
        join.getCondition(),
        SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(place, version, snapshot.getPeriod()));
  }

  /** The table alone, under the name that it had. */
  private static SqlNode withTable(SqlNode named, SqlNode table) {
    if (named.getKind() != SqlKind.AS || !(named instanceof SqlCall as)) {
      return table;
    }
    var copy = (SqlCall) as.clone(as.getParserPosition());
    copy.setOperand(0, table);
    return copy;
  }

  private static String name(SqlNode table) {
    SqlNode last = table;
    if (table.getKind() == SqlKind.AS) {
      last = ((SqlCall) table).operand(1);
    }
    List<String> names = ((SqlIdentifier) last).names;
    return names.get(names.size() - 1);
  }

  private static boolean isCurrent(SqlNode period) {
    String name =
        period instanceof SqlIdentifier identifier && identifier.isSimple()
            ? identifier.getSimple()
            : period instanceof SqlCall call && call.operandCount() == 0
                ? call.getOperator().getName()
                : "";
    return CURRENT.contains(name.toLowerCase(Locale.ROOT));
  }

  /** What has current rows, which a stream has not. */
  private SqlNode current(SqlSnapshot snapshot) {
    if (object(snapshot) instanceof StreamDefinition) {
      throw refused(
          snapshot,
          "FOR SYSTEM_TIME AS OF now() over a stream",
          "Name a column of the other side with the time of the version that is wanted.");
    }
    return snapshot.getTableRef();
  }

  private String versionColumn(SqlSnapshot snapshot) {
    CatalogObject object = object(snapshot);
    if (object instanceof StreamDefinition stream) {
      WatermarkDefinition watermark = stream.watermark();
      if (watermark == null) {
        throw refused(
            snapshot,
            "FOR SYSTEM_TIME AS OF a column over a stream without a watermark",
            "Create the stream with WATERMARK FOR the column from which on a row is valid.");
      }
      return stream.columns().get(watermark.column()).name();
    }
    throw refused(
        snapshot,
        "FOR SYSTEM_TIME AS OF a column over what keeps current rows alone",
        "Write FOR SYSTEM_TIME AS OF now(), or keep the versions in a stream.");
  }

  private @Nullable CatalogObject object(SqlSnapshot snapshot) {
    SqlNode table = snapshot.getTableRef();
    if (!(table instanceof SqlIdentifier identifier)) {
      return null;
    }
    String name = identifier.names.get(identifier.names.size() - 1);
    return catalog
        .find(name)
        .orElseThrow(() -> errors.noRelation(name, identifier.getParserPosition()));
  }

  private CaissonException refused(SqlSnapshot snapshot, String what, String hint) {
    return errors
        .unsupported(what + " is not supported", snapshot.getParserPosition())
        .withHint(hint);
  }
}
