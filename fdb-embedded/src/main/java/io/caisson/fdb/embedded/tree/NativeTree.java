package io.caisson.fdb.embedded.tree;

import org.lmdbjava.Meta;

/** Loads LMDB's native library. Stateless. */
public final class NativeTree {
  private NativeTree() {}

  /**
   * Loads the library if that has not happened yet.
   *
   * @return LMDB's version
   */
  public static String load() {
    Meta.Version version = Meta.version();
    return version.major + "." + version.minor + "." + version.patch;
  }
}
