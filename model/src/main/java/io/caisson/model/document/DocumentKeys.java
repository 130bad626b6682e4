package io.caisson.model.document;

import com.apple.foundationdb.Range;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.CollectionDefinition;

/**
 * Keys of a collection's documents. A document that is split has its parts right behind its head.
 * Immutable and thread-safe.
 *
 * <pre>
 * (collection, id)         → head of a document ({@link DocumentParts})
 * (collection, id, part)   → part of a document that is split, from 1
 * </pre>
 */
final class DocumentKeys {
  private static final byte[] BEHIND = {(byte) 0xFF};
  private static final int ID = 0;
  private static final int PART = 1;

  private final Subspace documents;

  DocumentKeys(Subspace docs, CollectionDefinition collection) {
    documents = docs.get(Tuple.from(collection.id()));
  }

  byte[] head(String id) {
    return documents.pack(Tuple.from(id));
  }

  byte[] part(String id, int number) {
    return documents.pack(Tuple.from(id, number));
  }

  /** All keys of one document. */
  Range of(String id) {
    byte[] head = head(id);
    return new Range(head, behind(head));
  }

  /** The parts of one document from a number on. */
  Range partsFrom(String id, int number) {
    return new Range(part(id, number), behind(head(id)));
  }

  /** All keys of a part of the collection. */
  Range of(IdRange part) {
    Range all = documents.range();
    byte[] begin = all.begin;
    byte[] end = all.end;
    if (part.lower() != null) {
      byte[] head = head(part.lower().id());
      begin = part.lower().inclusive() ? head : behind(head);
    }
    if (part.upper() != null) {
      byte[] head = head(part.upper().id());
      end = part.upper().inclusive() ? behind(head) : head;
    }
    return ByteArrayUtil.compareUnsigned(begin, end) <= 0
        ? new Range(begin, end)
        : new Range(begin, begin);
  }

  /** What lies behind a key and all keys that go on from it. */
  private static byte[] behind(byte[] key) {
    // Keys that go on behind a tuple go on with a type code, and those are all below 0xFF.
    return ByteArrayUtil.join(key, BEHIND);
  }

  /** The id in a key. */
  String id(byte[] key) {
    return documents.unpack(key).getString(ID);
  }

  /** The number of a part by its key; 0 for a head. */
  int part(byte[] key) {
    Tuple tuple = documents.unpack(key);
    return tuple.size() == PART ? 0 : Math.toIntExact(tuple.getLong(PART));
  }
}
