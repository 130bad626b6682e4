package io.caisson.sql.write;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.syntax.WriteSyntax;
import io.caisson.sql.validate.ValidatedQuery;
import java.util.function.Function;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * What all who plan a writing statement need. For one statement.
 *
 * @param catalog the objects that exist
 * @param errors makes errors with places in the statement
 * @param validation checks a query
 * @param planning plans a checked query
 */
public record WritePlanning(
    Catalog catalog,
    SqlErrors errors,
    Function<SqlNode, ValidatedQuery> validation,
    Function<ValidatedQuery, PreparedQuery> planning) {

  ValidatedQuery validate(SqlNode query) {
    return validation.apply(query);
  }

  PreparedQuery plan(ValidatedQuery query) {
    return planning.apply(query);
  }

  /** The object of a name that stands in the statement. */
  CatalogObject object(SqlIdentifier name) {
    String simple = name.names.get(name.names.size() - 1);
    return catalog
        .find(simple)
        .filter(object -> name.isSimple())
        .orElseThrow(() -> errors.noRelation(simple, name.getParserPosition()));
  }

  /** The target as FROM would name it. */
  static SqlNode from(WriteSyntax.Target target) {
    SqlIdentifier alias = target.alias();
    return alias == null ? target.table() : named(target.table(), alias);
  }

  /** A table under another name. */
  static SqlNode named(SqlIdentifier table, SqlIdentifier alias) {
    return SqlStdOperatorTable.AS.createCall(table.getParserPosition(), table, alias);
  }

  /** Two parts of FROM side by side; the first alone where there is no other. */
  static SqlNode beside(SqlNode left, @Nullable SqlNode right) {
    return right == null ? left : join(left, JoinType.CROSS, right, null);
  }

  /** A join of two parts of FROM. */
  static SqlNode join(SqlNode left, JoinType type, SqlNode right, @Nullable SqlNode condition) {
    SqlParserPos place = left.getParserPosition();
    JoinConditionType conditionType =
        condition == null ? JoinConditionType.NONE : JoinConditionType.ON;
    return new SqlJoin(
        place,
        left,
        SqlLiteral.createBoolean(false, place),
        type.symbol(place),
        right,
        conditionType.symbol(place),
        condition);
  }
}
