package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.after;
import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.hex;
import static io.caisson.fdb.embedded.conformance.Bytes.join;
import static io.caisson.fdb.embedded.conformance.Bytes.text;
import static io.caisson.fdb.embedded.conformance.Bytes.values;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Special keys, system keys, and the metadata version. */
final class SpecialKeysTest extends ConformanceTest {
  private static final byte[] READ_CONFLICTS =
      join(hex("ffff"), bytes("/transaction/read_conflict_range/"));
  private static final byte[] WRITE_CONFLICTS =
      join(hex("ffff"), bytes("/transaction/write_conflict_range/"));
  private static final byte[] CONFLICTING_KEYS =
      join(hex("ffff"), bytes("/transaction/conflicting_keys/"));
  private static final byte[] STATUS = join(hex("ffff"), bytes("/status/json"));
  private static final byte[] METADATA_VERSION = join(hex("ff"), bytes("/metadataVersion"));
  private static final byte[] SYSTEM_KEY = join(hex("ff02"), bytes("/caisson/conformance"));

  /** The bounds below this test's prefix, as name=value. */
  private List<String> bounds(Transaction transaction, byte[] module) {
    List<KeyValue> rows =
        transaction.getRange(Range.startsWith(join(module, prefix()))).asList().join();
    int skip = module.length + prefix().length;
    return rows.stream()
        .map(
            row ->
                text(Arrays.copyOfRange(row.getKey(), skip, row.getKey().length))
                    + "="
                    + text(row.getValue()))
        .toList();
  }

  @Test
  void readConflictsCanBeRead() {
    putAll("m", "p");
    Transaction transaction = begin();
    transaction.addReadConflictKey(key("foo"));
    transaction.addReadConflictRange(key("bar/"), key("bar0"));
    get(transaction, "k");
    assertThat(range(transaction, "l", "q")).hasSize(2);
    assertThat(bounds(transaction, READ_CONFLICTS))
        .containsExactly(
            "bar/=1", "bar0=0", "foo=1", "foo\u0000=0", "k=1", "k\u0000=0", "l=1", "q=0");
  }

  @Test
  void touchingReadConflictsAreOne() {
    Transaction transaction = begin();
    transaction.addReadConflictRange(key("a"), key("c"));
    transaction.addReadConflictRange(key("b"), key("d"));
    transaction.addReadConflictRange(key("d"), key("e"));
    assertThat(bounds(transaction, READ_CONFLICTS)).containsExactly("a=1", "e=0");
  }

  @Test
  void readConflictsAreThoseOfWhatWasLookedAt() {
    putAll("b", "d", "f", "h");
    Transaction transaction = begin();
    transaction.getRange(key("a"), key("z"), 2).asList().join();
    assertThat(bounds(transaction, READ_CONFLICTS)).containsExactly("a=1", "d\u0000=0");
    Transaction reverse = begin();
    reverse.getRange(key("a"), key("i"), 2, true).asList().join();
    assertThat(bounds(reverse, READ_CONFLICTS)).containsExactly("f=1", "i=0");
    Transaction up = begin();
    up.getKey(KeySelector.firstGreaterOrEqual(key("c")).add(1)).join();
    assertThat(bounds(up, READ_CONFLICTS)).containsExactly("c=1", "f\u0000=0");
    Transaction down = begin();
    down.getKey(KeySelector.lastLessThan(key("f"))).join();
    assertThat(bounds(down, READ_CONFLICTS)).containsExactly("d=1", "f=0");
    Transaction snapshot = begin();
    get(snapshot.snapshot(), "b");
    range(snapshot.snapshot(), "a", "z");
    assertThat(bounds(snapshot, READ_CONFLICTS)).isEmpty();
  }

  @Test
  void readConflictsLeaveOwnWritesOut() {
    putAll("a", "e");
    Transaction transaction = begin();
    transaction.set(key("b"), bytes("1"));
    transaction.clear(key("c"), key("d"));
    range(transaction, "a", "f");
    assertThat(bounds(transaction, READ_CONFLICTS))
        .containsExactly("a=1", "b=0", "b\u0000=1", "c=0", "d=1", "f=0");
  }

  @Test
  void writeConflictsCanBeRead() {
    Transaction transaction = begin();
    transaction.set(key("a"), bytes("1"));
    transaction.clear(key("c"), key("e"));
    transaction.addWriteConflictKey(key("g"));
    transaction.options().setNextWriteNoWriteConflictRange();
    transaction.set(key("i"), bytes("1"));
    transaction.mutate(MutationType.ADD, key("k"), bytes("1"));
    assertThat(bounds(transaction, WRITE_CONFLICTS))
        .containsExactly("a=1", "a\u0000=0", "c=1", "e=0", "g=1", "g\u0000=0", "k=1", "k\u0000=0");
  }

  @Test
  void conflictsCanBeReadWithoutReadingOwnWrites() {
    Transaction transaction = begin();
    transaction.options().setReadYourWritesDisable();
    get(transaction, "a");
    transaction.set(key("b"), bytes("1"));
    assertThat(bounds(transaction, READ_CONFLICTS)).containsExactly("a=1", "a\u0000=0");
    assertThat(bounds(transaction, WRITE_CONFLICTS)).containsExactly("b=1", "b\u0000=0");
  }

  @Test
  void keysThatConflictedAreReported() {
    Transaction transaction = begin();
    transaction.options().setReportConflictingKeys();
    get(transaction, "a");
    get(transaction, "b");
    range(transaction, "m", "p");
    put("b", "1");
    assertConflicts(transaction);
    assertThat(bounds(transaction, CONFLICTING_KEYS)).containsExactly("b=1", "b\u0000=0");
    Transaction second = begin();
    second.options().setReportConflictingKeys();
    range(second, "m", "p");
    put("n", "1");
    assertConflicts(second);
    assertThat(bounds(second, CONFLICTING_KEYS)).containsExactly("m=1", "p=0");
  }

  @Test
  void keysThatConflictedAreReportedOnRequestOnly() {
    Transaction transaction = begin();
    get(transaction, "b");
    put("b", "1");
    assertConflicts(transaction);
    assertThat(bounds(transaction, CONFLICTING_KEYS)).isEmpty();
  }

  @Test
  void statusIsJson() {
    String status =
        String.valueOf(text(database().<byte @Nullable []>read(read -> read.get(STATUS).join())));
    assertThat(status.strip()).startsWith("{").endsWith("}");
    assertThat(status).contains("\"client\"").contains("\"cluster\"");
  }

  @Test
  void keyOfNoModuleIsRefused() {
    byte[] nowhere = join(hex("ffff"), bytes("/no_such_module/x"));
    Transaction transaction = begin();
    assertFails(2113, () -> transaction.get(nowhere).join());
    assertFails(2113, () -> transaction.getRange(nowhere, after(nowhere)).asList().join());
    transaction.options().setSpecialKeySpaceRelaxed();
    assertThat(transaction.get(nowhere).join()).isNull();
    assertThat(transaction.getRange(nowhere, after(nowhere)).asList().join()).isEmpty();
  }

  @Test
  void rangeOverTwoModulesIsRefused() {
    Transaction transaction = begin();
    byte[] end = join(hex("ffff"), bytes("/transaction/read_conflict_range/z"));
    assertFails(2112, () -> transaction.getRange(STATUS, end).asList().join());
  }

  @Test
  void specialKeysAreNotWrittenByChance() {
    byte[] nowhere = join(hex("ffff"), bytes("/no_such_module/x"));
    Transaction transaction = begin();
    transaction.set(nowhere, bytes("1"));
    assertFails(2114, () -> transaction.commit().join());
    Transaction clear = begin();
    clear.clear(nowhere);
    assertFails(2114, () -> clear.commit().join());
    Transaction enabled = begin();
    enabled.options().setSpecialKeySpaceEnableWrites();
    enabled.set(nowhere, bytes("1"));
    assertFails(2115, () -> enabled.commit().join());
  }

  @Test
  void systemKeysAreReadAndWrittenOnRequestOnly() {
    Transaction reader = begin();
    reader.options().setReadSystemKeys();
    assertThat(reader.get(SYSTEM_KEY).join()).isNull();
    assertThat(reader.getRange(SYSTEM_KEY, after(SYSTEM_KEY)).asList().join()).isEmpty();
    reader.set(SYSTEM_KEY, bytes("1"));
    assertFails(2004, () -> reader.commit().join());
    Transaction writer = begin();
    writer.options().setAccessSystemKeys();
    writer.set(SYSTEM_KEY, bytes("1"));
    assertThat(writer.get(SYSTEM_KEY).join()).isEqualTo(bytes("1"));
    writer.commit().join();
    Transaction cleaner = begin();
    cleaner.options().setAccessSystemKeys();
    assertThat(values(cleaner.getRange(SYSTEM_KEY, after(SYSTEM_KEY)).asList().join()))
        .containsExactly("1");
    cleaner.clear(SYSTEM_KEY);
    cleaner.commit().join();
  }

  @Test
  void selectorsReachIntoTheSystemsKeysOnRequest() {
    Transaction transaction = begin();
    transaction.options().setReadSystemKeys();
    byte[] end = hex("ffff");
    assertThat(transaction.getKey(KeySelector.firstGreaterOrEqual(end)).join()).isEqualTo(end);
    assertThat(transaction.getKey(KeySelector.firstGreaterOrEqual(end).add(10)).join())
        .isEqualTo(end);
  }

  private byte @Nullable [] metadataVersion() {
    return database().<byte @Nullable []>read(read -> read.get(METADATA_VERSION).join());
  }

  @Test
  void metadataVersionIsTheStampOfItsLastWriter() {
    Transaction transaction = begin();
    transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, METADATA_VERSION, new byte[14]);
    CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
    transaction.commit().join();
    assertThat(metadataVersion()).isEqualTo(stamp.join());
    put("a", "1");
    assertThat(metadataVersion()).isEqualTo(stamp.join());
    assertThat(begin().snapshot().get(METADATA_VERSION).join()).isEqualTo(stamp.join());
  }

  @Test
  void metadataVersionIsWrittenAsAStampOnly() {
    Transaction set = begin();
    set.set(METADATA_VERSION, bytes("1"));
    assertFails(2000, () -> set.commit().join());
    Transaction add = begin();
    add.mutate(MutationType.ADD, METADATA_VERSION, new byte[14]);
    assertFails(2000, () -> add.commit().join());
    Transaction other = begin();
    other.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, METADATA_VERSION, new byte[15]);
    assertFails(2000, () -> other.commit().join());
    Transaction clear = begin();
    clear.clear(METADATA_VERSION);
    assertFails(2004, () -> clear.commit().join());
  }

  @Test
  void metadataVersionConflictsWithItsWriters() {
    Transaction transaction = begin();
    transaction.get(METADATA_VERSION).join();
    commit(
        writer ->
            writer.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, METADATA_VERSION, new byte[14]));
    assertConflicts(transaction);
  }

  @Test
  void ownMetadataVersionCannotBeRead() {
    Transaction transaction = begin();
    transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, METADATA_VERSION, new byte[14]);
    assertFails(1036, () -> transaction.get(METADATA_VERSION).join());
  }
}
