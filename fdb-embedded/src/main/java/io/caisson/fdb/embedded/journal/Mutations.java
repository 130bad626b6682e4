package io.caisson.fdb.embedded.journal;

/**
 * What commits do to the tree, in the order in which they do it, with stamps filled in and atomic
 * operations worked out: doing it again to the same tree gives the same tree. Implementations say
 * which thread may call them.
 */
public interface Mutations {
  /** Ignores them. */
  Mutations NONE =
      new Mutations() {
        @Override
        public void put(byte[] key, byte[] value) {}

        @Override
        public void delete(byte[] key) {}

        @Override
        public void clear(byte[] begin, byte[] end) {}

        @Override
        public void note(byte[] name, byte[] value) {}
      };

  /** Stores a value. */
  void put(byte[] key, byte[] value);

  /** Removes a key. */
  void delete(byte[] key);

  /** Removes all keys of a range. */
  void clear(byte[] begin, byte[] end);

  /** Stores one of the engine's own notes. */
  void note(byte[] name, byte[] value);
}
