package io.caisson.engine.session;

/**
 * A statement was prepared against definitions that its transaction does not see: it has to be
 * prepared again. Never leaves the session.
 */
final class CatalogMoved extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CatalogMoved() {
    super("the definitions have changed", null, false, false);
  }
}
