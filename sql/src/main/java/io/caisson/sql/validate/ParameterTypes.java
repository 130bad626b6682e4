package io.caisson.sql.validate;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * The types that places for values have by the values that are given, for where the statement says
 * none. Immutable.
 *
 * @param types the type of each place, from the left
 */
public record ParameterTypes(List<SqlType> types) {
  /** A statement without places. */
  public static final ParameterTypes NONE = new ParameterTypes(List.of());

  /** Copies the list. */
  public ParameterTypes {
    types = List.copyOf(types);
  }

  /** A place as a value of a type. */
  public static SqlNode cast(SqlDynamicParam place, SqlType type) {
    // A cast to a bounded text would cut what is too long.
    SqlType wanted = type.kind() == TypeKind.TEXT ? SqlType.of(TypeKind.TEXT) : type;
    SqlParserPos position = place.getParserPosition();
    return SqlStdOperatorTable.CAST.createCall(
        position,
        place,
        SqlTypeUtil.convertTypeToSpec(
            SqlTypes.toCalcite(wanted.withNullable(true), new CaissonTypeFactory())));
  }

  /** A query whose places all say their types. */
  SqlNode castAll(SqlNode query) {
    SqlNode cast =
        query.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlDynamicParam place) {
                return cast(place, types.get(place.getIndex()));
              }
            });
    return cast == null ? query : cast;
  }
}
