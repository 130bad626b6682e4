package io.caisson.engine;

import io.caisson.Caisson;
import io.caisson.CaissonOptions;
import io.caisson.Database;
import io.caisson.Session;
import io.caisson.fdb.embedded.EmbeddedDatabase;
import io.caisson.fdb.embedded.EmbeddedOptions;
import io.caisson.sql.SqlFrontEnd;
import io.caisson.time.Clock;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;

/** A process that makes {@link RandomChanges} until it is killed, and prints a line for each. */
final class ChangingProcess {
  private ChangingProcess() {}

  /** Begins to change the store in a directory, with chance from a seed. */
  public static void main(String[] arguments) {
    EmbeddedDatabase store =
        EmbeddedDatabase.open(Path.of(arguments[0]), EmbeddedOptions.defaults());
    var random = new SplittableRandom(Long.parseLong(arguments[1]));
    var sql = new SqlFrontEnd(Clock.system());
    try (Caisson caisson =
        new OpenStore(store, Optional.empty(), () -> sql, CaissonOptions.defaults())) {
      Database database = caisson.database("test");
      try (Session session = database.session()) {
        for (long change = 0; ; change++) {
          RandomChanges.one(database, session, random);
          System.out.println(change);
        }
      }
    }
  }
}
