package io.caisson.function.json;

import io.caisson.type.json.Json;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A part of an SQL/JSON path, as it was read. Immutable. */
sealed interface PathNode {
  /** The value that the path is asked of: {@code $}. */
  record Root() implements PathNode {}

  /** The value that a filter is asked of: {@code @}. */
  record Current() implements PathNode {}

  /** The index of the last element of the array whose subscript it stands in. */
  record Last() implements PathNode {}

  /** A value that came with the path: {@code $name}. */
  record Variable(String name) implements PathNode {}

  /** A constant. */
  record Constant(Json value) implements PathNode {}

  /** The member of a name; of all names for null. */
  record Member(PathNode of, @Nullable String name) implements PathNode {}

  /** What lies below a value, from one level to another; the value itself is level 0. */
  record Below(PathNode of, int from, int to) implements PathNode {}

  /** The elements of an array within ranges; all for none. */
  record Elements(PathNode of, List<Range> ranges) implements PathNode {
    public Elements {
      ranges = List.copyOf(ranges);
    }
  }

  /** From one index to another, or only the one. */
  record Range(PathNode from, @Nullable PathNode to) {}

  /** The values for which a condition is true. */
  record Filtered(PathNode of, PathNode condition) implements PathNode {}

  /** A method of a value. */
  record Method(PathNode of, String name) implements PathNode {}

  /** A number with its sign, or the other one. */
  record Signed(boolean negated, PathNode of) implements PathNode {}

  /** Two numbers: {@code + - * / %}. */
  record Arithmetic(char sign, PathNode left, PathNode right) implements PathNode {}

  /** What is true, false or unknown. */
  sealed interface Condition extends PathNode {}

  /** Two values compared: {@code == <> < <= > >=}. */
  record Comparison(String sign, PathNode left, PathNode right) implements Condition {}

  /** Both conditions, or one of them. */
  record Joined(boolean both, PathNode left, PathNode right) implements Condition {}

  /** The opposite of a condition. */
  record Not(PathNode of) implements Condition {}

  /** Whether a condition is neither true nor false. */
  record IsUnknown(PathNode of) implements Condition {}

  /** Whether a path leads to any value. */
  record Exists(PathNode of) implements Condition {}

  /** Whether a text begins with another one. */
  record StartsWith(PathNode of, PathNode start) implements Condition {}

  /** Whether a regular expression matches in a text. */
  record LikeRegex(PathNode of, Pattern pattern) implements Condition {}
}
