package io.caisson.sql.validate;

import io.caisson.type.TypeKind;
import java.util.EnumMap;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataTypeFamily;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A type of ours of which Calcite knows nothing: its values are objects that are compared by
 * themselves, and all casts, functions and operators of it are ours. Immutable.
 */
public final class ObjectType extends AbstractSqlType {
  private static final long serialVersionUID = 1;

  private static final Map<TypeKind, RelDataTypeFamily> FAMILIES = new EnumMap<>(TypeKind.class);

  static {
    for (TypeKind kind : TypeKind.values()) {
      FAMILIES.put(kind, new Family(kind));
    }
  }

  private final TypeKind kind;

  /** All types of one kind. */
  private record Family(TypeKind kind) implements RelDataTypeFamily {}

  ObjectType(TypeKind kind, boolean nullable) {
    // Calcite asks this name what constants it may have; it knows none of UUID but its own.
    super(SqlTypeName.UUID, nullable, null);
    this.kind = kind;
    computeDigest();
  }

  /** Which of our types it is. */
  public TypeKind kind() {
    return kind;
  }

  @Override
  public RelDataTypeFamily getFamily() {
    return FAMILIES.getOrDefault(kind, this);
  }

  @Override
  protected void generateTypeString(StringBuilder text, boolean withDetail) {
    text.append(kind.sql());
  }
}
