package io.caisson.catalog;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What people have noted about objects and their parts. Immutable.
 *
 * @param texts the comments by what they are on
 */
public record Comments(SortedMap<Comments.Place, String> texts) {
  /** No comments. */
  public static final Comments NONE = new Comments(new TreeMap<>());

  /** What of an object a comment is on. */
  public enum Part {
    OBJECT,
    COLUMN,
    INDEX
  }

  /**
   * What a comment is on.
   *
   * @param object the object's number
   * @param part what of it
   * @param number the id of a table's column, the position of any other's, the id of an index; 0
   *     for the object
   */
  public record Place(long object, Part part, int number) implements Comparable<Place> {
    /** An object as a whole. */
    public static Place of(CatalogObject object) {
      return new Place(object.id(), Part.OBJECT, 0);
    }

    /** The column at a position of an object. */
    public static Place column(CatalogObject object, int position) {
      int id = object.columns().get(position).id();
      return new Place(object.id(), Part.COLUMN, id == ColumnDefinition.UNNUMBERED ? position : id);
    }

    /** An index. */
    public static Place index(IndexedRelation object, IndexDefinition index) {
      return new Place(object.id(), Part.INDEX, index.id());
    }

    @Override
    public int compareTo(Place other) {
      int byObject = Long.compare(object, other.object);
      int byPart = byObject == 0 ? part.compareTo(other.part) : byObject;
      return byPart == 0 ? Integer.compare(number, other.number) : byPart;
    }
  }

  /** Copies the map. */
  public Comments {
    texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
  }

  /** Comments of a map. */
  public static Comments of(Map<Place, String> texts) {
    return new Comments(new TreeMap<>(texts));
  }

  /** The comment on something, if there is one. */
  public Optional<String> on(Place place) {
    return Optional.ofNullable(texts.get(place));
  }
}
