package io.caisson.engine.document;

import io.caisson.DocumentCollection;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.engine.scope.Scope;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.document.DocumentStore;
import java.util.function.Supplier;

/**
 * The collections of a database. Thread-safe.
 *
 * @param store where documents are kept
 * @param catalog the definitions
 * @param ids ids for documents that come without one
 */
public record Collections(DocumentStore store, CatalogStore catalog, Supplier<String> ids) {
  /** The collection of a definition, whose changes go where the scope says. */
  public DocumentCollection open(CollectionDefinition definition, Scope scope) {
    return new OpenCollection(this, definition, scope);
  }
}
