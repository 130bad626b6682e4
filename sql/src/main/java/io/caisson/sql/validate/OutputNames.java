package io.caisson.sql.validate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.jspecify.annotations.Nullable;

/**
 * The names of a query's outputs as PostgreSQL gives them: an expression without AS is called after
 * its outermost function or cast, else {@code ?column?}. Stateless.
 */
final class OutputNames {
  private static final String NAMELESS = "?column?";

  private static final Set<SqlKind> NAMED_AFTER_OPERAND =
      EnumSet.of(
          SqlKind.OVER,
          SqlKind.FILTER,
          SqlKind.WITHIN_GROUP,
          SqlKind.WITHIN_DISTINCT,
          SqlKind.IGNORE_NULLS,
          SqlKind.RESPECT_NULLS);

  private OutputNames() {}

  /** The items of the SELECT that decides the names; empty where there is none. */
  static List<SqlNode> items(SqlNode query) {
    if (query instanceof SqlOrderBy order) {
      return items(order.query);
    }
    if (query instanceof SqlWith with) {
      return items(with.body);
    }
    if (query instanceof SqlSelect select) {
      return List.copyOf(select.getSelectList().getList());
    }
    boolean setOperation = SqlKind.SET_QUERY.contains(query.getKind());
    return setOperation && query instanceof SqlCall call ? items(call.operand(0)) : List.of();
  }

  /**
   * The names of all outputs.
   *
   * @param written the items as they were written
   * @param checked the items behind the validator, each star replaced by its columns
   * @param row the type of the outputs
   */
  static List<String> of(List<SqlNode> written, List<SqlNode> checked, RelDataType row) {
    int width = row.getFieldCount();
    var names = new ArrayList<String>();
    List<@Nullable SqlNode> items = aligned(written, width);
    for (int i = 0; i < width; i++) {
      SqlNode item = items.get(i);
      String given = row.getFieldNames().get(i);
      names.add(
          item != null
              ? name(item)
              : checked.size() == width ? ofColumn(checked.get(i), given) : given);
    }
    return names;
  }

  /** The item of each output, null for those that a star stands for. */
  private static List<@Nullable SqlNode> aligned(List<SqlNode> written, int width) {
    var aligned = new ArrayList<@Nullable SqlNode>(Collections.nCopies(width, null));
    int front = 0;
    while (front < written.size() && front < width && !isStar(written.get(front))) {
      aligned.set(front, written.get(front));
      front++;
    }
    for (int back = 1; written.size() - back >= front && width - back >= front; back++) {
      SqlNode item = written.get(written.size() - back);
      if (isStar(item)) {
        break;
      }
      aligned.set(width - back, item);
    }
    return aligned;
  }

  private static boolean isStar(SqlNode item) {
    return item instanceof SqlIdentifier identifier && identifier.isStar();
  }

  /** The name of a column that a star stands for: the validator makes equal names differ. */
  private static String ofColumn(SqlNode item, String given) {
    SqlNode below =
        item.getKind() == SqlKind.AS && item instanceof SqlCall as ? as.operand(0) : item;
    return below instanceof SqlIdentifier identifier
        ? identifier.names.get(identifier.names.size() - 1)
        : given;
  }

  /** The name of an item. */
  static String name(SqlNode item) {
    if (item.getKind() == SqlKind.AS && item instanceof SqlCall as) {
      return ((SqlIdentifier) as.operand(1)).getSimple();
    }
    if (item instanceof SqlIdentifier identifier) {
      return identifier.names.get(identifier.names.size() - 1);
    }
    if (item.getKind() == SqlKind.CAST && item instanceof SqlCall cast) {
      String below = name(cast.operand(0));
      return below.equals(NAMELESS) ? typeName(cast.operand(1)) : below;
    }
    if (NAMED_AFTER_OPERAND.contains(item.getKind()) && item instanceof SqlCall call) {
      return name(call.operand(0));
    }
    if (SqlKind.QUERY.contains(item.getKind()) || item.getKind() == SqlKind.SCALAR_QUERY) {
      List<SqlNode> items =
          items(item.getKind() == SqlKind.SCALAR_QUERY ? ((SqlCall) item).operand(0) : item);
      return items.size() == 1 && !isStar(items.get(0)) ? name(items.get(0)) : NAMELESS;
    }
    if (item instanceof SqlUnknownLiteral literal) {
      return literal.tag.toLowerCase(Locale.ROOT);
    }
    return switch (item.getKind()) {
      case CASE -> "case";
      case TRIM -> trimName((SqlCall) item);
      case EXISTS -> "exists";
      case ARRAY_VALUE_CONSTRUCTOR, ARRAY_QUERY_CONSTRUCTOR -> "array";
      case ROW -> "row";
      case JSON_ARRAYAGG -> "json_arrayagg";
      case JSON_OBJECTAGG -> "json_objectagg";
      default ->
          item instanceof SqlCall call && call.getOperator() instanceof SqlFunction function
              ? function.getName().toLowerCase(Locale.ROOT)
              : NAMELESS;
    };
  }

  private static String trimName(SqlCall trim) {
    SqlTrimFunction.Flag side =
        trim.operand(0) instanceof SqlLiteral flag
            ? flag.getValueAs(SqlTrimFunction.Flag.class)
            : SqlTrimFunction.Flag.BOTH;
    return switch (side) {
      case BOTH -> "btrim";
      case LEADING -> "ltrim";
      case TRAILING -> "rtrim";
    };
  }

  /** Arrays are named as their elements are. */
  private static String elementName(SqlTypeNameSpec type) {
    return type instanceof SqlCollectionTypeNameSpec array
        ? elementName(array.getElementTypeName())
        : type.getTypeName().getSimple();
  }

  /** A type as PostgreSQL's catalog names it. */
  private static String typeName(SqlNode type) {
    String name =
        type instanceof SqlDataTypeSpec spec
            ? elementName(spec.getTypeNameSpec()).toLowerCase(Locale.ROOT)
            : "";
    return switch (name) {
      case "" -> NAMELESS;
      case "boolean" -> "bool";
      case "smallint" -> "int2";
      case "integer" -> "int4";
      case "bigint" -> "int8";
      case "real" -> "float4";
      case "double" -> "float8";
      case "decimal" -> "numeric";
      case "char" -> "bpchar";
      default -> name;
    };
  }
}
