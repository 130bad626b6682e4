package io.caisson.sql.write;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ColumnValue;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.parse.SqlTextParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The word DEFAULT in rows of VALUES. A column that is DEFAULT in every row is left out, as if it
 * had not been named; elsewhere the default itself stands in. For one statement.
 *
 * @param positions the positions of the columns that are left
 * @param source the rows for them
 */
public record DefaultKeywords(int[] positions, SqlNode source) {
  /** Resolves the word in the source of an INSERT into the columns of a table. */
  public static DefaultKeywords resolve(
      SqlNode source, int[] positions, List<ColumnDefinition> columns, SqlErrors errors) {
    if (source.getKind() != SqlKind.VALUES || !(source instanceof SqlCall values)) {
      return new DefaultKeywords(positions, source);
    }
    List<List<SqlNode>> rows =
        values.getOperandList().stream().map(DefaultKeywords::cells).toList();
    if (rows.stream().flatMap(List::stream).noneMatch(DefaultKeywords::isDefault)) {
      return new DefaultKeywords(positions, source);
    }
    int width = rows.stream().mapToInt(List::size).max().orElse(0);
    if (width > positions.length || rows.stream().anyMatch(row -> row.size() != width)) {
      return new DefaultKeywords(positions, source);
    }
    int[] kept = new int[positions.length];
    int count = 0;
    var keptCells = new ArrayList<List<SqlNode>>();
    rows.forEach(row -> keptCells.add(new ArrayList<>()));
    for (int i = 0; i < positions.length; i++) {
      int place = i;
      if (i < width && rows.stream().allMatch(row -> isDefault(row.get(place)))) {
        continue;
      }
      kept[count++] = positions[i];
      for (int row = 0; i < width && row < rows.size(); row++) {
        SqlNode cell = rows.get(row).get(i);
        ColumnDefinition column = columns.get(positions[i]);
        keptCells.get(row).add(isDefault(cell) ? valueOf(column, cell, errors) : cell);
      }
    }
    SqlParserPos place = source.getParserPosition();
    List<SqlNode> newRows =
        keptCells.stream()
            .<SqlNode>map(cells -> SqlStdOperatorTable.ROW.createCall(place, cells))
            .toList();
    return new DefaultKeywords(
        Arrays.copyOf(kept, count), SqlStdOperatorTable.VALUES.createCall(place, newRows));
  }

  private static List<SqlNode> cells(SqlNode row) {
    return row instanceof SqlCall call && call.getKind() == SqlKind.ROW
        ? call.getOperandList()
        : List.of(row);
  }

  static boolean isDefault(SqlNode cell) {
    return cell.getKind() == SqlKind.DEFAULT;
  }

  /** What stands for DEFAULT where a value must be given. */
  static SqlNode valueOf(ColumnDefinition column, SqlNode cell, SqlErrors errors) {
    if (column.value() instanceof ColumnValue.Default value) {
      return SqlTextParser.parseExpression(value.expression(), errors);
    }
    if (column.value() == null) {
      return SqlLiteral.createNull(cell.getParserPosition());
    }
    throw errors
        .unsupported(
            "DEFAULT for column \"" + column.name() + "\" in some rows only is not supported",
            cell.getParserPosition())
        .withHint("Insert these rows by a statement of their own.");
  }

  /** Fails where rows would bring a value for a column whose values only the database makes. */
  public static void checkWritable(ColumnDefinition column, SqlNode place, SqlErrors errors) {
    boolean identity = column.value() instanceof ColumnValue.Identity value && value.always();
    if (identity || column.generated()) {
      CaissonException error =
          errors.at(
              SqlState.GENERATED_ALWAYS,
              "cannot insert a non-DEFAULT value into column \"" + column.name() + "\"",
              place.getParserPosition());
      throw error.withHint(
          "Column \""
              + column.name()
              + "\" is "
              + (identity
                  ? "an identity column defined as GENERATED ALWAYS."
                  : "a generated column."));
    }
  }
}
