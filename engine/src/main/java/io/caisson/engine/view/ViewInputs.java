package io.caisson.engine.view;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.dataflow.operator.Circuit;
import io.caisson.engine.state.TableProgress;
import io.caisson.engine.state.ViewProgress;
import io.caisson.model.stream.LogBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a view reads, in the order of its circuit's inputs, and how many rows of each it has taken
 * in. Under the maintenance lock, except where a method says otherwise.
 */
final class ViewInputs {
  private final List<ViewInput> inputs;
  private final long[] taken;

  /** Inputs that go on where a view's state was left. */
  ViewInputs(List<CatalogObject> objects, InputForm form, ViewProgress progress) {
    inputs = objects.stream().map(object -> input(object, form)).toList();
    if (!progress.watermark().isEmpty()) {
      int at = 0;
      for (ViewInput input : inputs) {
        at = input.restore(progress.watermark(), at);
      }
    }
    taken = new long[inputs.size()];
    for (int i = 0; i < progress.rows().size(); i++) {
      taken[i] = progress.rows().get(i);
    }
  }

  private static ViewInput input(CatalogObject input, InputForm form) {
    return input instanceof StreamDefinition stream
        ? new StreamInput(stream, form)
        : new TableInput(input, form);
  }

  /** All of them. */
  List<ViewInput> all() {
    return inputs;
  }

  /** The table that an input is. */
  TableInput table(int input) {
    return (TableInput) inputs.get(input);
  }

  /** The logs: streams, and those of tables as streams; from any thread. */
  List<StreamDefinition> logs() {
    return inputs.stream().map(ViewInput::log).toList();
  }

  boolean isTable(int input) {
    return inputs.get(input) instanceof TableInput;
  }

  /** Whether the back-fill has read rows of an input, whose changes count from then on. */
  boolean begun(int input) {
    return inputs.get(input) instanceof TableInput table && table.begun();
  }

  /** How far the back-fill of each table has come. */
  List<RunningView.TableStatus> tables() {
    var found = new ArrayList<RunningView.TableStatus>();
    for (ViewInput input : inputs) {
      if (input instanceof TableInput table) {
        TableProgress read = table.progress();
        long rows = read == null ? 0 : read.rows();
        found.add(new RunningView.TableStatus(table.table(), rows, table.complete()));
      }
    }
    return found;
  }

  /** What has been read of each. */
  List<ViewReport.Input> read() {
    var read = new ArrayList<ViewReport.Input>();
    for (int i = 0; i < taken.length; i++) {
      ViewInput input = inputs.get(i);
      boolean complete = input instanceof TableInput table && table.complete();
      read.add(new ViewReport.Input(input.log().id(), taken[i], complete));
    }
    return read;
  }

  /** Lets a circuit take in blocks of logs; whether there were any. */
  boolean feed(Circuit circuit, List<List<LogBlock>> gained) {
    boolean any = false;
    for (int i = 0; i < gained.size(); i++) {
      for (LogBlock block : gained.get(i)) {
        circuit.process(i, inputs.get(i).batch(block));
        taken[i] += block.rows();
        any = true;
      }
      circuit.advance(i, inputs.get(i).watermark());
    }
    return any;
  }

  /** Lets a circuit take in what changed in the rows that were read of tables. */
  void feedReadRows(Circuit circuit, List<List<LogBlock>> gained) {
    for (int i = 0; i < gained.size(); i++) {
      for (LogBlock block : gained.get(i)) {
        circuit.process(i, table(i).ofReadRows(block));
        taken[i] += block.rows();
      }
    }
  }

  /** Lets a circuit take in a page of a table. */
  void feedPage(Circuit circuit, int input, RowPage page) {
    circuit.process(input, table(input).take(page));
    taken[input] += page.rows().size();
  }

  /** How many rows that came or went have been taken in. */
  long taken() {
    return Arrays.stream(taken).sum();
  }

  /** How many rows each has given. */
  List<Long> rows() {
    return Arrays.stream(taken).boxed().toList();
  }

  /** What the watermark trackers know. */
  List<Long> watermark() {
    var watermark = new ArrayList<Long>();
    inputs.forEach(input -> watermark.addAll(input.state()));
    return watermark;
  }
}
