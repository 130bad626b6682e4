package io.caisson.engine.stream;

import io.caisson.ResultColumn;
import io.caisson.StreamWriter;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Columns;
import io.caisson.model.stream.AppendResult;
import io.caisson.model.stream.Producer;
import io.caisson.model.stream.ProducerStore;
import io.caisson.model.stream.StreamLog;
import io.caisson.model.transaction.TransactionRunner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Appends to a stream, the producer's sequence in the same transaction. For one thread at a time.
 */
public final class ProducerWriter implements StreamWriter {
  private final StreamDefinition stream;
  private final String producer;
  private final TransactionRunner runner;
  private final StreamLog log;
  private long lastSequence = -1;
  private String lastNote = "";

  /** A writer that goes on where the producer's last one ended. */
  public ProducerWriter(
      StreamDefinition stream,
      String producer,
      TransactionRunner runner,
      StreamLog log,
      ProducerStore producers) {
    this.stream = stream;
    this.producer = producer;
    this.runner = runner;
    this.log = log;
    Optional<Producer> last =
        runner.read(transaction -> producers.last(transaction.snapshot(), stream.id(), producer));
    last.ifPresent(
        known -> remember(known.sequence(), new String(known.payload(), StandardCharsets.UTF_8)));
  }

  private void remember(long sequence, String note) {
    lastSequence = sequence;
    lastNote = note;
  }

  @Override
  public List<ResultColumn> columns() {
    return stream.columns().stream()
        .map(column -> new ResultColumn(column.name(), column.type()))
        .toList();
  }

  @Override
  public long lastSequence() {
    return lastSequence;
  }

  @Override
  public String lastNote() {
    return lastNote;
  }

  @Override
  public boolean append(Columns rows, long sequence, String note) {
    var append = new Producer(producer, sequence, note.getBytes(StandardCharsets.UTF_8));
    AppendResult result = runner.run(transaction -> log.append(transaction, stream, rows, append));
    if (!result.duplicate()) {
      remember(sequence, note);
    }
    return !result.duplicate();
  }

  @Override
  public void close() {}
}
