package io.caisson.fdb.embedded;

import com.apple.foundationdb.KeyArrayResult;
import io.caisson.fdb.embedded.history.Rows;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Cuts a range into chunks of about the same size, the bounds included. Stateless. */
final class SplitPoints {
  private static final int PAGE_ROWS = 10_000;
  private static final long PAGE_BYTES = 4L << 20;

  private SplitPoints() {}

  static KeyArrayResult find(
      EmbeddedTransaction transaction, byte[] begin, byte[] end, long chunkSize) {
    List<byte[]> points = new ArrayList<>();
    points.add(begin);
    long chunk = 0;
    byte[] from = begin;
    boolean more = true;
    while (more) {
      StoreReads.Page page =
          transaction.page(
              new StoreReads.Scan(from, end, false, PAGE_ROWS, PAGE_BYTES, true), true);
      Rows rows = page.rows();
      for (int i = 0; i < rows.size(); i++) {
        if (chunk >= chunkSize) {
          points.add(rows.key(i));
          chunk = 0;
        }
        chunk += rows.key(i).length + rows.value(i).length;
      }
      from = page.end();
      more = page.more();
    }
    points.add(end);
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    int[] lengths = new int[points.size()];
    for (int i = 0; i < lengths.length; i++) {
      keys.writeBytes(points.get(i));
      lengths[i] = points.get(i).length;
    }
    return new KeyArrayResult(keys.toByteArray(), lengths);
  }
}
