package io.caisson.sql.run;

import io.caisson.function.external.JavaAggregate;
import io.caisson.sql.runtime.Accumulator;
import io.caisson.sql.runtime.AggregateFunction;
import io.caisson.sql.validate.ElementValues;
import io.caisson.sql.validate.ExternalAggregate;
import io.caisson.type.TypeKind;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate in Java over rows of Calcite's runtime. It takes them in an order, as in a view.
 * Immutable.
 *
 * @param aggregate the aggregate
 * @param given the types of its arguments as they are called with
 */
record ExternalRows(JavaAggregate aggregate, List<TypeKind> given) implements AggregateFunction {
  private static final long STATE_BYTES = 1_000;

  static ExternalRows of(ExternalAggregate function, List<RelDataType> arguments) {
    JavaAggregate aggregate = function.chosen(arguments);
    return new ExternalRows(aggregate, ExternalAggregate.given(aggregate, arguments));
  }

  @Override
  public Accumulator start() {
    return new Rows(aggregate.start(given));
  }

  @Override
  public boolean takesNulls() {
    return false;
  }

  @Override
  public boolean ordered() {
    return true;
  }

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public long stateBytes() {
    return STATE_BYTES;
  }

  /** The rows of one group. For one thread. */
  private final class Rows implements Accumulator {
    private final JavaAggregate.Running running;

    Rows(JavaAggregate.Running running) {
      this.running = running;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
      Object[] values = new Object[arguments.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = Objects.requireNonNull(ElementValues.toElement(arguments[i], given.get(i)));
      }
      running.accumulate(values);
    }

    @Override
    public @Nullable Object result() {
      return ElementValues.fromElement(running.result(), aggregate.signature().result().kind());
    }
  }
}
