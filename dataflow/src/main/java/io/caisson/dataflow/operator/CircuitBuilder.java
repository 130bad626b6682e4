package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Circuit}: {@link #input} begins, the methods of {@link Relation} go on, and the
 * relation named by {@link #result} becomes the view's rows. A builder may build any number of
 * circuits, each over its own arrangements. For one thread.
 *
 * <pre>
 *   input 0 ──▶ filter ──▶ join ──▶ aggregate ──▶ rows
 *   input 1 ───────────────▲
 * </pre>
 */
public final class CircuitBuilder {
  /** The name of the arrangement of the view's rows. */
  public static final String ROWS = "rows";

  /** The name of the arrangement of the view's late rows. */
  public static final String LATE = "late";

  /** The name of the arrangement of the rows that expressions failed on. */
  public static final String ERRORS = "errors";

  /**
   * Where rows go that leave a circuit by a side exit.
   *
   * @param late those that are too late, or null where none can be
   * @param errors those that an expression fails on, or null where they are not kept
   */
  record Exits(@Nullable ArrangeOperator late, @Nullable ArrangeOperator errors) {}

  /** Makes an operator with one input, when all that comes behind it is known. */
  @FunctionalInterface
  interface UnaryMaker {
    UnaryOperator make(int number, ArrangementOpener opener, Exits exits);
  }

  /** Makes an operator with two inputs. */
  @FunctionalInterface
  interface BinaryMaker {
    BinaryOperator make(int number, ArrangementOpener opener);
  }

  /** How a relation comes about. */
  private sealed interface Origin {
    record Input() implements Origin {}

    record Unary(Relation source, UnaryMaker maker) implements Origin {}

    record Binary(Relation left, Relation right, BinaryMaker maker) implements Origin {}

    record Union(Relation left, Relation right) implements Origin {}
  }

  private final List<Relation> relations = new ArrayList<>();
  private final List<Origin> origins = new ArrayList<>();
  private @Nullable Relation result;
  private @Nullable List<SqlType> lateTypes;
  private @Nullable List<SqlType> errorTypes;

  /** A builder of a circuit without inputs so far. */
  public CircuitBuilder() {}

  /** Adds an input; inputs are numbered from 0 in the order in which they are added. */
  public Relation input(List<SqlType> types, boolean appendOnly) {
    return add(new Origin.Input(), types, appendOnly);
  }

  /** Says which relation the view's rows are. */
  public CircuitBuilder result(Relation relation) {
    checkOwn(relation);
    result = relation;
    return this;
  }

  Relation unary(Relation source, List<SqlType> types, boolean appendOnly, UnaryMaker maker) {
    checkOwn(source);
    return add(new Origin.Unary(source, maker), types, appendOnly);
  }

  Relation binary(
      Relation left, Relation right, List<SqlType> types, boolean appendOnly, BinaryMaker maker) {
    checkOwn(left);
    checkOwn(right);
    return add(new Origin.Binary(left, right, maker), types, appendOnly);
  }

  Relation union(Relation left, Relation right) {
    checkOwn(left);
    checkOwn(right);
    return add(
        new Origin.Union(left, right), left.types(), left.appendOnly() && right.appendOnly());
  }

  /** How many relations there are so far. */
  public int size() {
    return relations.size();
  }

  /** Makes the place for the late rows of all windows, before the first one that has any. */
  public CircuitBuilder lateRows(List<SqlType> types) {
    lateTypes = List.copyOf(types);
    return this;
  }

  /** Makes the place for the rows that expressions fail on. */
  public CircuitBuilder errorRows(List<SqlType> types) {
    errorTypes = List.copyOf(types);
    return this;
  }

  private Relation add(Origin origin, List<SqlType> types, boolean appendOnly) {
    var relation = new Relation(this, relations.size(), types, appendOnly);
    relations.add(relation);
    origins.add(origin);
    return relation;
  }

  private void checkOwn(Relation relation) {
    if (relation.circuit() != this) {
      throw new IllegalArgumentException("a relation of another circuit");
    }
  }

  /** The circuit over the arrangements that the opener gives. */
  public Circuit build(ArrangementOpener opener) {
    if (result == null) {
      throw new IllegalStateException("the circuit has no result");
    }
    return new Assembly(opener, result).circuit();
  }

  /**
   * One circuit being wired, from its end to its inputs: a relation is made after everything that
   * reads it.
   */
  private final class Assembly {
    private final Map<String, Arrangement> arrangements = new LinkedHashMap<>();
    private final ArrangementOpener opener;
    private final List<List<Output>> readers = new ArrayList<>();
    private final List<Circuit.Stage> stages = new ArrayList<>();
    private final List<Output> inputs = new ArrayList<>();
    private final ArrangeOperator rows;
    private final Exits exits;
    private final Meters meters = new Meters(relations.size());

    Assembly(ArrangementOpener opener, Relation result) {
      this.opener = name -> record(name, opener);
      rows = new ArrangeOperator(result.types(), this.opener.open(ROWS));
      exits = new Exits(arranged(lateTypes, LATE), arranged(errorTypes, ERRORS));
      relations.forEach(relation -> readers.add(new ArrayList<>()));
      readers.get(result.number()).add(rows);
    }

    private @Nullable ArrangeOperator arranged(@Nullable List<SqlType> types, String name) {
      return types == null ? null : new ArrangeOperator(types, opener.open(name));
    }

    private Arrangement record(String name, ArrangementOpener source) {
      Arrangement arrangement = source.open(name);
      if (arrangements.put(name, arrangement) != null) {
        throw new IllegalStateException("two arrangements named " + name);
      }
      return arrangement;
    }

    Circuit circuit() {
      for (int number = relations.size() - 1; number >= 0; number--) {
        wire(number, FanOut.to(readers.get(number)));
      }
      Collections.reverse(stages);
      Collections.reverse(inputs);
      return new Circuit(inputs, stages, new Circuit.End(rows, exits, meters), arrangements);
    }

    private void wire(int number, Output next) {
      Origin origin = origins.get(number);
      if (origin instanceof Origin.Input) {
        inputs.add(meters.input(number, next));
      } else if (origin instanceof Origin.Unary unary) {
        Meters.Meter meter = meters.of(number);
        Output out = meter.counting(next);
        UnaryOperator operator = unary.maker().make(number, opener, exits);
        operator.state().forEach(meter::remembers);
        stages.add(new Circuit.Stage(operator, out, meter));
        read(unary.source(), meter.timing(batch -> operator.process(batch, out)));
      } else if (origin instanceof Origin.Binary binary) {
        Meters.Meter meter = meters.of(number);
        Output out = meter.counting(next);
        BinaryOperator operator = binary.maker().make(number, opener);
        operator.state().forEach(meter::remembers);
        stages.add(new Circuit.Stage(operator, out, meter));
        read(binary.left(), meter.timing(batch -> operator.processLeft(batch, out)));
        read(binary.right(), meter.timing(batch -> operator.processRight(batch, out)));
      } else if (origin instanceof Origin.Union union) {
        Output counted = meters.input(number, next);
        read(union.left(), counted);
        read(union.right(), counted);
      }
    }

    private void read(Relation relation, Output reader) {
      readers.get(relation.number()).add(reader);
    }
  }
}
