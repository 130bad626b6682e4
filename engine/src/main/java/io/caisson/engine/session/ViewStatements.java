package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewSettings;
import io.caisson.engine.schedule.Maintenance;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.catalog.ViewChanges;
import io.caisson.plan.Plan;
import io.caisson.sql.Statement;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** CREATE [OR REPLACE] and ALTER MATERIALIZED VIEW. For one thread. */
final class ViewStatements {
  private final SessionServices services;
  private final DefinitionStatements definitions;
  private final Cancellation cancellation;

  ViewStatements(
      SessionServices services, DefinitionStatements definitions, Cancellation cancellation) {
    this.services = services;
    this.definitions = definitions;
    this.cancellation = cancellation;
  }

  Result create(Statement.CreateView create) {
    var definition =
        new ViewDefinition(
            0,
            create.name(),
            create.columns(),
            create.lateColumns(),
            create.query(),
            definitions.ids(create.inputs()),
            create.settings());
    if (create.replace()) {
      replace(definition, create.plan());
    } else {
      Optional<ViewDefinition> created = definitions.store(definition, create.ifNotExists());
      created.ifPresent(view -> services.views().created(view, create.plan()));
    }
    return new CommandResult("CREATE " + definition.kind());
  }

  /**
   * Builds a view beside the one of its name and waits until it has taken its place. What fails or
   * is cancelled before leaves the old one; what a crash interrupts goes on at the next start.
   */
  private void replace(ViewDefinition definition, Plan plan) {
    var changes = new ViewChanges(services.catalog());
    ViewDefinition made =
        services.runner().run(transaction -> changes.beginReplacement(transaction, definition));
    Maintenance maintenance = services.views().maintenance();
    try {
      services.views().created(made, plan);
      maintenance.control().awaitReplaced(made.id(), cancellation);
    } catch (CaissonException e) {
      if (e.state() != SqlState.CLOSED) {
        abandon(made);
      }
      throw e;
    }
  }

  private void abandon(ViewDefinition made) {
    Optional<Long> dropped =
        services
            .runner()
            .run(
                transaction ->
                    services
                        .catalog()
                        .read(transaction)
                        .find(made.id())
                        .filter(object -> object.name().equals(made.name()))
                        .map(object -> services.catalog().drop(transaction, object.name()).id()));
    dropped.ifPresent(services.views()::dropped);
  }

  Result alter(Statement.AlterView alter) {
    ViewDefinition view = alter.view();
    if (view != null) {
      switch (alter.command()) {
        case PAUSE -> pause(view);
        case RESUME -> {
          alter(view, settings -> settings.withPaused(false));
          services.views().maintenance().control().resume(view.id());
        }
      }
    }
    return new CommandResult("ALTER MATERIALIZED VIEW");
  }

  private void pause(ViewDefinition view) {
    Maintenance maintenance = services.views().maintenance();
    long version = services.runner().read(transaction -> transaction.getReadVersion().join());
    maintenance.control().pause(view.id(), version, cancellation);
    try {
      alter(view, settings -> settings.withPaused(true));
    } catch (CaissonException e) {
      maintenance.control().resume(view.id());
      throw e;
    }
  }

  private void alter(ViewDefinition view, UnaryOperator<ViewSettings> change) {
    var changes = new ViewChanges(services.catalog());
    ViewDefinition unused =
        services.runner().run(transaction -> changes.alter(transaction, view.name(), change));
  }
}
