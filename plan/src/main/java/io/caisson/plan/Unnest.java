package io.caisson.plan;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Each row once for each element of the array in its last column: the other columns, the element,
 * and if so wanted its number. A row whose array is empty or NULL is left out, or put out once with
 * NULLs.
 *
 * @param source the rows
 * @param numbered whether the elements are counted, from 1
 * @param keepsEmpty whether rows without an element are put out
 */
public record Unnest(Plan source, boolean numbered, boolean keepsEmpty) implements Plan {
  /** Name of the column of the elements. */
  public static final String ELEMENT = "element";

  /** Name of the column of their numbers. */
  public static final String ORDINALITY = "ordinality";

  @Override
  public List<Field> fields() {
    var fields = new ArrayList<>(source.fields());
    Field array = fields.remove(fields.size() - 1);
    fields.add(new Field(ELEMENT, array.type().elements()));
    if (numbered) {
      fields.add(new Field(ORDINALITY, SqlType.of(TypeKind.INTEGER).withNullable(keepsEmpty)));
    }
    return fields;
  }

  @Override
  public List<Plan> inputs() {
    return List.of(source);
  }

  @Override
  public boolean appendOnly() {
    return source.appendOnly();
  }
}
