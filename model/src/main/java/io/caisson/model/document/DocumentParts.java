package io.caisson.model.document;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import io.caisson.model.codec.ByteReader;
import io.caisson.model.codec.ByteWriter;
import io.caisson.model.codec.Corruption;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Documents as values of the store, in parts where one value could not hold them. Head and parts
 * are written together and read as of one version, so a reader sees all of one document or all of
 * the next. Stateless.
 *
 * <pre>
 * head:  1 | JSON text                                a document in one value
 *        2 | bytes of the JSON text (varint)          one in parts of {@value #PART_BYTES} bytes
 * part:  its bytes of the JSON text
 * </pre>
 */
final class DocumentParts {
  /** The most bytes of JSON text that one value holds. */
  static final int PART_BYTES = 90 << 10;

  private static final int WHOLE = 1;
  private static final int SPLIT = 2;

  private DocumentParts() {}

  /** How many keys a document of that many bytes takes. */
  static int keys(int bytes) {
    return bytes <= PART_BYTES ? 1 : 1 + parts(bytes);
  }

  private static int parts(int bytes) {
    return (bytes + PART_BYTES - 1) / PART_BYTES;
  }

  /**
   * Writes a document.
   *
   * @param before how many bytes the document had that it replaces; 0 where there was none
   */
  static void write(
      Transaction transaction, DocumentKeys keys, StoredDocument document, int before) {
    byte[] json = document.json();
    var head = new ByteWriter();
    int keysAfter = keys(json.length);
    if (keysAfter == 1) {
      head.putByte(WHOLE);
      head.putBytes(json, 0, json.length);
    } else {
      head.putByte(SPLIT);
      head.putVarint(json.length);
      for (int part = 1; part < keysAfter; part++) {
        int begin = (part - 1) * PART_BYTES;
        int end = Math.min(json.length, begin + PART_BYTES);
        transaction.set(
            keys.part(document.id(), part), java.util.Arrays.copyOfRange(json, begin, end));
      }
    }
    transaction.set(keys.head(document.id()), head.toBytes());
    if (keys(before) > keysAfter) {
      transaction.clear(keys.partsFrom(document.id(), keysAfter));
    }
  }

  /** Reads the document whose head comes next, with its parts; null where nothing comes. */
  static @Nullable StoredDocument read(DocumentKeys keys, Iterator<KeyValue> entries) {
    if (!entries.hasNext()) {
      return null;
    }
    KeyValue head = entries.next();
    String id = keys.id(head.getKey());
    try {
      if (keys.part(head.getKey()) != 0) {
        throw new IllegalArgumentException("it has parts but no head");
      }
      var in = new ByteReader(head.getValue());
      int format = in.readByte();
      return switch (format) {
        case WHOLE -> new StoredDocument(id, in.readBytes(in.remaining()));
        case SPLIT -> new StoredDocument(id, join(keys, id, (int) in.readVarint(), entries));
        default -> throw new IllegalArgumentException("unknown format " + format);
      };
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw Corruption.of("Document \"" + id + "\"", String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] join(DocumentKeys keys, String id, int bytes, Iterator<KeyValue> entries) {
    if (bytes <= PART_BYTES || bytes > DocumentStore.LONGEST_DOCUMENT) {
      throw new IllegalArgumentException("a split document of " + bytes + " bytes");
    }
    byte[] json = new byte[bytes];
    int parts = parts(bytes);
    for (int part = 1; part <= parts; part++) {
      if (!entries.hasNext()) {
        throw new IllegalArgumentException("part " + part + " of " + parts + " is missing");
      }
      KeyValue entry = entries.next();
      int begin = (part - 1) * PART_BYTES;
      int length = Math.min(PART_BYTES, bytes - begin);
      boolean fits =
          keys.part(entry.getKey()) == part
              && keys.id(entry.getKey()).equals(id)
              && entry.getValue().length == length;
      if (!fits) {
        throw new IllegalArgumentException("part " + part + " of " + parts + " is another");
      }
      System.arraycopy(entry.getValue(), 0, json, begin, length);
    }
    return json;
  }
}
