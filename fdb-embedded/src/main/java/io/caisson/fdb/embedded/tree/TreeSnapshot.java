package io.caisson.fdb.embedded.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.lmdbjava.Env;
import org.lmdbjava.Txn;

/**
 * The tree as one commit has left it, held so that it can be brought to disk while further commits
 * go on, and be gone back to.
 *
 * <pre>
 *   page 0   meta: … magic, …, root of free list, root of tree, last page, transaction  (even ones)
 *   page 1   meta: the same of the                                                       odd ones
 *   page 2…  branches, leaves, long values, the list of free pages as a tree of its own
 * </pre>
 *
 * <p>Why one can go back to it. A transaction never writes over a page of the tree or of the free
 * list that the commit before it shows: it writes a copy elsewhere, and adds the number of the old
 * page to the free list under its own number (mdb_page_touch, mdb_freelist_save). It takes pages
 * from there only out of entries whose number is lower than every reader's (mdb_page_alloc,
 * mdb_find_oldest). So while a reader is open on commit S, all pages that the commits after S have
 * freed, those of S among them, stay as they are; whatever else is written goes to pages that S
 * counts as free or that lie behind its end. Only the two meta pages are written in place. When S
 * was synced, the file and the meta pages as they were at S are therefore the state of S, whatever
 * the later commits have brought to disk of their pages and of the meta pages: LMDB opens the meta
 * page with the higher transaction, which is S's again after they are put back. What S-1's meta
 * page points to does not matter; it is there because LMDB reads both.
 *
 * <p>The reader is never read through, so it may stay open while the map moves: ending it touches
 * its place in the table of readers only. Any thread may close it, before the tree is closed.
 */
public final class TreeSnapshot implements AutoCloseable {
  private static final int MAGIC_OFFSET = 16;
  private static final int MAGIC = 0xbeefc0de;
  private static final int META_PAGES = 2;

  private final Txn<NativeSlice> reader;
  private final byte[] metaPages;

  private TreeSnapshot(Txn<NativeSlice> reader, byte[] metaPages) {
    this.reader = reader;
    this.metaPages = metaPages;
  }

  static TreeSnapshot take(Env<NativeSlice> environment, Path file) throws IOException {
    Txn<NativeSlice> reader = environment.txnRead();
    try {
      fillUp(environment, file);
      return new TreeSnapshot(reader, read(file, META_PAGES * environment.stat().pageSize));
    } catch (IOException failure) {
      reader.close();
      throw failure;
    }
  }

  /**
   * Makes the file as long as its meta page says: it is shorter when the last pages were taken and
   * given back by one transaction. Only between commits.
   */
  static void fillUp(Env<NativeSlice> environment, Path file) throws IOException {
    long end = (environment.info().lastPageNumber + 1) * environment.stat().pageSize;
    if (Files.size(file) < end) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.allocate(1), end - 1);
      }
    }
  }

  private static byte[] read(Path file, int bytes) throws IOException {
    ByteBuffer pages = ByteBuffer.allocate(bytes);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (pages.hasRemaining()) {
        if (channel.read(pages, pages.position()) < 0) {
          throw new IOException(file + " ends within its first pages");
        }
      }
    }
    return pages.array();
  }

  /** LMDB's meta pages as they were. */
  public byte[] metaPages() {
    return metaPages.clone();
  }

  /**
   * Makes a file that nobody has open show the state whose meta pages these are.
   *
   * @throws IOException also if the file is not one of LMDB's
   */
  public static void restore(Path file, byte[] metaPages) throws IOException {
    ByteBuffer present = ByteBuffer.wrap(read(file, metaPages.length));
    present.order(ByteOrder.nativeOrder());
    int page = metaPages.length / META_PAGES;
    if (present.getInt(MAGIC_OFFSET) != MAGIC || present.getInt(page + MAGIC_OFFSET) != MAGIC) {
      throw new IOException(file + " does not begin with the pages of a tree");
    }
    ByteBuffer pages = ByteBuffer.wrap(metaPages);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      while (pages.hasRemaining()) {
        channel.write(pages, pages.position());
      }
    }
  }

  /** Lets go: its pages may be used again. */
  @Override
  public void close() {
    reader.close();
  }
}
