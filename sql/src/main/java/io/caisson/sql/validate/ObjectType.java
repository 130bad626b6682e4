package io.caisson.sql.validate;

import io.caisson.type.SqlType;
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
  private static final Map<TypeKind, RelDataTypeFamily> ARRAYS = new EnumMap<>(TypeKind.class);

  static {
    for (TypeKind kind : TypeKind.values()) {
      FAMILIES.put(kind, new Family(kind.sql()));
      ARRAYS.put(kind, new Family(kind.sql() + "[]"));
    }
  }

  private final transient SqlType type;

  /** All types of one kind, or all arrays of elements of one; each is itself alone. */
  private static final class Family implements RelDataTypeFamily {
    private final String name;

    Family(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  ObjectType(SqlType type) {
    // Calcite asks this name what constants it may have; it knows none of UUID but its own.
    super(SqlTypeName.UUID, type.nullable(), null);
    this.type = type;
    computeDigest();
  }

  /** Which of our types it is. */
  public SqlType type() {
    return type;
  }

  /** The family of our types that it is of. */
  public TypeKind kind() {
    return type.kind();
  }

  @Override
  public RelDataTypeFamily getFamily() {
    return type.element() == null
        ? FAMILIES.getOrDefault(type.kind(), this)
        : ARRAYS.getOrDefault(type.elements().kind(), this);
  }

  @Override
  protected void generateTypeString(StringBuilder text, boolean withDetail) {
    text.append(type.sql());
  }
}
