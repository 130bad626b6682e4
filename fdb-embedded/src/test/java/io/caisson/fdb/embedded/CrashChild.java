package io.caisson.fdb.embedded;

import com.apple.foundationdb.KeyValue;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Writes numbered transactions without end and says which are committed. */
final class CrashChild {
  private CrashChild() {}

  static int size(int transaction, int key) {
    return (transaction * 37 + key * 1_009) % 9_000;
  }

  public static void main(String[] arguments) {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(Path.of(arguments[0]))) {
      List<KeyValue> last =
          database.read(
              transaction ->
                  transaction
                      .getRange(new byte[0], new byte[] {(byte) 0xff}, 1, true)
                      .asList()
                      .join());
      int next = last.isEmpty() ? 0 : ByteBuffer.wrap(last.get(0).getKey()).getInt() + 1;
      while (true) {
        int number = next++;
        database.run(
            transaction -> {
              for (int key = 0; key < CrashTest.KEYS; key++) {
                transaction.set(
                    ByteBuffer.allocate(8).putInt(number).putInt(key).array(),
                    new byte[size(number, key)]);
              }
              return 0;
            });
        System.out.println("done " + number);
      }
    }
  }
}
