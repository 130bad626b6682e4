package io.caisson.tests;

import io.caisson.Caisson;
import io.caisson.Database;
import io.caisson.fdb.embedded.fault.FaultPlan;
import io.caisson.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fresh database for one test: in a temporary directory that goes when it is closed, or, where
 * the environment variable {@value #CLUSTER_FILE} names one, on a cluster. For one thread.
 */
public final class TestStore implements AutoCloseable {
  /** Where the tests find a cluster to run on. */
  public static final String CLUSTER_FILE = "FDB_CLUSTER_FILE";

  private static final @Nullable String CLUSTER = System.getenv(CLUSTER_FILE);

  private final TemporaryDirectory directory = TemporaryDirectory.create();
  private final String databaseName;
  private final Clock clock;
  private Caisson caisson;

  /** Opens a store that holds nothing. */
  public TestStore() {
    this(Clock.system());
  }

  /** The same with a clock of the test's own, which a cluster does not look at. */
  public TestStore(Clock clock) {
    this.clock = clock;
    databaseName =
        CLUSTER == null ? "test" : "test_" + UUID.randomUUID().toString().replace('-', '_');
    caisson = open();
  }

  /** The database. */
  public Database database() {
    return caisson.database(databaseName);
  }

  /** Closes the store and opens it again, as a restart of the process would. */
  public void reopen() {
    caisson.close();
    caisson = open();
  }

  /**
   * The same, with faults of the store from then on until it is opened again; a cluster has its
   * own.
   *
   * @param faults {@code seed,rate}
   */
  public void reopenWithFaults(String faults) {
    caisson.close();
    String before = System.getProperty(FaultPlan.PROPERTY);
    System.setProperty(FaultPlan.PROPERTY, faults);
    try {
      caisson = open();
    } finally {
      if (before == null) {
        System.clearProperty(FaultPlan.PROPERTY);
      } else {
        System.setProperty(FaultPlan.PROPERTY, before);
      }
    }
  }

  private Caisson open() {
    return CLUSTER == null ? Caisson.open(directory.path(), clock) : Caisson.connect(CLUSTER);
  }

  @Override
  public void close() {
    caisson.close();
    directory.close();
  }
}
