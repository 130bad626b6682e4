package io.caisson.engine.schedule;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.engine.view.InputForm;
import io.caisson.engine.view.RowPage;
import io.caisson.engine.view.StreamSlice;
import org.jspecify.annotations.Nullable;

/** Where maintenance reads what views are made of. For the maintenance thread. */
public interface InputSource extends InputForm {
  /** A store version that all commits acknowledged before the call are within. */
  long readVersion();

  /**
   * Reads what a stream gained after one version up to another, or less where that is much; at
   * least one version's worth.
   *
   * @param stream the stream, or the log of a table as one
   * @param after the version up to which it was read before
   * @param through the version to read to
   */
  StreamSlice read(StreamDefinition stream, long after, long through);

  /**
   * Reads a piece of a table, or of what is like one, as it stands.
   *
   * @param table the table
   * @param after the key behind which to begin, or null for the beginning
   */
  RowPage page(CatalogObject table, byte @Nullable [] after);
}
