package io.caisson.model.catalog;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.function.UnaryOperator;

/** Changes of subscriptions in the catalog. Thread-safe. */
public final class SubscriptionChanges {
  private final CatalogStore store;

  /** Changes of the subscriptions of a catalog. */
  public SubscriptionChanges(CatalogStore store) {
    this.store = store;
  }

  /**
   * Changes a subscription.
   *
   * @throws CaissonException UNDEFINED_NAME, if it is gone
   */
  public SubscriptionDefinition alter(
      Transaction transaction, String name, UnaryOperator<SubscriptionDefinition> change) {
    Catalog catalog = store.read(transaction);
    if (catalog.objects().get(name) instanceof SubscriptionDefinition before) {
      SubscriptionDefinition after = change.apply(before);
      store.put(transaction, after);
      store.changeVersion(transaction, catalog);
      return after;
    }
    throw new CaissonException(
        SqlState.UNDEFINED_NAME, "subscription \"" + name + "\" does not exist");
  }
}
