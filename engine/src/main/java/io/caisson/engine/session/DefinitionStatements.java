package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.FunctionDefinition;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.sql.Statement;
import java.util.Collection;
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

  Result createPlainView(Statement.CreatePlainView create) {
    PlainViewDefinition given = create.definition();
    var definition =
        new PlainViewDefinition(
            0, given.name(), given.columns(), given.query(), ids(create.inputs()));
    if (create.replace()) {
      PlainViewDefinition unused =
          services.runner().run(transaction -> services.catalog().replace(transaction, definition));
      return new CommandResult("CREATE VIEW");
    }
    return create(definition, create.ifNotExists());
  }

  List<Long> ids(Collection<String> names) {
    return names.stream()
        .flatMap(name -> catalog.find(name).stream())
        .map(CatalogObject::id)
        .toList();
  }

  /** Stores a definition; empty where there was one of that name and that is fine. */
  <T extends CatalogObject> Optional<T> store(T definition, boolean ifNotExists) {
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

  Result createFunction(Statement.CreateFunction create) {
    services
        .runner()
        .run(
            transaction -> {
              services.catalog().createFunction(transaction, create.function(), create.replace());
              return create;
            });
    return new CommandResult("CREATE " + create.function().kind().name());
  }

  Result dropFunction(Statement.DropFunction drop) {
    FunctionDefinition function = drop.function();
    if (function != null) {
      services
          .runner()
          .run(
              transaction -> {
                services.catalog().dropFunctions(transaction, List.of(function));
                return drop;
              });
    }
    return new CommandResult("DROP " + drop.kind().name());
  }

  Result comment(Statement.Comment comment) {
    services
        .runner()
        .run(
            transaction -> {
              services.catalog().comment(transaction, comment.place(), comment.text());
              return comment;
            });
    return new CommandResult("COMMENT");
  }

  Result drop(Statement.Drop drop) {
    CatalogObject object = drop.object();
    if (object == null) {
      return new CommandResult("DROP");
    }
    if (object instanceof SubscriptionDefinition subscription) {
      services.subscriptions().active().checkIdle(subscription);
    }
    CatalogObject dropped =
        services.runner().run(transaction -> services.catalog().drop(transaction, drop.name()));
    if (dropped instanceof ViewDefinition) {
      services.views().dropped(dropped.id());
    }
    if (dropped instanceof SubscriptionDefinition subscription
        && catalog.find(subscription.source()).orElse(null) instanceof ViewDefinition view) {
      if (view.rowsOfTable()) {
        new PassingView(services, catalog).drop(view);
      } else {
        services.views().endLog(view.id());
      }
    }
    return new CommandResult("DROP " + dropped.kind());
  }
}
