package io.caisson.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.MemoryBlocks;
import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.operator.AggregateSpec.Function;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AggregateOperatorTest {
  private static final List<SqlType> TYPES = List.of(SqlType.of(TypeKind.BIGINT));
  private static final AggregateSpec COUNT =
      new AggregateSpec(Function.COUNT, OptionalInt.empty(), OptionalInt.empty());
  private static final AggregateSpec SUM =
      new AggregateSpec(Function.SUM, OptionalInt.of(0), OptionalInt.empty());
  private static final AggregateSpec AVG =
      new AggregateSpec(Function.AVG, OptionalInt.of(0), OptionalInt.empty());

  private final MemoryBlocks blocks = new MemoryBlocks();

  private Circuit circuit(List<Integer> groups, AggregateSpec... specs) {
    return circuit(TYPES, groups, specs);
  }

  private Circuit circuit(List<SqlType> types, List<Integer> groups, AggregateSpec... specs) {
    var circuit = new CircuitBuilder();
    Relation rows = circuit.input(types, true);
    return circuit
        .result(rows.aggregate(groups, List.of(specs)))
        .build(name -> Arrangement.empty(blocks));
  }

  private static StepOutput step(Circuit circuit, Batch... batches) {
    for (Batch batch : batches) {
      circuit.process(0, batch);
    }
    return circuit.endStep();
  }

  private static Batch batch(long... values) {
    return Batch.insertsOf(
        new Columns(List.of(new LongColumn(values, null, values.length)), values.length));
  }

  @Test
  void withoutGroupsThereIsOneRowBeforeAnyInput() {
    Circuit circuit = circuit(List.of(), COUNT, SUM);
    StepOutput first = circuit.initialize();
    Columns rows = circuit.rowCodec().decode(first.rows());
    assertThat(rows.size()).isEqualTo(1);
    assertThat(((LongColumn) rows.column(0)).value(0)).isZero();
    assertThat(rows.column(1).isNull(0)).isTrue();
    assertThat(circuit.initialize().isEmpty()).isTrue();
  }

  @Test
  void withGroupsThereIsNoRowBeforeAnyInput() {
    assertThat(circuit(List.of(0), COUNT).initialize().isEmpty()).isTrue();
  }

  @Test
  void sumOutOfRangeIsAnErrorOnlyIfItStaysSo() {
    Circuit circuit = circuit(List.of(), SUM);
    StepOutput output =
        step(circuit, batch(Long.MAX_VALUE, Long.MAX_VALUE), batch(-Long.MAX_VALUE));
    Columns rows = circuit.rowCodec().decode(output.rows());
    assertThat(((LongColumn) rows.column(0)).value(0)).isEqualTo(Long.MAX_VALUE);
    circuit.process(0, batch(1));
    assertThatThrownBy(circuit::endStep)
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.NUMERIC_OUT_OF_RANGE));
  }

  @Test
  void averageDoesNotOverflow() {
    Circuit circuit = circuit(List.of(), AVG);
    StepOutput output = step(circuit, batch(Long.MIN_VALUE, Long.MIN_VALUE));
    Columns rows = circuit.rowCodec().decode(output.rows());
    assertThat(((DoubleColumn) rows.column(0)).value(0)).isEqualTo(-0x1p63);
  }

  @Test
  void aStepReportsOnlyWhatChanged() {
    Circuit circuit = circuit(List.of(0), COUNT);
    assertThat(step(circuit, batch(1, 2, 2)).rows().size()).isEqualTo(2);
    StepOutput second = step(circuit, batch(2));
    assertThat(second.rows().size()).isEqualTo(2);
    assertThat(second.rows().weight(0)).isEqualTo(-1);
    assertThat(second.rows().weight(1)).isEqualTo(1);
  }

  @Test
  void manyGroupsInOneStepAndFewInTheNext() {
    Circuit circuit = circuit(List.of(0), COUNT, SUM);
    long[] values = new long[200_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 31L % 100_000;
    }
    assertThat(step(circuit, batch(values)).rows().size()).isEqualTo(100_000);
    assertThat(step(circuit, batch(5, 6)).rows().size()).isEqualTo(4);
    assertThat(circuit.memoryBytes()).isPositive();
  }

  @Test
  void sumOfTextIsRefused() {
    assertThatThrownBy(() -> circuit(List.of(SqlType.of(TypeKind.TEXT)), List.of(), SUM))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED));
  }
}
