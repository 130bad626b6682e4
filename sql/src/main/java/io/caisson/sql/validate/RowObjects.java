package io.caisson.sql.validate;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.sql.error.SqlErrors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * In functions that make JSON of a value the name of a relation stands for its row:
 *
 * <pre>
 *   SELECT row_to_json(u) FROM users AS u
 *     = SELECT jsonb_build_object('id', u.id, 'name', u.name) FROM users AS u
 *   SELECT jsonb_agg(u) FROM users AS u
 *     = SELECT jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name)) FROM users AS u
 * </pre>
 *
 * For one query.
 */
final class RowObjects extends SqlShuttle {
  private static final Set<String> OF_A_ROW = Set.of("row_to_json", "to_json", "to_jsonb");
  private static final Set<String> OF_ROWS =
      Set.of("json_agg", "jsonb_agg", "json_agg_strict", "jsonb_agg_strict");

  private final Catalog catalog;
  private final SqlErrors errors;
  private final Map<String, List<String>> common = new HashMap<>();
  private final Deque<Map<String, Relation>> scopes = new ArrayDeque<>();

  /**
   * What stands in FROM.
   *
   * @param columns its columns; empty where they are not known
   * @param outer whether an outer join may put NULL in the place of its rows
   */
  private record Relation(List<String> columns, boolean outer) {}

  private RowObjects(Catalog catalog, SqlErrors errors) {
    this.catalog = catalog;
    this.errors = errors;
  }

  /** The query with objects in the place of rows. */
  static SqlNode of(SqlNode query, Catalog catalog, SqlErrors errors) {
    SqlNode changed = query.accept(new RowObjects(catalog, errors));
    return changed == null ? query : changed;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call instanceof SqlWith with) {
      with.withList.forEach(item -> note((SqlWithItem) item));
    }
    if (call instanceof SqlSelect select) {
      var relations = new HashMap<String, Relation>();
      if (select.getFrom() != null) {
        collect(select.getFrom(), false, relations);
      }
      scopes.push(relations);
      SqlNode visited = super.visit(call);
      scopes.pop();
      return visited;
    }
    SqlNode object = call.operandCount() == 1 ? object(call) : null;
    return object == null ? super.visit(call) : object;
  }

  private @Nullable SqlNode object(SqlCall call) {
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    boolean ofRow = OF_A_ROW.contains(name);
    if (!(ofRow || OF_ROWS.contains(name))
        || !(call.operand(0) instanceof SqlIdentifier relation)
        || !relation.isSimple()) {
      return null;
    }
    SqlNode object = row(relation);
    if (object == null || ofRow) {
      return object;
    }
    return call.getOperator()
        .createCall(call.getFunctionQuantifier(), call.getParserPosition(), object);
  }

  /** The object of a relation's columns; null where the name means something else. */
  private @Nullable SqlNode row(SqlIdentifier name) {
    for (Map<String, Relation> scope : scopes) {
      String simple = name.getSimple();
      if (scope.values().stream().anyMatch(relation -> relation.columns.contains(simple))) {
        return null;
      }
      Relation relation = scope.get(simple);
      if (relation != null && !relation.columns.isEmpty()) {
        return object(name, relation);
      }
    }
    return null;
  }

  private SqlNode object(SqlIdentifier name, Relation relation) {
    SqlParserPos place = name.getParserPosition();
    if (relation.outer) {
      throw errors
          .unsupported("a row that an outer join may leave out is no value", place)
          .withHint("Name its columns in jsonb_build_object.");
    }
    var members = new ArrayList<SqlNode>();
    for (String column : relation.columns) {
      members.add(SqlLiteral.createCharString(column, place));
      members.add(new SqlIdentifier(List.of(name.getSimple(), column), place));
    }
    var function =
        new SqlUnresolvedFunction(
            new SqlIdentifier("jsonb_build_object", place),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION);
    return function.createCall(place, members);
  }

  private void collect(SqlNode from, boolean outer, Map<String, Relation> relations) {
    if (from instanceof SqlJoin join) {
      boolean left = outer || join.getJoinType().generatesNullsOnLeft();
      boolean right = outer || join.getJoinType().generatesNullsOnRight();
      collect(join.getLeft(), left, relations);
      collect(join.getRight(), right, relations);
    } else if (from.getKind() == SqlKind.AS && from instanceof SqlCall as) {
      List<String> columns = columns(as.operand(0));
      if (as.operandCount() > 2) {
        columns =
            as.getOperandList().subList(2, as.operandCount()).stream()
                .map(column -> ((SqlIdentifier) column).getSimple())
                .toList();
      }
      relations.put(((SqlIdentifier) as.operand(1)).getSimple(), new Relation(columns, outer));
    } else if (from instanceof SqlIdentifier table) {
      String name = table.names.get(table.names.size() - 1);
      relations.put(name, new Relation(columns(table), outer));
    }
  }

  private void note(SqlWithItem item) {
    SqlNodeList names = item.columnList;
    common.put(
        item.name.getSimple(),
        names == null
            ? columns(item.query)
            : names.stream().map(name -> ((SqlIdentifier) name).getSimple()).toList());
  }

  /** The columns of a relation; none where only the validator would know them. */
  private List<String> columns(SqlNode relation) {
    if (relation instanceof SqlIdentifier table) {
      String name = table.names.get(table.names.size() - 1);
      return common.containsKey(name)
          ? common.get(name)
          : catalog
              .find(name)
              .map(
                  object ->
                      object.columns().stream()
                          .filter(column -> !column.hidden())
                          .map(ColumnDefinition::name)
                          .toList())
              .orElse(List.of());
    }
    if (!relation.getKind().belongsTo(SqlKind.QUERY)) {
      return List.of();
    }
    List<SqlNode> items = OutputNames.items(relation);
    boolean star =
        items.stream().anyMatch(item -> item instanceof SqlIdentifier name && name.isStar());
    return star ? List.of() : items.stream().map(OutputNames::name).distinct().toList();
  }
}
