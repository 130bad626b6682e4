package io.caisson.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.column.ColumnsBuilder;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.MemoryBlocks;
import io.caisson.dataflow.arrangement.NewRun;
import io.caisson.dataflow.arrangement.Run;
import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.operator.OverSpec.Call;
import io.caisson.dataflow.operator.OverSpec.Function;
import io.caisson.dataflow.operator.OverSpec.SortColumn;
import io.caisson.function.window.Frame;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A change of a long partition costs the rows that see it, not the partition. */
class OverReachTest {
  private static final SqlType BIGINT = SqlType.of(TypeKind.BIGINT);
  private static final int ROWS = 60_000;

  @Test
  void rowMoreReadsTheBlocksOfItsNeighboursOnly() {
    var lag = new Call(Function.LAG, OptionalInt.of(1), 2, Frame.of(Frame.Unit.ROWS, 0, 0));
    var moving = new Call(Function.SUM, OptionalInt.of(1), 0, Frame.of(Frame.Unit.ROWS, 10, 3));
    assertThat(blocksRead(lag, ROWS + 1)).isLessThanOrEqualTo(2);
    assertThat(blocksRead(moving, ROWS / 2)).isLessThanOrEqualTo(3);
  }

  @Test
  void functionOfAllRowsBeforeReadsThePartition() {
    var running =
        new Call(Function.SUM, OptionalInt.of(1), 0, Frame.of(Frame.Unit.ROWS, Frame.ALL, 0));
    assertThat(blocksRead(running, ROWS + 1)).isGreaterThan(10);
  }

  /** How many blocks of a stored partition are read when a row comes to a place in it. */
  private static int blocksRead(Call call, long place) {
    var blocks = new MemoryBlocks();
    Set<Integer> read = new HashSet<>();
    var spec =
        new OverSpec(
            List.of(),
            List.of(new SortColumn(0, false, false)),
            List.of(call),
            OptionalLong.empty());
    var builder = new CircuitBuilder();
    Relation rows = builder.input(List.of(BIGINT, BIGINT), true);
    Circuit circuit =
        builder
            .result(rows.over(spec, List.of(BIGINT, BIGINT, BIGINT), null))
            .build(
                name ->
                    Arrangement.empty(
                        (run, block) -> {
                          read.add(block);
                          return blocks.read(run, block);
                        }));
    long[] times = new long[ROWS];
    Arrays.setAll(times, i -> 2L * i);
    circuit.process(0, batch(times));
    circuit.endStep();
    var runs = new ArrayList<NewRun>(circuit.beginCheckpoint(blocks::newId).values());
    for (NewRun run : runs) {
      List<Run> unused = blocks.write(run);
      run.complete();
    }
    read.clear();
    circuit.process(0, batch(2 * place + 1));
    StepOutput change = circuit.endStep();
    assertThat(change.isEmpty()).isFalse();
    return read.size();
  }

  private static Batch batch(long... times) {
    var builder = new ColumnsBuilder(List.of(BIGINT, BIGINT));
    for (int i = 0; i < times.length; i++) {
      builder.column(0).addLong(times[i]);
      builder.column(1).addLong(times[i] % 7);
    }
    return Batch.insertsOf(builder.build());
  }
}
