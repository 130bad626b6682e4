package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ViewDefinition;
import io.caisson.sql.Statement;
import java.util.List;
import java.util.Optional;

/** CREATE and DROP. */
final class DefinitionStatements {
  private final SessionServices services;
  private final Catalog catalog;

  DefinitionStatements(SessionServices services, Catalog catalog) {
    this.services = services;
    this.catalog = catalog;
  }

  <T extends CatalogObject> Result create(T definition, boolean ifNotExists) {
    var unused = store(definition, ifNotExists);
    return new CommandResult("CREATE " + definition.kind());
  }

  Result createView(Statement.CreateView create) {
    List<Long> inputs =
        create.inputs().stream()
            .flatMap(input -> catalog.find(input).stream())
            .map(CatalogObject::id)
            .toList();
    var definition =
        new ViewDefinition(
            0, create.name(), create.columns(), create.lateColumns(), create.query(), inputs);
    Optional<ViewDefinition> created = store(definition, create.ifNotExists());
    created.ifPresent(view -> services.views().created(view, create.plan()));
    return new CommandResult("CREATE " + definition.kind());
  }

  /** Stores a definition; empty where there was one of that name and that is fine. */
  private <T extends CatalogObject> Optional<T> store(T definition, boolean ifNotExists) {
    return services
        .runner()
        .run(
            transaction -> {
              boolean exists =
                  ifNotExists
                      && services.catalog().read(transaction).find(definition.name()).isPresent();
              return exists
                  ? Optional.<T>empty()
                  : Optional.of(services.catalog().create(transaction, definition));
            });
  }

  Result drop(Statement.Drop drop) {
    CatalogObject object = drop.object();
    if (object == null) {
      return new CommandResult("DROP");
    }
    CatalogObject dropped =
        services.runner().run(transaction -> services.catalog().drop(transaction, drop.name()));
    if (dropped instanceof ViewDefinition) {
      services.views().dropped(dropped.id());
    }
    return new CommandResult("DROP " + dropped.kind());
  }
}
