package io.caisson.sql.define;

import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.parse.SqlTextParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Puts a column's new name into the expressions that know its old one. Stateless. */
final class RenamedColumn {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  private RenamedColumn() {}

  static String in(String expression, String oldName, String newName, SqlErrors errors) {
    SqlNode tree = SqlTextParser.parseExpression(expression, errors);
    var places = new ArrayList<SqlParserPos>();
    tree.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            int last = id.names.size() - 1;
            if (id.names.get(last).equals(oldName)) {
              places.add(id.getComponentParserPosition(last));
            }
            return null;
          }
        });
    List<String> lines = new ArrayList<>(List.of(expression.split("\n", -1)));
    places.sort(
        Comparator.comparing(SqlParserPos::getLineNum)
            .thenComparing(SqlParserPos::getColumnNum)
            .reversed());
    String quoted =
        PLAIN.matcher(newName).matches() ? newName : "\"" + newName.replace("\"", "\"\"") + "\"";
    for (SqlParserPos place : places) {
      String line = lines.get(place.getLineNum() - 1);
      lines.set(
          place.getLineNum() - 1,
          line.substring(0, place.getColumnNum() - 1)
              + quoted
              + line.substring(place.getEndColumnNum()));
    }
    return String.join("\n", lines);
  }
}
