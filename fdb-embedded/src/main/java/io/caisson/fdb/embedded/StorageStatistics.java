package io.caisson.fdb.embedded;

/**
 * The measured shape of the B+ tree.
 *
 * @param entries keys
 * @param depth levels
 * @param branchPages pages of inner nodes
 * @param leafPages pages of leaves
 * @param overflowPages pages of values too long for a leaf
 * @param pageSize bytes of a page
 * @param mapBytes address space reserved for the file
 * @param usedBytes bytes up to the last used page, reusable pages inside included
 * @param fileBytes length of the file
 */
public record StorageStatistics(
    long entries,
    int depth,
    long branchPages,
    long leafPages,
    long overflowPages,
    int pageSize,
    long mapBytes,
    long usedBytes,
    long fileBytes) {
  /** Bytes of all pages in use. */
  public long treeBytes() {
    return (branchPages + leafPages + overflowPages) * pageSize;
  }
}
