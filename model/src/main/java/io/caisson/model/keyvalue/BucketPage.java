package io.caisson.model.keyvalue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a bucket, in the order of keys. Immutable.
 *
 * @param entries the entries, those that are over included
 * @param next behind which key the next piece begins, or null where this was the last
 */
public record BucketPage(List<BucketEntry> entries, byte @Nullable [] next) {
  /** Copies the list. */
  public BucketPage {
    entries = List.copyOf(entries);
  }
}
