package io.caisson.fdb.embedded;

import com.apple.foundationdb.KeyArrayResult;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a range into chunks of about the same size, the bounds included. Stateless. */
final class SplitPoints {
  private SplitPoints() {}

  static KeyArrayResult find(StoreReads reads, byte[] begin, byte[] end, long chunkSize) {
    List<byte[]> points = new ArrayList<>();
    points.add(begin);
    points.addAll(reads.splitPoints(begin, end, chunkSize));
    if (!Arrays.equals(begin, end)) {
      points.add(end);
    }
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    int[] lengths = new int[points.size()];
    for (int i = 0; i < lengths.length; i++) {
      keys.writeBytes(points.get(i));
      lengths[i] = points.get(i).length;
    }
    return new KeyArrayResult(keys.toByteArray(), lengths);
  }
}
