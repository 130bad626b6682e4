package io.caisson.model.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a collection, in the order of ids. Immutable.
 *
 * @param documents the documents
 * @param next behind which id the next piece begins, or null where this was the last
 */
public record DocumentPage(List<StoredDocument> documents, @Nullable String next) {
  /** Copies the list. */
  public DocumentPage {
    documents = List.copyOf(documents);
  }
}
