package io.caisson.fdb.embedded.tree;

import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * A run of native bytes that LMDB reads from or has answered with: an address and a size, and
 * scratch memory of its own for those that are filled from Java. One thread at a time.
 *
 * <p>lmdbjava's ByteBuffer proxies reach into the JDK by reflection and so need {@code
 * --add-opens}; this one asks nothing of the JVM and allocates nothing per operation.
 */
final class NativeSlice {
  /** All of native memory, from address zero. */
  private static final Pointer MEMORY = Pointer.wrap(Runtime.getSystemRuntime(), 0L);

  private final Pointer scratch;
  private long address;
  private int size;

  NativeSlice(int capacity) {
    scratch =
        Runtime.getSystemRuntime().getMemoryManager().allocateDirect(Math.max(capacity, 1), false);
    address = scratch.address();
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

  byte byteAt(int index) {
    return MEMORY.getByte(address + index);
  }

  long longAt(int index) {
    long value = MEMORY.getLong(address + index);
    return java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.BIG_ENDIAN
        ? value
        : Long.reverseBytes(value);
  }

  void read(int index, byte[] target, int offset, int length) {
    MEMORY.get(address + index, target, offset, length);
  }

  byte[] copy(int index, int length) {
    byte[] bytes = new byte[length];
    MEMORY.get(address + index, bytes, 0, length);
    return bytes;
  }

  void write(int index, byte[] source, int offset, int length) {
    MEMORY.put(address + index, source, offset, length);
  }

  void writeByte(int index, int value) {
    MEMORY.putByte(address + index, (byte) value);
  }

  /** Points back at the scratch memory with the given number of bytes in use. */
  void useScratch(int bytes) {
    address = scratch.address();
    size = bytes;
  }
}
