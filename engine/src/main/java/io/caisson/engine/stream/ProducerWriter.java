package io.caisson.engine.stream;

import io.caisson.ResultColumn;
import io.caisson.StreamWriter;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Columns;
import io.caisson.engine.scope.Scope;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.stream.AppendResult;
import io.caisson.model.stream.Producer;
import io.caisson.model.stream.ProducerStore;
import io.caisson.model.stream.StreamLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Appends to a stream, the producer's sequence in the same transaction. For one thread at a time.
 */
public final class ProducerWriter implements StreamWriter {
  private final StreamDefinition stream;
  private final String producer;
  private final Parts parts;
  private long lastSequence = -1;
  private String lastNote = "";

  /**
   * What writers work with.
   *
   * @param scope where their appends go
   * @param catalog says whether the stream is still there
   * @param log appends
   * @param producers knows each producer's last append
   * @param appended is told which rows were appended
   */
  public record Parts(
      Scope scope,
      CatalogStore catalog,
      StreamLog log,
      ProducerStore producers,
      Consumer<Columns> appended) {}

  /**
   * A writer that goes on where the producer's last one ended. Rows have the columns that the
   * stream has now; columns that come later hold what they were added with.
   */
  public ProducerWriter(StreamDefinition stream, String producer, Parts parts) {
    this.stream = stream;
    this.producer = producer;
    this.parts = parts;
    Optional<Producer> last =
        parts.scope().read(tr -> parts.producers().last(tr, stream.id(), producer));
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
  public boolean append(Columns given, long sequence, String note) {
    var append = new Producer(producer, sequence, note.getBytes(StandardCharsets.UTF_8));
    Optional<Columns> appended =
        parts
            .scope()
            .change(
                transaction -> {
                  checkStream(parts.catalog().read(transaction));
                  // Each try anew: a row is no older than its transaction.
                  Columns rows = parts.log().arriving(stream, given);
                  AppendResult result = parts.log().append(transaction, stream, rows, append);
                  return result.duplicate() ? Optional.empty() : Optional.of(rows);
                });
    if (appended.isPresent()) {
      parts.appended().accept(appended.get());
      remember(sequence, note);
    }
    return appended.isPresent();
  }

  /** A dropped stream takes no more rows; a change of its definition conflicts with the append. */
  private void checkStream(Catalog catalog) {
    if (catalog.objects().values().stream().noneMatch(object -> object.id() == stream.id())) {
      throw new CaissonException(
          SqlState.UNDEFINED_OBJECT, "stream \"" + stream.name() + "\" was dropped");
    }
  }

  @Override
  public void close() {}
}
