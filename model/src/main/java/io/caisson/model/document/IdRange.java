package io.caisson.model.document;

import org.jspecify.annotations.Nullable;

/**
 * Which documents of a collection, by their ids in the order of UTF-8 bytes. Immutable.
 *
 * @param lower where it begins, or null for the first
 * @param upper where it ends, or null for the last
 */
public record IdRange(@Nullable Bound lower, @Nullable Bound upper) {
  /** The whole collection. */
  public static final IdRange ALL = new IdRange(null, null);

  /** One document. */
  public static IdRange only(String id) {
    return new IdRange(new Bound(id, true), new Bound(id, true));
  }

  /** The documents behind one. */
  IdRange behind(String id) {
    return new IdRange(new Bound(id, false), upper);
  }

  /**
   * An end of a range.
   *
   * @param id where it lies
   * @param inclusive whether the document of that id belongs to the range
   */
  public record Bound(String id, boolean inclusive) {}
}
