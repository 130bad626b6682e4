package io.caisson.engine.session;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Locale;

/** Objects that programs ask for by name. Stateless. */
public final class NamedObjects {
  private NamedObjects() {}

  /**
   * The object of a name.
   *
   * @param kind of what class it must be
   * @param word what that is called
   * @throws CaissonException 42P01 where there is none, 42809 where it is something else
   */
  public static <T extends CatalogObject> T find(
      Catalog catalog, String name, Class<T> kind, String word) {
    CatalogObject object =
        catalog
            .find(name)
            .orElseThrow(
                () ->
                    new CaissonException(
                            SqlState.UNDEFINED_OBJECT, word + " \"" + name + "\" does not exist")
                        .withHint("create it with CREATE " + word.toUpperCase(Locale.ROOT)));
    if (kind.isInstance(object)) {
      return kind.cast(object);
    }
    throw new CaissonException(
        SqlState.WRONG_OBJECT_TYPE,
        "\"" + name + "\" is a " + object.kind() + ", not a " + word.toUpperCase(Locale.ROOT));
  }

  /**
   * The stream of a name that takes rows.
   *
   * @throws CaissonException as {@link #find} does, and 42809 for a changelog
   */
  public static StreamDefinition appendable(Catalog catalog, String name) {
    StreamDefinition stream = find(catalog, name, StreamDefinition.class, "stream");
    if (stream.changelogOf().isPresent()) {
      throw new CaissonException(
              SqlState.WRONG_OBJECT_TYPE, "cannot append to changelog \"" + name + "\"")
          .withHint("It is written by the changes of its table.");
    }
    return stream;
  }
}
