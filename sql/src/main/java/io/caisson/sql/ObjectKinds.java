package io.caisson.sql;

import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.StatementSyntax.ObjectKind;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;

/** Whether objects are of the kinds that statements call them. Stateless. */
final class ObjectKinds {
  private ObjectKinds() {}

  /**
   * Fails where an object is not of the kind that a statement says.
   *
   * @param verb the statement's first words, for the hint
   */
  static void check(
      ObjectKind kind, CatalogObject object, SqlIdentifier name, String verb, SqlErrors errors) {
    boolean right =
        switch (kind) {
          case STREAM -> object instanceof StreamDefinition;
          case TABLE ->
              object instanceof TableDefinition || object instanceof RecordTableDefinition;
          case COLLECTION -> object instanceof CollectionDefinition;
          case BUCKET -> object instanceof BucketDefinition;
          case VIEW -> object instanceof PlainViewDefinition || object instanceof ViewDefinition;
          case MATERIALIZED_VIEW -> object instanceof ViewDefinition;
          case SUBSCRIPTION -> object instanceof SubscriptionDefinition;
          case INDEX -> false;
        };
    if (!right) {
      String wanted = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      throw wrong(object, wanted, name, errors)
          .withHint("Use " + verb + " " + object.kind() + " " + object.name() + ".");
    }
  }

  /** The error for an object of another kind than is wanted. */
  static CaissonException wrong(
      CatalogObject object, String wanted, SqlIdentifier name, SqlErrors errors) {
    return errors.at(
        SqlState.WRONG_OBJECT_TYPE,
        "\""
            + object.name()
            + "\" is a "
            + object.kind().toLowerCase(Locale.ROOT)
            + ", not a "
            + wanted,
        name.getParserPosition());
  }
}
