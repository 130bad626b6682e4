package io.caisson.sql.validate;

import io.caisson.function.array.ArrayText;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Static;

/** Names of types that Calcite understands in its own way, as PostgreSQL means them. Stateless. */
public final class TypeSyntax {
  private TypeSyntax() {}

  /** The same type, or what PostgreSQL means by its name. */
  public static SqlDataTypeSpec rewritten(SqlDataTypeSpec type) {
    if (type.getTypeNameSpec() instanceof SqlCollectionTypeNameSpec list) {
      if (list.getElementTypeName() instanceof SqlCollectionTypeNameSpec) {
        throw ArrayText.dimensions();
      }
      SqlParserPos place = type.getParserPosition();
      SqlTypeNameSpec element =
          rewritten(new SqlDataTypeSpec(list.getElementTypeName(), place)).getTypeNameSpec();
      return new SqlDataTypeSpec(
          new SqlCollectionTypeNameSpec(element, SqlTypeName.ARRAY, place), place);
    }
    String name = type.getTypeName().getSimple();
    if (type.getTypeNameSpec() instanceof SqlUserDefinedTypeNameSpec
        && SqlTypes.named(name).isEmpty()) {
      throw SqlUtil.newContextException(
          type.getParserPosition(), Static.RESOURCE.unknownDatatypeName(name));
    }
    if (!(type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic)) {
      return type;
    }
    SqlParserPos place = type.getParserPosition();
    SqlTypeNameSpec meant =
        switch (type.getTypeName().getSimple()) {
          case "TIMESTAMP_TZ", "TIMESTAMP_WITH_LOCAL_TIME_ZONE" ->
              new SqlUserDefinedTypeNameSpec("timestamptz", place);
          case "UUID" -> new SqlUserDefinedTypeNameSpec("uuid", place);
          // Texts are not filled up with blanks.
          case "CHAR" ->
              new SqlBasicTypeNameSpec(
                  SqlTypeName.VARCHAR, Math.max(basic.getPrecision(), 1), place);
          default -> basic;
        };
    return meant == basic ? type : new SqlDataTypeSpec(meant, place);
  }
}
