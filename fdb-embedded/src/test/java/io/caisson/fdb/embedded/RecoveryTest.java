package io.caisson.fdb.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.fdb.embedded.StoreOpenException.Reason;
import io.caisson.fdb.embedded.journal.DiskEvents;
import io.caisson.fdb.embedded.tree.TreeFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journal and checkpoints as one sees them from outside, and what happens when they fail. */
final class RecoveryTest {
  private static final EmbeddedOptions RELAXED =
      EmbeddedOptions.defaults().withDurability(Durability.RELAXED);
  private static final EmbeddedOptions MEMORY =
      EmbeddedOptions.defaults().withDurability(Durability.MEMORY);

  @TempDir private Path home;

  /** Fails when told to, and keeps count. */
  private static final class Disk implements DiskEvents {
    private volatile @Nullable String fullBeforeWrite;
    private volatile @Nullable String failedSync;
    private volatile int failures;
    private volatile boolean treeFails;
    private volatile boolean treeSyncFails;
    private volatile Runnable betweenSteps = () -> {};
    private volatile long syncs;

    @Override
    public void beforeJournalWrite(int file, long from, long to) throws IOException {
      if (fullBeforeWrite != null) {
        throw new IOException(fullBeforeWrite);
      }
      betweenSteps.run();
    }

    @Override
    public void journalWritten(int file, long from, long to) throws IOException {
      betweenSteps.run();
      int left = failures;
      if (failedSync != null && left > 0) {
        failures = left - 1;
        throw new IOException(failedSync);
      }
    }

    @Override
    public synchronized void journalSynced(int file, long end) {
      syncs = syncs + 1;
      betweenSteps.run();
    }

    @Override
    public void beforeTreeSync() {
      if (treeSyncFails) {
        throw TreeFailure.of(new IllegalStateException("Input/output error"));
      }
    }

    @Override
    public void beforeTreeCommit() {
      if (treeFails) {
        throw new IllegalStateException("the tree fails");
      }
    }
  }

  private static JournalLimits limits(DiskEvents events) {
    return new JournalLimits(32 << 20, 32 << 20, Duration.ofMinutes(1), events);
  }

  private Path data() {
    return home.resolve("data");
  }

  private static void set(EmbeddedDatabase database, String key, String value) {
    database.run(
        transaction -> {
          transaction.set(key.getBytes(UTF_8), value.getBytes(UTF_8));
          return 0;
        });
  }

  /** A commit that clears a range goes into the tree before it is answered. */
  private static void setAtOnce(EmbeddedDatabase database, String key, String value) {
    database.run(
        transaction -> {
          transaction.clear("x".getBytes(UTF_8), "y".getBytes(UTF_8));
          transaction.set(key.getBytes(UTF_8), value.getBytes(UTF_8));
          return 0;
        });
  }

  private static @Nullable String get(EmbeddedDatabase database, String key) {
    byte[] value = database.read(transaction -> transaction.get(key.getBytes(UTF_8)).join());
    return value == null ? null : new String(value, UTF_8);
  }

  /** The directory as the death of the process would leave it. */
  private Path afterKill(String name) {
    Path copy = home.resolve(name);
    try (Stream<Path> files = Files.list(data())) {
      Files.createDirectories(copy);
      for (Path file : files.toList()) {
        String fileName = String.valueOf(file.getFileName());
        if (!fileName.contains("lock")) {
          Files.copy(file, copy.resolve(fileName));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return copy;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static void assertCode(int code, ThrowingCallable commit) {
    assertThatThrownBy(commit)
        .rootCause()
        .isInstanceOfSatisfying(
            EmbeddedException.class, failure -> assertThat(failure.getCode()).isEqualTo(code));
  }

  @Test
  void closedDirectoryHoldsTheTreeAlone() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data())) {
      set(database, "a", "1");
      assertThat(names(data()))
          .contains("caisson.checkpoint", "caisson.journal-0", "caisson.journal-1");
    }
    assertThat(names(data()))
        .containsExactly("caisson-format", "caisson.lock", "caisson.store", "caisson.store-lock");
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data())) {
      assertThat(get(database, "a")).isEqualTo("1");
    }
  }

  @Test
  void directoryOfTheFormerFormatOpens() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data(), MEMORY)) {
      set(database, "a", "1");
    }
    Path format = data().resolve("caisson-format");
    Files.writeString(format, "caisson embedded store, format 1\n");
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data())) {
      assertThat(get(database, "a")).isEqualTo("1");
      set(database, "b", "2");
      assertThat(format).hasContent("caisson embedded store, format 2");
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data())) {
      assertThat(get(database, "a")).isEqualTo("1");
      assertThat(get(database, "b")).isEqualTo("2");
    }
  }

  @Test
  void everyDurabilityRecoversWhatAnotherLeft() {
    Path copy;
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data(), RELAXED)) {
      for (int i = 0; i < 100; i++) {
        set(database, "key" + i, "value" + i);
      }
      copy = afterKill("killed");
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(copy, MEMORY)) {
      assertThat(get(database, "key99")).isEqualTo("value99");
      set(database, "key99", "newer");
      assertThat(database.statistics().entries()).isEqualTo(100);
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(copy)) {
      assertThat(get(database, "key0")).isEqualTo("value0");
      assertThat(get(database, "key99")).isEqualTo("newer");
    }
  }

  @Test
  void versionsGoOnAfterARecovery() {
    Path copy;
    long version;
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data())) {
      set(database, "a", "1");
      version = database.read(transaction -> transaction.getReadVersion().join());
      copy = afterKill("killed");
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(copy)) {
      assertThat(database.<Long>read(transaction -> transaction.getReadVersion().join()))
          .isGreaterThan(version);
    }
  }

  @Test
  void damagedCheckpointIsSaidSo() throws Exception {
    Path copy;
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data())) {
      set(database, "a", "1");
      copy = afterKill("killed");
    }
    Path file = copy.resolve("caisson.checkpoint");
    byte[] bytes = Files.readAllBytes(file);
    bytes[1_000] ^= 1;
    Files.write(file, bytes);
    assertDamaged(copy, "caisson.checkpoint");
    bytes[1_000] ^= 1;
    Files.write(file, bytes);
    byte[] tree = Files.readAllBytes(copy.resolve("caisson.store"));
    Files.writeString(copy.resolve("caisson.store"), "garbage ".repeat(10_000));
    assertDamaged(copy, "does not begin with");
    Files.delete(copy.resolve("caisson.store"));
    assertDamaged(copy, "no tree");
    Files.write(copy.resolve("caisson.store"), tree);
    try (EmbeddedDatabase database = EmbeddedDatabase.open(copy)) {
      assertThat(get(database, "a")).isEqualTo("1");
    }
  }

  private static void assertDamaged(Path directory, String message) {
    assertThatThrownBy(() -> EmbeddedDatabase.open(directory))
        .isInstanceOfSatisfying(
            StoreOpenException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.DAMAGED))
        .hasMessageContaining(message);
  }

  @Test
  void fullDiskUnderTheJournalStopsWritersUntilThereIsRoom() {
    Disk disk = new Disk();
    try (EmbeddedDatabase database =
        EmbeddedDatabase.open(data(), EmbeddedOptions.defaults(), limits(disk))) {
      set(database, "a", "1");
      disk.fullBeforeWrite = "No space left on device";
      assertThatThrownBy(() -> set(database, "a", "2"))
          .hasRootCauseInstanceOf(StoreFullException.class);
      assertThat(get(database, "a")).isEqualTo("1");
      disk.fullBeforeWrite = null;
      set(database, "b", "2");
      Path copy = afterKill("killed");
      try (EmbeddedDatabase recovered = EmbeddedDatabase.open(copy)) {
        assertThat(get(recovered, "a")).isEqualTo("1");
        assertThat(get(recovered, "b")).isEqualTo("2");
      }
    }
  }

  @Test
  void failedSyncTakesTheRecordBack() {
    Disk disk = new Disk();
    try (EmbeddedDatabase database =
        EmbeddedDatabase.open(data(), EmbeddedOptions.defaults(), limits(disk))) {
      set(database, "a", "1");
      disk.failures = 1;
      disk.failedSync = "Input/output error";
      assertCode(1510, () -> set(database, "a", "2"));
      assertRecovers("killed", "1");
      set(database, "a", "3");
      assertRecovers("again", "3");
    }
  }

  @Test
  void failedTreeTakesTheRecordBack() {
    Disk disk = new Disk();
    try (EmbeddedDatabase database =
        EmbeddedDatabase.open(data(), EmbeddedOptions.defaults(), limits(disk))) {
      set(database, "a", "1");
      disk.treeFails = true;
      assertCode(1510, () -> setAtOnce(database, "a", "2"));
      assertThat(get(database, "a")).isEqualTo("1");
      assertRecovers("killed", "1");
      disk.treeFails = false;
      set(database, "a", "3");
      assertRecovers("again", "3");
    }
  }

  @Test
  void whatTheTreeDoesNotTakeStaysInTheJournal() {
    Disk disk = new Disk();
    int stored = 2;
    try (EmbeddedDatabase database =
        EmbeddedDatabase.open(data(), EmbeddedOptions.defaults(), limits(disk))) {
      setAtOnce(database, "a", "1");
      disk.treeFails = true;
      set(database, "a", "2"); // answered by the journal
      while (stored < 100_000 && canSet(database, "a", String.valueOf(stored + 1))) {
        stored++;
      }
      assertCode(1510, () -> set(database, "a", "more"));
      assertThat(get(database, "a")).isEqualTo(String.valueOf(stored));
      assertRecovers("killed", String.valueOf(stored));
      disk.treeFails = false;
      set(database, "a", String.valueOf(++stored));
      assertRecovers("again", String.valueOf(stored));
      disk.treeFails = true;
      set(database, "a", String.valueOf(++stored));
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data())) {
      assertThat(get(database, "a")).isEqualTo(String.valueOf(stored));
    }
  }

  @Test
  void failedSyncOfTheTreeEndsCommitsAndTheJournalHasThemAll() {
    Disk disk = new Disk();
    JournalLimits small = new JournalLimits(16 << 10, 32 << 20, Duration.ofMinutes(1), disk);
    int stored = 0;
    try (EmbeddedDatabase database =
        EmbeddedDatabase.open(data(), EmbeddedOptions.defaults(), small)) {
      disk.treeSyncFails = true;
      while (stored < 100 && canSet(database, "a", String.valueOf(stored))) {
        stored++;
      }
      assertThat(stored).isBetween(1, 99);
      disk.treeSyncFails = false;
      // The kernel may have dropped the pages that failed: a sync that succeeds now proves nothing.
      assertCode(1510, () -> set(database, "a", "more"));
      assertThat(get(database, "a")).isEqualTo(String.valueOf(stored - 1));
      assertRecovers("killed", String.valueOf(stored - 1));
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data())) {
      assertThat(get(database, "a")).isEqualTo(String.valueOf(stored - 1));
      set(database, "a", "more");
    }
  }

  private void assertRecovers(String name, String value) {
    try (EmbeddedDatabase recovered = EmbeddedDatabase.open(afterKill(name))) {
      assertThat(get(recovered, "a")).isEqualTo(value);
    }
  }

  @Test
  void recordThatCannotBeTakenBackIsAnUnknownResultAndTheLastOne() {
    Disk disk = new Disk();
    try (EmbeddedDatabase database =
        EmbeddedDatabase.open(data(), EmbeddedOptions.defaults(), limits(disk))) {
      set(database, "a", "1");
      disk.failures = 2;
      disk.failedSync = "Input/output error";
      CompletableFuture<Void> commit;
      try (var transaction = database.createTransaction()) {
        transaction.set("a".getBytes(UTF_8), "2".getBytes(UTF_8));
        commit = transaction.commit();
        assertCode(1021, commit::join);
      }
      assertCode(1510, () -> set(database, "a", "3"));
      assertThat(get(database, "a")).isEqualTo("1");
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data())) {
      assertThat(get(database, "a")).isIn("1", "2");
    }
  }

  @Test
  void commitsStopWhereNoCheckpointCanBeWrittenAndGoOnWhenOneCan() throws Exception {
    JournalLimits small =
        new JournalLimits(16 << 10, 32 << 20, Duration.ofMinutes(1), DiskEvents.NONE);
    try (EmbeddedDatabase database =
        EmbeddedDatabase.open(data(), EmbeddedOptions.defaults(), small)) {
      Path inTheWay = Files.createDirectory(data().resolve("caisson.checkpoint.new"));
      int[] stored = {0};
      assertThatThrownBy(
              () -> {
                while (stored[0] < 100) {
                  set(database, "a", String.valueOf(stored[0]++));
                }
              })
          .hasStackTraceContaining("checkpoints, which fail");
      assertThat(stored[0]).isGreaterThan(10);
      assertThat(get(database, "a")).isEqualTo(String.valueOf(stored[0] - 2));
      assertRecoversWithout(inTheWay, String.valueOf(stored[0] - 2));
      await(() -> canSet(database, "b", "1"));
    }
  }

  private void assertRecoversWithout(Path inTheWay, String value) throws IOException {
    Files.delete(inTheWay);
    assertRecovers("killed", value);
  }

  private static boolean canSet(EmbeddedDatabase database, String key, String value) {
    try {
      set(database, key, value);
      return true;
    } catch (RuntimeException refused) {
      return false;
    }
  }

  @Test
  void nobodyReadsWhatIsNotDurable() {
    Disk disk = new Disk();
    int[] looks = {0};
    try (EmbeddedDatabase database =
        EmbeddedDatabase.open(data(), EmbeddedOptions.defaults(), limits(disk))) {
      for (int i = 0; i < 20; i++) {
        String before = get(database, "a");
        disk.betweenSteps =
            () -> {
              looks[0]++;
              String seen =
                  CompletableFuture.supplyAsync(() -> String.valueOf(get(database, "a"))).join();
              if (!seen.equals(String.valueOf(before))) {
                throw new IllegalStateException("saw " + seen + " instead of " + before);
              }
            };
        if (i % 2 == 0) {
          set(database, "a", String.valueOf(i));
        } else {
          setAtOnce(database, "a", String.valueOf(i));
        }
        assertThat(get(database, "a")).isEqualTo(String.valueOf(i));
      }
      disk.betweenSteps = () -> {};
    }
    assertThat(looks[0]).isEqualTo(60);
  }

  @Test
  void relaxedCommitsAreSyncedSoon() throws Exception {
    Disk disk = new Disk();
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data(), RELAXED, limits(disk))) {
      set(database, "a", "1");
      set(database, "a", "2");
      long before = disk.syncs;
      await(() -> disk.syncs > 0);
      assertThat(before).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void idleDatabaseMakesACheckpoint() throws Exception {
    JournalLimits soon =
        new JournalLimits(32 << 20, 32 << 20, Duration.ofMillis(50), DiskEvents.NONE);
    try (EmbeddedDatabase database =
        EmbeddedDatabase.open(data(), EmbeddedOptions.defaults(), soon)) {
      set(database, "a", "1");
      await(() -> database.metrics().checkpoints() >= 2);
      StoreMetrics metrics = database.metrics();
      assertThat(metrics.journalBytes()).isEqualTo(4_096);
      assertThat(metrics.checkpointNanos()).isPositive();
      assertThat(Objects.requireNonNull(get(database, "a"))).isEqualTo("1");
    }
  }

  @Test
  void fileStaysBoundedUnderReplacement() {
    JournalLimits small =
        new JournalLimits(1 << 20, 1 << 20, Duration.ofMinutes(1), DiskEvents.NONE);
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data(), RELAXED, small)) {
      for (int i = 0; i < 4_000; i++) {
        set(database, "key" + i * 7 % 100, "x".repeat(1_000));
      }
      assertThat(database.metrics().checkpoints()).isGreaterThan(10);
      assertThat(database.statistics().fileBytes()).isLessThan(8 << 20);
    }
  }
}
