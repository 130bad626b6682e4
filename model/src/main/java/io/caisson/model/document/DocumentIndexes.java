package io.caisson.model.document;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.DocumentIndex;
import io.caisson.model.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the indexes of collections, written in the transaction that changes the document.
 * Every document has one entry in every index. Thread-safe.
 *
 * <pre>
 * (collection, index, kind, value, id) → nothing
 *
 * value: number as a double | text as its first {@value #TEXT_BYTES} bytes of UTF-8 | 0 or 1
 *        | 0 for null, a list or an object
 * </pre>
 */
final class DocumentIndexes {
  private static final int TEXT_BYTES = 256;
  private static final byte[] BEHIND = {(byte) 0xFF};
  private static final byte[] NOTHING = {};
  private static final int ID = 2;

  private final Subspace indexes;

  DocumentIndexes(Subspace indexes) {
    this.indexes = indexes;
  }

  /** Notes in all indexes that a document has changed; null stands for none. */
  void change(
      Transaction transaction,
      CollectionDefinition collection,
      @Nullable StoredDocument before,
      @Nullable StoredDocument after) {
    if (collection.pathIndexes().isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> membersBefore = before == null ? Map.of() : before.members();
    Map<String, @Nullable Object> membersAfter = after == null ? Map.of() : after.members();
    for (DocumentIndex index : collection.pathIndexes()) {
      JsonPath path = JsonPath.parse(index.path());
      byte[] old =
          before == null ? null : entry(collection, index, path, membersBefore, before.id());
      byte[] anew = after == null ? null : entry(collection, index, path, membersAfter, after.id());
      if (!Arrays.equals(old, anew)) {
        if (old != null) {
          transaction.clear(old);
        }
        if (anew != null) {
          transaction.set(anew, NOTHING);
        }
      }
    }
  }

  /** Enters a document into one index. */
  void enter(
      Transaction transaction,
      CollectionDefinition collection,
      DocumentIndex index,
      StoredDocument document) {
    JsonPath path = JsonPath.parse(index.path());
    transaction.set(entry(collection, index, path, document.members(), document.id()), NOTHING);
  }

  private byte[] entry(
      CollectionDefinition collection,
      DocumentIndex index,
      JsonPath path,
      Map<String, @Nullable Object> members,
      String id) {
    Object value = path.find(members);
    return of(collection, index)
        .pack(Tuple.from(ValueRange.Kind.of(value).code(), shortened(value), id));
  }

  private Subspace of(CollectionDefinition collection, DocumentIndex index) {
    return indexes.get(Tuple.from(collection.id(), index.id()));
  }

  /** A value as an index keeps it: shorter, and never before one that is less. */
  private static Object shortened(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue() + 0.0;
    }
    if (value instanceof String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return utf8.length <= TEXT_BYTES ? utf8 : Arrays.copyOf(utf8, TEXT_BYTES);
    }
    return value instanceof Boolean truth && truth ? 1L : 0L;
  }

  /** Removes all entries of an index. */
  void clear(Transaction transaction, CollectionDefinition collection, DocumentIndex index) {
    transaction.clear(of(collection, index).range());
  }

  /** The ids of all documents that may have a value in one of the ranges, in their order. */
  List<String> find(
      ReadTransaction transaction,
      CollectionDefinition collection,
      DocumentIndex index,
      List<ValueRange> ranges) {
    Subspace entries = of(collection, index);
    var ids = new TreeSet<byte[]>(Arrays::compareUnsigned);
    for (ValueRange range : ranges) {
      for (KeyValue entry :
          transaction.getRange(range(entries, range), 0, false, StreamingMode.WANT_ALL)) {
        ids.add(entries.unpack(entry.getKey()).getString(ID).getBytes(StandardCharsets.UTF_8));
      }
    }
    return ids.stream().map(id -> new String(id, StandardCharsets.UTF_8)).toList();
  }

  private static Range range(Subspace entries, ValueRange range) {
    byte[] kind = entries.pack(Tuple.from(range.kind().code()));
    byte[] begin =
        range.lower() == null ? kind : join(entries, range, shortened(range.lower()), NOTHING);
    byte[] end =
        range.upper() == null
            ? ByteArrayUtil.join(kind, BEHIND)
            : join(entries, range, shortened(range.upper()), BEHIND);
    return ByteArrayUtil.compareUnsigned(begin, end) <= 0
        ? new Range(begin, end)
        : new Range(begin, begin);
  }

  private static byte[] join(Subspace entries, ValueRange range, Object value, byte[] rest) {
    return ByteArrayUtil.join(entries.pack(Tuple.from(range.kind().code(), value)), rest);
  }
}
