package io.caisson.sql.syntax;

import io.caisson.error.CaissonException;
import io.caisson.error.Position;
import io.caisson.error.SqlState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What the generated parser makes of JSON_TABLE, which travels as such until the query is
 * understood; its columns are calls of {@link JsonItemOperator} and of the operators here. For one
 * table.
 */
public final class JsonTableSyntax {
  /** The table; its operands are context, path, the path's variables, and the columns. */
  public static final SqlOperator TABLE = new SqlSpecialOperator("JSON_TABLE", SqlKind.OTHER);

  /** The table whose path must not have errors. */
  public static final SqlOperator STRICT_TABLE =
      new SqlSpecialOperator("JSON_TABLE STRICT", SqlKind.OTHER);

  /** A path within each value: the path, and the columns. */
  public static final SqlOperator NESTED = new SqlSpecialOperator("NESTED PATH", SqlKind.OTHER);

  /** The number of a row: the name of the column. */
  public static final SqlOperator ORDINALITY =
      new SqlSpecialOperator("FOR ORDINALITY", SqlKind.OTHER);

  private final Set<String> names = new HashSet<>();

  /** Notes the name of a column or path, which nothing else of the table may have. */
  public void name(SqlIdentifier name) {
    if (!names.add(name.getSimple())) {
      SqlParserPos place = name.getParserPosition();
      throw new CaissonException(
              SqlState.DUPLICATE_ALIAS,
              "duplicate JSON_TABLE column or path name: " + name.getSimple())
          .withPosition(Position.at(place.getLineNum(), place.getColumnNum()));
    }
  }

  /** The table. */
  public static SqlNode table(
      SqlNode context,
      SqlNode path,
      SqlNodeList passing,
      SqlNodeList columns,
      boolean strict,
      SqlParserPos place) {
    return new SqlBasicCall(
        strict ? STRICT_TABLE : TABLE, List.of(context, path, passing, columns), place);
  }

  /** A path within each value. */
  public static SqlNode nested(SqlNode path, SqlNodeList columns, SqlParserPos place) {
    return new SqlBasicCall(NESTED, List.of(path, columns), place);
  }

  /** The number of a row. */
  public static SqlNode ordinality(SqlIdentifier name, SqlParserPos place) {
    return new SqlBasicCall(ORDINALITY, List.of(name), place);
  }
}
