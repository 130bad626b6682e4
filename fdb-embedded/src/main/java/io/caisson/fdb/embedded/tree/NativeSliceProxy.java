package io.caisson.fdb.embedded.tree;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.BufferProxy;

/** Teaches lmdbjava to pass {@link NativeSlice}s in and out. Stateless. */
final class NativeSliceProxy extends BufferProxy<NativeSlice> {
  static final NativeSliceProxy INSTANCE = new NativeSliceProxy();

  private NativeSliceProxy() {}

  @Override
  protected NativeSlice allocate() {
    return new NativeSlice(0);
  }

  @Override
  protected void deallocate(NativeSlice slice) {
    // Scratch memory is freed with its owner by the garbage collector.
  }

  @Override
  protected byte[] getBytes(NativeSlice slice) {
    return slice.copy(0, slice.size());
  }

  @Override
  protected Comparator<NativeSlice> getSignedComparator() {
    return getUnsignedComparator();
  }

  @Override
  protected Comparator<NativeSlice> getUnsignedComparator() {
    return (left, right) -> Arrays.compareUnsigned(getBytes(left), getBytes(right));
  }

  @Override
  @SuppressWarnings(
      "NullAway") // lmdbjava keeps what is returned reachable during the call; there is nothing to
  // keep
  protected @Nullable Pointer in(NativeSlice slice, Pointer pointer) {
    pointer.putLong(STRUCT_FIELD_OFFSET_SIZE, slice.size());
    pointer.putAddress(STRUCT_FIELD_OFFSET_DATA, slice.address());
    return null;
  }

  @Override
  @SuppressWarnings("NullAway") // as above
  protected @Nullable Pointer in(NativeSlice slice, int size, Pointer pointer) {
    pointer.putLong(STRUCT_FIELD_OFFSET_SIZE, size);
    pointer.putAddress(STRUCT_FIELD_OFFSET_DATA, slice.address());
    return null;
  }

  @Override
  protected NativeSlice out(NativeSlice slice, Pointer pointer) {
    ByteBuffer answer = slice.answer(pointer.address());
    slice.point(
        answer.getLong(STRUCT_FIELD_OFFSET_DATA), (int) answer.getLong(STRUCT_FIELD_OFFSET_SIZE));
    return slice;
  }
}
