package io.caisson;

import io.caisson.error.CaissonException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A collection of JSON documents, each under an id that is a text of up to 1,000 bytes. A document
 * may take 8 MB as JSON text and nest 100 levels deep; it is kept in the form of PostgreSQL's
 * jsonb: members are sorted, numbers exact.
 *
 * <p>As maps, documents hold String, Boolean, null, Long (BigInteger beyond 64 bits), Double
 * (BigDecimal where a double would not be exactly what was written), and lists and maps of these;
 * their id is the member {@code _id}. Changes are durable when the call returns. Thread-safe, but
 * that of a transaction is for one thread.
 */
public interface DocumentCollection {
  /** The collection's name. */
  String name();

  /**
   * Adds a document. Its id is its member {@code _id}, a text; without one it gets a new id, which
   * is larger than those before it, so that ids are in the order of insertion.
   *
   * @return the id
   * @throws CaissonException 23505 where there is a document of that id, 42804 for a value that
   *     JSON can't hold, 54001 for a document or id that is too large
   */
  String insert(Map<String, ? extends @Nullable Object> document);

  /**
   * Adds a document of JSON text.
   *
   * @return the id
   * @throws CaissonException 22P02 with the place in the text where it is no JSON object; and as
   *     {@link #insert} does
   */
  String insertJson(String json);

  /** Finds a document. */
  Optional<Map<String, @Nullable Object>> get(String id);

  /** Finds a document, as JSON text. */
  Optional<String> getJson(String id);

  /**
   * Adds a document or replaces the one of that id.
   *
   * @return whether there was one
   * @throws CaissonException 42804, 54001; 22023 for a document with another {@code _id}
   */
  boolean put(String id, Map<String, ? extends @Nullable Object> document);

  /** Adds a document of JSON text or replaces the one of that id; as {@link #put}. */
  boolean putJson(String id, String json);

  /**
   * Replaces a document.
   *
   * @return false where there is none of that id; nothing was written then
   * @throws CaissonException as {@link #put} does
   */
  boolean replace(String id, Map<String, ? extends @Nullable Object> document);

  /**
   * Changes parts of a document (RFC 7396): a member of the change replaces the member of that
   * name, null removes it, and objects are merged.
   *
   * @return false where there is no document of that id
   * @throws CaissonException as {@link #put} does
   */
  boolean patch(String id, Map<String, ? extends @Nullable Object> changes);

  /** Changes parts of a document, given as JSON text; as {@link #patch}. */
  boolean patchJson(String id, String json);

  /** Removes a document; false where there is none of that id. */
  boolean delete(String id);

  /** A query over the documents that fulfil all of some conditions. */
  DocumentQuery find(Filter... conditions);

  /**
   * Makes an index of the values at a path, which {@link #find} uses from then on. The collection
   * may be written to meanwhile; what breaks off is taken up by the same call again. An index that
   * is there already is fine.
   *
   * @param path as in {@link Filter}
   * @throws CaissonException 42602 for a text that is no path, 42P07 where an index of the name has
   *     another path, 0A000 in a transaction
   */
  void createIndex(String indexName, String path);

  /** Drops an index; false where there is none of that name. */
  boolean dropIndex(String indexName);

  /** The paths of the indexes that can be used, by name. */
  Map<String, String> indexes();

  /** How many documents there are. */
  long count();
}
