package io.caisson.function;

import static io.caisson.function.ArraySlot.ARRAY;
import static io.caisson.function.ArraySlot.BOOLEAN;
import static io.caisson.function.ArraySlot.ELEMENT;

import io.caisson.function.array.ArraySearch;
import io.caisson.function.array.Quantified;
import io.caisson.type.SqlArray;
import io.caisson.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** Operators of arrays, and comparisons with any or all elements of an array. Thread-safe. */
public final class ArrayOperators {
  private ArrayOperators() {}

  /** The elements of two arrays. */
  @ArrayFunction(
      name = "||",
      arguments = {ARRAY, ARRAY},
      result = ARRAY,
      description = "The elements of both arrays",
      example = "ARRAY[1] || ARRAY[2, 3] = ARRAY[1, 2, 3] AND ARRAY[1] || NULL = ARRAY[1]")
  public static @Nullable SqlArray concatenate(@Nullable SqlArray a, @Nullable SqlArray b) {
    return ArrayFunctions.concatenate(a, b);
  }

  /** An array and one more element. */
  @ArrayFunction(
      name = "||",
      arguments = {ARRAY, ELEMENT},
      result = ARRAY,
      description = "The array with the element behind its last",
      example = "ARRAY[1, 2] || 3 = ARRAY[1, 2, 3]")
  public static SqlArray append(TypeKind kind, @Nullable SqlArray array, @Nullable Object element) {
    return ArrayFunctions.append(kind, array, element);
  }

  /** One more element and an array. */
  @ArrayFunction(
      name = "||",
      arguments = {ELEMENT, ARRAY},
      result = ARRAY,
      description = "The array with the element in front of its first",
      example = "1 || ARRAY[2, 3] = ARRAY[1, 2, 3]")
  public static SqlArray prepend(
      TypeKind kind, @Nullable Object element, @Nullable SqlArray array) {
    return ArrayFunctions.prepend(kind, element, array);
  }

  /** Whether the first array has all elements of the second. */
  @ArrayFunction(
      name = "@>",
      arguments = {ARRAY, ARRAY},
      result = BOOLEAN,
      description = "Whether the first array has all elements of the second",
      example = "ARRAY[1, 4, 3] @> ARRAY[3, 1, 3]")
  public static boolean contains(SqlArray array, SqlArray wanted) {
    return ArraySearch.contains(array, wanted);
  }

  /** Whether the second array has all elements of the first. */
  @ArrayFunction(
      name = "<@",
      arguments = {ARRAY, ARRAY},
      result = BOOLEAN,
      description = "Whether the second array has all elements of the first",
      example = "ARRAY[2, 2, 7] <@ ARRAY[1, 7, 4, 2, 6]")
  public static boolean isContained(SqlArray wanted, SqlArray array) {
    return ArraySearch.contains(array, wanted);
  }

  /** Whether the arrays have an element in common. */
  @ArrayFunction(
      name = "&&",
      arguments = {ARRAY, ARRAY},
      result = BOOLEAN,
      description = "Whether the arrays have an element in common",
      example = "ARRAY[1, 4, 3] && ARRAY[2, 1]")
  public static boolean overlaps(SqlArray a, SqlArray b) {
    return ArraySearch.overlaps(a, b);
  }

  /** Whether a value equals any element. */
  @ArrayFunction(
      name = "= ANY",
      arguments = {ELEMENT, ARRAY},
      result = BOOLEAN,
      description = "Whether the value equals any element of the array: x = ANY (array)",
      example = "2 = ANY (ARRAY[1, 2])")
  public static @Nullable Boolean equalAny(Object value, SqlArray array) {
    return Quantified.any(value, array, sign -> sign == 0);
  }

  /** Whether a value differs from any element. */
  @ArrayFunction(
      name = "<> ANY",
      arguments = {ELEMENT, ARRAY},
      result = BOOLEAN,
      description = "Whether the value differs from any element of the array: x <> ANY (array)",
      example = "2 <> ANY (ARRAY[1, 2])")
  public static @Nullable Boolean notEqualAny(Object value, SqlArray array) {
    return Quantified.any(value, array, sign -> sign != 0);
  }

  /** Whether a value is less than any element. */
  @ArrayFunction(
      name = "< ANY",
      arguments = {ELEMENT, ARRAY},
      result = BOOLEAN,
      description = "Whether the value is less than any element of the array: x < ANY (array)",
      example = "2 < ANY (ARRAY[1, 3])")
  public static @Nullable Boolean lessAny(Object value, SqlArray array) {
    return Quantified.any(value, array, sign -> sign < 0);
  }

  /** Whether a value is at most any element. */
  @ArrayFunction(
      name = "<= ANY",
      arguments = {ELEMENT, ARRAY},
      result = BOOLEAN,
      description = "Whether the value is at most any element of the array: x <= ANY (array)",
      example = "2 <= ANY (ARRAY[1, 2])")
  public static @Nullable Boolean lessOrEqualAny(Object value, SqlArray array) {
    return Quantified.any(value, array, sign -> sign <= 0);
  }

  /** Whether a value is greater than any element. */
  @ArrayFunction(
      name = "> ANY",
      arguments = {ELEMENT, ARRAY},
      result = BOOLEAN,
      description = "Whether the value is greater than any element of the array: x > ANY (array)",
      example = "2 > ANY (ARRAY[1, 2])")
  public static @Nullable Boolean greaterAny(Object value, SqlArray array) {
    return Quantified.any(value, array, sign -> sign > 0);
  }

  /** Whether a value is at least any element. */
  @ArrayFunction(
      name = ">= ANY",
      arguments = {ELEMENT, ARRAY},
      result = BOOLEAN,
      description = "Whether the value is at least any element of the array: x >= ANY (array)",
      example = "2 >= ANY (ARRAY[2, 3])")
  public static @Nullable Boolean greaterOrEqualAny(Object value, SqlArray array) {
    return Quantified.any(value, array, sign -> sign >= 0);
  }

  /** Whether a value equals every element. */
  @ArrayFunction(
      name = "= ALL",
      arguments = {ELEMENT, ARRAY},
      result = BOOLEAN,
      description = "Whether the value equals every element of the array: x = ALL (array)",
      example = "2 = ALL (ARRAY[2, 2])")
  public static @Nullable Boolean equalAll(Object value, SqlArray array) {
    return Quantified.all(value, array, sign -> sign == 0);
  }

  /** Whether a value differs from every element. */
  @ArrayFunction(
      name = "<> ALL",
      arguments = {ELEMENT, ARRAY},
      result = BOOLEAN,
      description = "Whether the value differs from every element of the array: x <> ALL (array)",
      example = "2 <> ALL (ARRAY[1, 3])")
  public static @Nullable Boolean notEqualAll(Object value, SqlArray array) {
    return Quantified.all(value, array, sign -> sign != 0);
  }

  /** Whether a value is less than every element. */
  @ArrayFunction(
      name = "< ALL",
      arguments = {ELEMENT, ARRAY},
      result = BOOLEAN,
      description = "Whether the value is less than every element of the array: x < ALL (array)",
      example = "2 < ALL (ARRAY[3, 4])")
  public static @Nullable Boolean lessAll(Object value, SqlArray array) {
    return Quantified.all(value, array, sign -> sign < 0);
  }

  /** Whether a value is at most every element. */
  @ArrayFunction(
      name = "<= ALL",
      arguments = {ELEMENT, ARRAY},
      result = BOOLEAN,
      description = "Whether the value is at most every element of the array: x <= ALL (array)",
      example = "2 <= ALL (ARRAY[2, 3])")
  public static @Nullable Boolean lessOrEqualAll(Object value, SqlArray array) {
    return Quantified.all(value, array, sign -> sign <= 0);
  }

  /** Whether a value is greater than every element. */
  @ArrayFunction(
      name = "> ALL",
      arguments = {ELEMENT, ARRAY},
      result = BOOLEAN,
      description = "Whether the value is greater than every element of the array: x > ALL (array)",
      example = "2 > ALL (ARRAY[1, 0])")
  public static @Nullable Boolean greaterAll(Object value, SqlArray array) {
    return Quantified.all(value, array, sign -> sign > 0);
  }

  /** Whether a value is at least every element. */
  @ArrayFunction(
      name = ">= ALL",
      arguments = {ELEMENT, ARRAY},
      result = BOOLEAN,
      description = "Whether the value is at least every element of the array: x >= ALL (array)",
      example = "2 >= ALL (ARRAY[2, 1])")
  public static @Nullable Boolean greaterOrEqualAll(Object value, SqlArray array) {
    return Quantified.all(value, array, sign -> sign >= 0);
  }
}
