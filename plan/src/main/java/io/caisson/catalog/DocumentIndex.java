package io.caisson.catalog;

/**
 * An index of a collection: its documents by the value at a path. Immutable.
 *
 * @param id its number within its collection
 * @param name its name within its collection
 * @param path where in a document the value is, as {@code customer.city} or {@code items[0].sku}
 * @param readable whether it holds every document; while it is built only writers know it
 */
public record DocumentIndex(int id, String name, String path, boolean readable) {
  /** The same index, readable. */
  public DocumentIndex asReadable() {
    return new DocumentIndex(id, name, path, true);
  }
}
