package io.caisson.dataflow.arrangement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockCorruptionTest {
  private final MemoryBlocks blocks = new MemoryBlocks();
  private final Arrangement arrangement = Arrangement.empty(blocks);
  private final Run run = storedRun();

  private Run storedRun() {
    var buffer = new RowBuffer();
    for (int i = 0; i < 30_000; i++) {
      buffer.appendLong(i);
      buffer.appendDouble(i * 0.1);
      buffer.endRow(1);
    }
    arrangement.add(SortedRows.of(buffer));
    NewRun made = arrangement.beginCheckpoint(blocks.newId());
    blocks.write(made);
    made.complete();
    return arrangement.runs().get(0);
  }

  @BeforeEach
  void thereAreSeveralBlocks() {
    assertThat(run.blocks()).isGreaterThan(3);
    assertThat(count()).isEqualTo(30_000);
  }

  @Test
  void aChangedByteIsFoundOutWhereverItIs() {
    byte[] good = blocks.read(run.id(), 1);
    for (int i = 0; i < good.length; i += i < good.length - 40 ? 37 : 1) {
      byte[] bad = good.clone();
      bad[i] ^= 0x10;
      blocks.put(run.id(), 1, bad);
      assertDamaged(this::count);
    }
    blocks.put(run.id(), 1, good);
    assertThat(count()).isEqualTo(30_000);
  }

  @Test
  void aTruncatedBlockIsFoundOut() {
    byte[] good = blocks.read(run.id(), 0);
    for (int length : new int[] {0, 1, 8, 9, 100, good.length - 1}) {
      blocks.put(run.id(), 0, Arrays.copyOf(good, length));
      assertDamaged(this::count);
    }
  }

  @Test
  void aBlockInTheWrongPlaceIsFoundOut() {
    blocks.put(run.id(), 2, blocks.read(run.id(), 1));
    assertDamaged(this::count);
  }

  @Test
  void aDamagedDescriptionOfARunIsFoundOut() {
    byte[] good = run.toBytes();
    assertThat(Run.fromBytes(good)).hasToString(run.toString());
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      assertDamaged(() -> Run.fromBytes(bad));
    }
    assertDamaged(() -> Run.fromBytes(new byte[3]));
    assertDamaged(() -> Run.fromBytes(Arrays.copyOf(good, good.length - 7)));
  }

  private int count() {
    int rows = 0;
    try (Snapshot snapshot = arrangement.snapshot()) {
      Cursor cursor = snapshot.cursor();
      for (boolean more = cursor.first(); more; more = cursor.next()) {
        rows++;
      }
    }
    return rows;
  }

  private static void assertDamaged(ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> {
              assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED);
              assertThat(e.hint()).isNotNull();
            });
  }
}
