package io.caisson.fdb.embedded.tree;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * A run of native bytes that LMDB reads from or has answered with: an address and a size, and
 * scratch memory of its own for those that are filled from Java. One thread at a time.
 *
 * <p>lmdbjava's ByteBuffer proxies reach into the JDK by reflection and so need {@code
 * --add-opens}; this one asks nothing of the JVM and allocates nothing per operation. It looks at
 * memory through byte buffers that each begin at a gigabyte and reach over the next one, because
 * the JVM copies out of buffers without leaving Java.
 */
final class NativeSlice {
  private static final int STRIDE_BITS = 30;
  private static final long STRIDE = 1L << STRIDE_BITS;

  /** No address that is ever asked for, and yet one that a buffer can begin at. */
  private static final long LOWEST_ADDRESS = 8;

  /** Buffers by where they begin. They own nothing: a map that has moved leaves unused ones. */
  private static final ConcurrentMap<Long, ByteBuffer> WINDOWS = new ConcurrentHashMap<>();

  /** Bytes of the structure in which LMDB answers with a size and an address. */
  private static final int ANSWER_BYTES = 16;

  private static final ByteBuffer NO_ANSWER = ByteBuffer.allocate(0);

  private final Pointer scratch;
  private long address;
  private int size;
  private long windowBegin;
  private ByteBuffer window;
  private long answerAddress = LOWEST_ADDRESS;
  private ByteBuffer answer = NO_ANSWER;

  NativeSlice(int capacity) {
    scratch =
        Runtime.getSystemRuntime().getMemoryManager().allocateDirect(Math.max(capacity, 1), false);
    address = scratch.address();
    windowBegin = begin(address);
    window = window(windowBegin);
  }

  private static long begin(long address) {
    return Math.max(LOWEST_ADDRESS, address >>> STRIDE_BITS << STRIDE_BITS);
  }

  private static ByteBuffer window(long begin) {
    return Objects.requireNonNull(
        WINDOWS.computeIfAbsent(
            begin, at -> MemoryIO.getInstance().newDirectByteBuffer(at, Integer.MAX_VALUE)));
  }

  /** Where a byte lies in the window. */
  private int at(int index) {
    long offset = address - windowBegin;
    if (offset < 0 || offset >= STRIDE) {
      windowBegin = begin(address);
      window = window(windowBegin);
      offset = address - windowBegin;
    }
    return (int) offset + index;
  }

  long address() {
    return address;
  }

  int size() {
    return size;
  }

  void point(long newAddress, int newSize) {
    address = newAddress;
    size = newSize;
  }

  /**
   * The structure at an address in which LMDB answers; it is at the same one time after time, and a
   * buffer is a quicker way to look at it than the pointer.
   */
  ByteBuffer answer(long structure) {
    if (answerAddress != structure) {
      answerAddress = structure;
      answer =
          MemoryIO.getInstance()
              .newDirectByteBuffer(structure, ANSWER_BYTES)
              .order(ByteOrder.nativeOrder());
    }
    return answer;
  }

  byte byteAt(int index) {
    int at = at(index);
    return window.get(at);
  }

  /** Eight bytes, the highest one first. */
  long longAt(int index) {
    int at = at(index);
    return window.getLong(at);
  }

  void read(int index, byte[] target, int offset, int length) {
    int at = at(index);
    window.get(at, target, offset, length);
  }

  byte[] copy(int index, int length) {
    byte[] bytes = new byte[length];
    read(index, bytes, 0, length);
    return bytes;
  }

  void write(int index, byte[] source, int offset, int length) {
    int at = at(index);
    window.put(at, source, offset, length);
  }

  void writeByte(int index, int value) {
    int at = at(index);
    window.put(at, (byte) value);
  }

  /** Points back at the scratch memory with the given number of bytes in use. */
  void useScratch(int bytes) {
    address = scratch.address();
    size = bytes;
  }
}
