package io.caisson.fdb.embedded;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.fdb.embedded.write.AtomicOperation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One random operation that can be done to a transaction and to a sorted map; reads say what they
 * saw.
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
record RandomStep(
    Kind kind,
    byte[] key,
    byte[] other,
    int number,
    boolean reverse,
    boolean orEqual,
    boolean snapshot) {
  private static final byte[] FIRST = {};
  private static final byte[] END = {(byte) 0xff};
  private static final int KEYS = 48;
  private static final MutationType[] MUTATIONS = {
    MutationType.ADD,
    MutationType.BIT_AND,
    MutationType.BIT_OR,
    MutationType.BIT_XOR,
    MutationType.MAX,
    MutationType.MIN,
    MutationType.BYTE_MIN,
    MutationType.BYTE_MAX,
    MutationType.APPEND_IF_FITS,
    MutationType.COMPARE_AND_CLEAR
  };

  enum Kind {
    GET,
    RANGE,
    SELECTOR,
    SET,
    CLEAR,
    CLEAR_RANGE,
    MUTATE
  }

  static RandomStep any(SplittableRandom random) {
    Kind[] kinds = Kind.values();
    byte[] key = key(random);
    byte[] other = key(random);
    boolean swap = Arrays.compareUnsigned(key, other) > 0;
    boolean snapshot = random.nextInt(5) == 0;
    Kind kind = kinds[random.nextInt(kinds.length)];
    return new RandomStep(
        kind,
        swap ? other : key,
        swap ? key : other,
        random.nextInt(64),
        random.nextBoolean(),
        random.nextBoolean(),
        snapshot && kind.compareTo(Kind.SET) < 0);
  }

  /** Short keys, and long ones that agree in their first 600 bytes. */
  private static byte[] key(SplittableRandom random) {
    int number = random.nextInt(KEYS);
    byte[] key = new byte[number % 3 == 0 ? 602 : 2];
    Arrays.fill(key, (byte) 'k');
    key[key.length - 1] = (byte) number;
    return key;
  }

  private byte[] value() {
    return ByteBuffer.allocate(4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(number * 0x01010101)
        .array();
  }

  private MutationType mutation() {
    return MUTATIONS[number % MUTATIONS.length];
  }

  String onStore(Transaction transaction) {
    ReadTransaction reader = snapshot ? transaction.snapshot() : transaction;
    switch (kind) {
      case GET -> {
        return text(reader.get(key).join());
      }
      case RANGE -> {
        List<KeyValue> rows = reader.getRange(key, other, number % 8, reverse).asList().join();
        List<String> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(text(row.getKey()) + "=" + text(row.getValue())));
        return texts.toString();
      }
      case SELECTOR -> {
        return text(reader.getKey(new KeySelector(key, orEqual, number % 9 - 4)).join());
      }
      case SET -> transaction.set(key, value());
      case CLEAR -> transaction.clear(key);
      case CLEAR_RANGE -> transaction.clear(key, other);
      case MUTATE -> transaction.mutate(mutation(), key, value());
    }
    return "";
  }

  String onModel(TreeMap<byte[], byte[]> map) {
    switch (kind) {
      case GET -> {
        return text(map.get(key));
      }
      case RANGE -> {
        NavigableMap<byte[], byte[]> inside = map.subMap(key, true, other, false);
        int limit = number % 8 == 0 ? Integer.MAX_VALUE : number % 8;
        List<String> texts = new ArrayList<>();
        for (Map.Entry<byte[], byte[]> row :
            (reverse ? inside.descendingMap() : inside).entrySet()) {
          if (texts.size() == limit) {
            break;
          }
          texts.add(text(row.getKey()) + "=" + text(row.getValue()));
        }
        return texts.toString();
      }
      case SELECTOR -> {
        return text(select(map));
      }
      case SET -> map.put(key, value());
      case CLEAR -> map.remove(key);
      case CLEAR_RANGE -> map.subMap(key, true, other, false).clear();
      case MUTATE -> {
        byte[] result = AtomicOperation.apply(mutation(), map.get(key), value());
        if (result == null) {
          map.remove(key);
        } else {
          map.put(key, result);
        }
      }
    }
    return "";
  }

  /** FoundationDB's own definition: the last key below (or at) the key, then so many keys on. */
  private byte[] select(NavigableMap<byte[], byte[]> map) {
    List<byte[]> keys = new ArrayList<>(map.keySet());
    int index = -1;
    for (byte[] at : keys) {
      int order = Arrays.compareUnsigned(at, key);
      if (order < 0 || (orEqual && order == 0)) {
        index++;
      }
    }
    int target = index + number % 9 - 4;
    return target < 0 ? FIRST : target >= keys.size() ? END : keys.get(target);
  }

  private static String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "null";
    }
    String hex = HexFormat.of().formatHex(bytes);
    return hex.length() > 100 ? hex.length() / 2 + ":" + hex.substring(hex.length() - 8) : hex;
  }

  @Override
  public String toString() {
    return kind + " " + text(key) + " " + text(other) + " " + number + (reverse ? " reverse" : "");
  }
}
