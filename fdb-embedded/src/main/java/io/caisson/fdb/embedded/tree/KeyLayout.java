package io.caisson.fdb.embedded.tree;

/**
 * How keys of any length lie in a tree whose own keys end at 511 bytes, in the very same order.
 *
 * <pre>
 *   kind    key in the tree                                   value in the tree
 *   ------  ------------------------------------------------  -----------------------------------
 *   meta    00 | name                                         the engine's own notes
 *   sample  00 01 | …                                         see RangeSample
 *   short   01 | key (0 to 502 bytes)                         value
 *   long    01 | first 502 bytes | label (8 bytes)            length of rest (2) | rest | value
 *           `------------- always 511 bytes ------------'
 * </pre>
 *
 * <p>Only a long key has 511 bytes, so the length alone tells the kinds apart. A short key that
 * equals the first 502 bytes is a prefix of the long ones and sorts before them, as it should; no
 * short key can fall between two long keys with the same 502 bytes. Among those, the label decides:
 * an unsigned number chosen between the labels of the neighbours when the key is inserted, so that
 * labels ascend exactly as the rests do (order maintenance). Looking a long key up is a binary
 * search over labels, at most 64 probes. When two neighbours leave no room for a label, the keys
 * that share the prefix are relabelled evenly.
 *
 * <p>The leading byte also gives the empty key, which LMDB would refuse, a place. Stateless.
 */
final class KeyLayout {
  /** What LMDB was compiled to allow. */
  static final int TREE_KEY_LIMIT = 511;

  static final int LABEL_BYTES = 8;

  /** Longest key that is stored as it is; longer ones keep this many bytes in the tree's key. */
  static final int SHORT_KEY_LIMIT = TREE_KEY_LIMIT - 1 - LABEL_BYTES;

  /** Bytes in front of the rest of a long key. */
  static final int REST_LENGTH_BYTES = 2;

  static final int META = 0x00;
  static final int USER = 0x01;

  private KeyLayout() {}

  static boolean isLong(byte[] key) {
    return key.length > SHORT_KEY_LIMIT;
  }

  static void shortKey(NativeSlice slice, byte[] key) {
    slice.useScratch(1 + key.length);
    slice.writeByte(0, USER);
    slice.write(1, key, 0, key.length);
  }

  static void longKey(NativeSlice slice, byte[] key, long label) {
    slice.useScratch(TREE_KEY_LIMIT);
    slice.writeByte(0, USER);
    slice.write(1, key, 0, SHORT_KEY_LIMIT);
    for (int i = 0; i < LABEL_BYTES; i++) {
      slice.writeByte(1 + SHORT_KEY_LIMIT + i, (int) (label >>> (56 - 8 * i)));
    }
  }

  static void metaKey(NativeSlice slice, byte[] name) {
    slice.useScratch(1 + name.length);
    slice.writeByte(0, META);
    slice.write(1, name, 0, name.length);
  }
}
