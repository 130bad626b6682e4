package io.caisson.fdb.embedded.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.kenai.jffi.MemoryIO;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageCopyTest {
  private static final int PAGE = 4_096;

  @TempDir private Path directory;

  /** A value of no length lies where its key ends, which may be the end of the tree's file. */
  @Test
  void nothingIsReadBehindTheEndOfTheFile() throws IOException {
    try (FileChannel file =
        FileChannel.open(
            directory.resolve("tree"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      MappedByteBuffer map = file.map(FileChannel.MapMode.READ_WRITE, 0, 2L * PAGE);
      map.put(PAGE - 1, (byte) 7);
      file.truncate(PAGE);
      long address = MemoryIO.getInstance().getDirectBufferAddress(map);
      var slice = new NativeSlice(1);
      var copy = new PageCopy();
      slice.point(address + PAGE, 0);
      assertThat(copy.copy(slice, 0, 0)).isEmpty();
      slice.point(address + PAGE - 1, 1);
      assertThat(copy.copy(slice, 0, 1)).containsExactly(7);
    }
  }
}
