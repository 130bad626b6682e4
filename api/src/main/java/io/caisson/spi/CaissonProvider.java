package io.caisson.spi;

import io.caisson.Caisson;
import io.caisson.CaissonOptions;
import java.nio.file.Path;

/** Opens stores for {@link Caisson}. Found through {@link java.util.ServiceLoader}; thread-safe. */
public interface CaissonProvider {
  /** Opens the store in a directory, making it where there is none. */
  Caisson open(Path directory, CaissonOptions options);

  /** Connects to a FoundationDB cluster. */
  Caisson connect(Path clusterFile, CaissonOptions options);
}
