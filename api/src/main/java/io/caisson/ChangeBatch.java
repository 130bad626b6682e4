package io.caisson;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes that follow one another. Those of one moment may come in several batches; the last of
 * them has the token. Immutable.
 *
 * @param changes the changes; none where the batch says only how far things have come
 * @param token up to where all has been told with this batch: what can be acknowledged, and behind
 *     which one can go on; null where more of the same moment is to come
 */
public record ChangeBatch(List<Change> changes, @Nullable String token) {
  /** Copies the list. */
  public ChangeBatch {
    changes = List.copyOf(changes);
  }
}
