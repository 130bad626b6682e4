package io.caisson.type.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A JSON value. Equal values are equal objects and are written as equal texts: of an object's equal
 * names the last one counts, names are sorted by their length and then by their bytes, and numbers
 * have no more digits than they need. Immutable.
 */
public sealed interface Json {
  /** The order of an object's names. */
  Comparator<String> NAME_ORDER =
      Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Json::compareNames);

  /** What JSON writes as {@code null}. */
  record Null() implements Json {}

  /**
   * True or false.
   *
   * @param value which one
   */
  record Truth(boolean value) implements Json {}

  /**
   * A number.
   *
   * @param value the number, with as few digits as it needs
   */
  record Numeric(BigDecimal value) implements Json {
    /** Takes the digits away that it does not need. */
    public Numeric {
      BigDecimal shortest = value.stripTrailingZeros();
      value = shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
  }

  /**
   * A text.
   *
   * @param value the text, without quotes and escapes
   */
  record Text(String value) implements Json {}

  /**
   * An array.
   *
   * @param elements its elements
   */
  record Array(List<Json> elements) implements Json {
    /** Copies the list. */
    public Array {
      elements = List.copyOf(elements);
    }

    /** The element of an index, from the end if it is negative; nothing is null. */
    public @org.jspecify.annotations.Nullable Json at(long index) {
      long place = index < 0 ? elements.size() + index : index;
      return place >= 0 && place < elements.size() ? elements.get((int) place) : null;
    }
  }

  /**
   * An object.
   *
   * @param members its members, in the order of their names
   */
  record Members(SortedMap<String, Json> members) implements Json {
    /** Copies the map. */
    public Members {
      var copy = new TreeMap<String, Json>(NAME_ORDER);
      copy.putAll(members);
      members = Collections.unmodifiableSortedMap(copy);
    }

    /** An object of the members of a map. */
    public static Members of(Map<String, Json> members) {
      var sorted = new TreeMap<String, Json>(NAME_ORDER);
      sorted.putAll(members);
      return new Members(sorted);
    }
  }

  private static int compareNames(byte[] a, byte[] b) {
    return a.length != b.length
        ? Integer.compare(a.length, b.length)
        : Arrays.compareUnsigned(a, b);
  }

  /**
   * Reads a text.
   *
   * @throws io.caisson.error.CaissonException 22P02 with the place of what is no JSON
   */
  static Json parse(String text) {
    return new JsonReader(text).read();
  }

  /** The canonical text: {@code {"a": 1, "bb": [true, null]}}. */
  default String write() {
    var text = new StringBuilder();
    new JsonWriter(text, -1).write(this, 0);
    return text.toString();
  }

  /** A text with a line for each element and member, indented by four blanks a level. */
  default String writePretty() {
    var text = new StringBuilder();
    new JsonWriter(text, 4).write(this, 0);
    return text.toString();
  }

  /** The text that a scalar holds, without quotes; of arrays and objects the canonical text. */
  default String unquoted() {
    return this instanceof Text text ? text.value() : write();
  }

  /** What {@code jsonb_typeof} calls it. */
  default String typeName() {
    if (this instanceof Null) {
      return "null";
    }
    if (this instanceof Truth) {
      return "boolean";
    }
    if (this instanceof Numeric) {
      return "number";
    }
    if (this instanceof Text) {
      return "string";
    }
    return this instanceof Array ? "array" : "object";
  }

  /** Whether all that the other value says is said by this one too, as {@code @>} asks. */
  default boolean contains(Json other) {
    if (this instanceof Members mine && other instanceof Members wanted) {
      return wanted.members().entrySet().stream()
          .allMatch(
              member -> {
                Json value = mine.members().get(member.getKey());
                return value != null && value.containsElement(member.getValue());
              });
    }
    if (this instanceof Array mine) {
      return other instanceof Array wanted
          ? wanted.elements().stream()
              .allMatch(w -> mine.elements().stream().anyMatch(m -> m.containsElement(w)))
          : !(other instanceof Members) && mine.elements().contains(other);
    }
    return equals(other);
  }

  /** Within a value an array contains no plain element: that holds at the top only. */
  private boolean containsElement(Json other) {
    boolean plainInArray = this instanceof Array && !(other instanceof Array);
    return !plainInArray && contains(other);
  }
}
