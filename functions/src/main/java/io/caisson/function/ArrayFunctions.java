package io.caisson.function;

import static io.caisson.function.ArraySlot.ARRAY;
import static io.caisson.function.ArraySlot.BIGINT;
import static io.caisson.function.ArraySlot.ELEMENT;
import static io.caisson.function.ArraySlot.INTEGER;
import static io.caisson.function.ArraySlot.INTEGERS;
import static io.caisson.function.ArraySlot.TEXT;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.array.ArraySearch;
import io.caisson.function.array.ArrayText;
import io.caisson.function.array.ElementOrder;
import io.caisson.type.SqlArray;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions and operators of arrays. Arrays have one dimension and begin at 1; NULLs among the
 * elements are equal to each other where elements are looked for. Thread-safe.
 */
public final class ArrayFunctions {
  /** More elements would not fit where arrays are kept. */
  private static final int LONGEST = 1_000_000;

  private ArrayFunctions() {}

  /**
   * The array of some elements: {@code ARRAY[1, 2]}.
   *
   * @param kind the kind of the elements
   */
  public static SqlArray array(TypeKind kind, @Nullable Object... elements) {
    return SqlArray.of(kind, Arrays.asList(elements));
  }

  /** The array, or an empty one where it is NULL. */
  public static SqlArray orEmpty(TypeKind kind, @Nullable SqlArray array) {
    return array == null ? SqlArray.of(kind, List.of()) : array;
  }

  /** The array with an element behind its last. */
  @ArrayFunction(
      name = "array_append",
      arguments = {ARRAY, ELEMENT},
      result = ARRAY,
      description = "The array with the element behind its last",
      example = "array_append(ARRAY[1, 2], 3) = ARRAY[1, 2, 3]")
  public static SqlArray append(TypeKind kind, @Nullable SqlArray array, @Nullable Object element) {
    var elements = new ArrayList<@Nullable Object>(array == null ? List.of() : array.elements());
    elements.add(element);
    return SqlArray.of(kind, elements);
  }

  /** The array with an element in front of its first. */
  @ArrayFunction(
      name = "array_prepend",
      arguments = {ELEMENT, ARRAY},
      result = ARRAY,
      description = "The array with the element in front of its first",
      example = "array_prepend(1, ARRAY[2, 3]) = ARRAY[1, 2, 3]")
  public static SqlArray prepend(
      TypeKind kind, @Nullable Object element, @Nullable SqlArray array) {
    var elements = new ArrayList<@Nullable Object>();
    elements.add(element);
    elements.addAll(array == null ? List.of() : array.elements());
    return SqlArray.of(kind, elements);
  }

  /** The elements of two arrays. */
  @ArrayFunction(
      name = "array_cat",
      arguments = {ARRAY, ARRAY},
      result = ARRAY,
      description = "The elements of the first array and then those of the second",
      example = "array_cat(ARRAY[1], ARRAY[2, 3]) = ARRAY[1, 2, 3]")
  public static @Nullable SqlArray concatenate(@Nullable SqlArray a, @Nullable SqlArray b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    var elements = new ArrayList<>(a.elements());
    elements.addAll(b.elements());
    return SqlArray.of(a.kind(), elements);
  }

  /** How many elements the array has. */
  @ArrayFunction(
      name = "cardinality",
      arguments = ARRAY,
      result = INTEGER,
      description = "How many elements the array has",
      example = "cardinality(ARRAY[1, NULL]) = 2")
  public static long cardinality(SqlArray array) {
    return array.size();
  }

  /** How many elements the array has in a dimension. */
  @ArrayFunction(
      name = "array_length",
      aliases = "array_upper",
      arguments = {ARRAY, BIGINT},
      result = INTEGER,
      description = "How many elements the array has in the dimension; NULL where it has none",
      example = "array_length(ARRAY['a', 'b'], 1) = 2 AND array_length(ARRAY['a'], 2) IS NULL")
  public static @Nullable Long length(SqlArray array, long dimension) {
    int size = array.size();
    return dimension == 1 && size > 0 ? Long.valueOf(size) : null;
  }

  /** The subscript of the first element in a dimension. */
  @ArrayFunction(
      name = "array_lower",
      arguments = {ARRAY, BIGINT},
      result = INTEGER,
      description = "The subscript of the first element in the dimension; NULL where there is none",
      example = "array_lower(ARRAY[5, 6], 1) = 1")
  public static @Nullable Long lower(SqlArray array, long dimension) {
    return dimension == 1 && array.size() > 0 ? Long.valueOf(1) : null;
  }

  /** How many dimensions the array has. */
  @ArrayFunction(
      name = "array_ndims",
      arguments = ARRAY,
      result = INTEGER,
      description = "How many dimensions the array has: 1, or NULL where it is empty",
      example = "array_ndims(ARRAY[5, 6]) = 1")
  public static @Nullable Long dimensions(SqlArray array) {
    return array.size() > 0 ? Long.valueOf(1) : null;
  }

  /** The subscripts of the array. */
  @ArrayFunction(
      name = "array_dims",
      arguments = ARRAY,
      result = TEXT,
      description = "The least and the greatest subscript; NULL where the array is empty",
      example = "array_dims(ARRAY[5, 6]) = '[1:2]'")
  public static @Nullable String subscripts(SqlArray array) {
    int size = array.size();
    return size > 0 ? "[1:" + size + "]" : null;
  }

  /** The element of a subscript. */
  @ArrayFunction(
      name = "[ ]",
      arguments = {ARRAY, BIGINT},
      result = ELEMENT,
      description = "The element of the subscript, counted from 1; NULL where there is none: a[1]",
      example = "(ARRAY[5, 6])[2] = 6 AND (ARRAY[5, 6])[3] IS NULL")
  public static @Nullable Object element(SqlArray array, long subscript) {
    if (subscript < 1) {
      return null;
    }
    List<? extends @Nullable Object> elements = array.elements();
    return subscript <= elements.size() ? elements.get((int) subscript - 1) : null;
  }

  /** The elements between two subscripts. */
  @ArrayFunction(
      name = "[ : ]",
      arguments = {ARRAY, BIGINT, BIGINT},
      result = ARRAY,
      description = "The elements from the first subscript to the second: a[1:2], a[2:], a[:2]",
      example = "(ARRAY[5, 6, 7])[2:3] = ARRAY[6, 7] AND (ARRAY[5, 6, 7])[:1] = ARRAY[5]")
  public static SqlArray slice(SqlArray array, long from, long to) {
    List<? extends @Nullable Object> elements = array.elements();
    int begin = (int) Math.min(Math.max(from, 1) - 1, elements.size());
    int end = (int) Math.min(Math.max(to, begin), elements.size());
    return SqlArray.of(array.kind(), elements.subList(begin, end));
  }

  /** The array without its last elements. */
  @ArrayFunction(
      name = "trim_array",
      arguments = {ARRAY, BIGINT},
      result = ARRAY,
      description = "The array without its last elements, so many of them",
      example = "trim_array(ARRAY[1, 2, 3], 2) = ARRAY[1]")
  public static SqlArray trim(SqlArray array, long count) {
    int size = array.size();
    if (count < 0 || count > size) {
      throw new CaissonException(
          SqlState.ARRAY_SUBSCRIPT_ERROR,
          "number of elements to trim must be between 0 and " + size);
    }
    return slice(array, 1, size - count);
  }

  /** The array with an element everywhere. */
  @ArrayFunction(
      name = "array_fill",
      arguments = {ELEMENT, INTEGERS},
      result = ARRAY,
      description = "An array with the element as often as the one number of the second array says",
      example = "array_fill(7, ARRAY[3]) = ARRAY[7, 7, 7]")
  public static SqlArray fill(TypeKind kind, @Nullable Object element, SqlArray lengths) {
    if (lengths.size() > 1) {
      throw ArrayText.dimensions();
    }
    long length = lengths.size() == 0 ? 0 : ArraySearch.number(lengths.elements().get(0));
    if (length < 0 || length > LONGEST) {
      throw new CaissonException(
          SqlState.TRANSACTION_TOO_LARGE,
          "array size exceeds the maximum allowed (" + LONGEST + ")");
    }
    return SqlArray.of(kind, Collections.nCopies((int) length, element));
  }

  /** Where an element stands first. */
  @ArrayFunction(
      name = "array_position",
      arguments = {ARRAY, ELEMENT},
      result = INTEGER,
      description = "The subscript of the first such element; NULL where there is none",
      example = "array_position(ARRAY['mon', 'tue'], 'tue') = 2")
  public static @Nullable Long position(SqlArray array, @Nullable Object element) {
    return positionFrom(array, element, 1);
  }

  /** Where an element stands first from a place on. */
  @ArrayFunction(
      name = "array_position",
      arguments = {ARRAY, ELEMENT, BIGINT},
      result = INTEGER,
      description = "The subscript of the first such element from the given subscript on",
      example = "array_position(ARRAY[1, 4, 1, 4], 4, 3) = 4")
  public static @Nullable Long positionFrom(
      SqlArray array, @Nullable Object element, long subscript) {
    return ArraySearch.positions(array, element).stream()
        .filter(position -> position >= subscript)
        .findFirst()
        .orElse(null);
  }

  /** Where an element stands. */
  @ArrayFunction(
      name = "array_positions",
      arguments = {ARRAY, ELEMENT},
      result = INTEGERS,
      description = "The subscripts of all such elements",
      example = "array_positions(ARRAY['A', 'B', 'A'], 'A') = ARRAY[1, 3]")
  public static SqlArray positions(SqlArray array, @Nullable Object element) {
    return SqlArray.of(TypeKind.INTEGER, ArraySearch.positions(array, element));
  }

  /** The array without an element. */
  @ArrayFunction(
      name = "array_remove",
      arguments = {ARRAY, ELEMENT},
      result = ARRAY,
      description = "The array without such elements",
      example = "array_remove(ARRAY[1, 2, 3, 2], 2) = ARRAY[1, 3]")
  public static SqlArray remove(SqlArray array, @Nullable Object element) {
    var kept = new ArrayList<>(array.elements());
    kept.removeIf(each -> ElementOrder.same(each, element));
    return SqlArray.of(array.kind(), kept);
  }

  /** The array with another element in the place of one. */
  @ArrayFunction(
      name = "array_replace",
      arguments = {ARRAY, ELEMENT, ELEMENT},
      result = ARRAY,
      description = "The array with the last value in the place of each such element",
      example = "array_replace(ARRAY[1, 2, 5, 4], 5, 3) = ARRAY[1, 2, 3, 4]")
  public static SqlArray replace(
      SqlArray array, @Nullable Object element, @Nullable Object replacement) {
    var elements = new ArrayList<>(array.elements());
    elements.replaceAll(each -> ElementOrder.same(each, element) ? replacement : each);
    return SqlArray.of(array.kind(), elements);
  }

  /** The array from its last element to its first. */
  @ArrayFunction(
      name = "array_reverse",
      arguments = ARRAY,
      result = ARRAY,
      description = "The elements from the last to the first",
      example = "array_reverse(ARRAY[1, 2, NULL]) = ARRAY[NULL, 2, 1]")
  public static SqlArray reverse(SqlArray array) {
    var elements = new ArrayList<>(array.elements());
    Collections.reverse(elements);
    return SqlArray.of(array.kind(), elements);
  }

  /** The elements in their order. */
  @ArrayFunction(
      name = "array_sort",
      arguments = ARRAY,
      result = ARRAY,
      description = "The elements in their order, NULL last",
      example = "array_sort(ARRAY[2, NULL, 1]) = ARRAY[1, 2, NULL]")
  public static SqlArray sort(SqlArray array) {
    var elements = new ArrayList<>(array.elements());
    elements.sort(ElementOrder.NULLS_LAST);
    return SqlArray.of(array.kind(), elements);
  }
}
