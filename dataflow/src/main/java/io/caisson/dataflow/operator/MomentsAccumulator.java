package io.caisson.dataflow.operator;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.batch.Batch;
import io.caisson.function.aggregate.ExactMoments;
import io.caisson.type.DecimalForm;
import org.jspecify.annotations.Nullable;

/**
 * Variances, covariances and regressions. All sums are exact, see {@link ExactMoments}, so that
 * they take retractions and do not depend on the order of rows. For one thread.
 */
final class MomentsAccumulator implements Accumulator {
  private final AggregateSpec spec;
  private final boolean pairs;
  private final StepDoubles x = new StepDoubles();
  private final StepDoubles y = new StepDoubles();
  private final StepProducts squaresX = new StepProducts();
  private final StepProducts squaresY = new StepProducts();
  private final StepProducts products = new StepProducts();
  private final ExactMoments current;

  MomentsAccumulator(AggregateSpec spec) {
    this.spec = spec;
    this.pairs = spec.function().takesPairs();
    this.current = new ExactMoments(pairs);
  }

  @Override
  public void accumulate(Batch batch, int[] groups, GroupTable table) {
    grow(table.size());
    Column ys = batch.rows().column(spec.arguments().get(0));
    Column xs = pairs ? batch.rows().column(spec.arguments().get(1)) : ys;
    var counting = new CountingRows(spec, batch.rows());
    boolean all = counting.all();
    for (int row = 0; row < batch.size(); row++) {
      if (!all && !counting.counts(row)) {
        continue;
      }
      long weight = batch.weight(row);
      double valueX = number(xs, row);
      x.add(groups[row], valueX, weight);
      if (pairs) {
        addPair(groups[row], number(ys, row), valueX, weight);
      } else if (Double.isFinite(valueX)) {
        squaresX.add(groups[row], valueX, valueX, weight);
      }
    }
  }

  private void addPair(int group, double valueY, double valueX, long weight) {
    y.add(group, valueY, weight);
    if (Double.isFinite(valueX) && Double.isFinite(valueY)) {
      squaresX.add(group, valueX, valueX, weight);
      squaresY.add(group, valueY, valueY, weight);
      products.add(group, valueX, valueY, weight);
    }
  }

  private static double number(Column column, int row) {
    if (column instanceof DoubleColumn c) {
      return c.value(row);
    }
    if (column instanceof LongColumn c) {
      return c.value(row);
    }
    var c = (BytesColumn) column;
    return DecimalForm.decode(c.bytes(), c.start(row), c.length(row)).doubleValue();
  }

  private void grow(int groups) {
    x.grow(groups);
    squaresX.grow(groups);
    if (pairs) {
      y.grow(groups);
      squaresY.grow(groups);
      products.grow(groups);
    }
  }

  @Override
  public void clear() {
    current.clear();
  }

  @Override
  public void read(RowReader state) {
    StepDoubles.read(state, current.x());
    StepProducts.read(state, current.squaresX());
    if (pairs) {
      StepDoubles.read(state, current.y());
      StepProducts.read(state, current.squaresY());
      StepProducts.read(state, current.products());
    }
  }

  @Override
  public void add(int group, GroupTable table) {
    x.addTo(group, current.x());
    squaresX.addTo(group, current.squaresX());
    if (pairs) {
      y.addTo(group, current.y());
      squaresY.addTo(group, current.squaresY());
      products.addTo(group, current.products());
    }
  }

  @Override
  public void write(RowBuffer state) {
    StepDoubles.write(current.x(), state);
    StepProducts.write(current.squaresX(), state);
    if (pairs) {
      StepDoubles.write(current.y(), state);
      StepProducts.write(current.squaresY(), state);
      StepProducts.write(current.products(), state);
    }
  }

  @Override
  public void emit(ColumnBuilder out) {
    if (spec.function() == AggregateSpec.Function.REGR_COUNT) {
      out.addLong(current.count());
      return;
    }
    Double result = result();
    if (result == null) {
      out.addNull();
    } else {
      out.addDouble(result);
    }
  }

  private @Nullable Double result() {
    return switch (spec.function()) {
      case VAR_POP -> current.varianceOfAll();
      case VAR_SAMP -> current.varianceOfSample();
      case STDDEV_POP -> current.deviationOfAll();
      case STDDEV_SAMP -> current.deviationOfSample();
      case COVAR_POP -> current.covarianceOfAll();
      case COVAR_SAMP -> current.covarianceOfSample();
      case CORR -> current.correlation();
      case REGR_AVGX -> current.averageX();
      case REGR_AVGY -> current.averageY();
      case REGR_SXX -> current.sxx();
      case REGR_SYY -> current.syy();
      case REGR_SXY -> current.sxy();
      case REGR_SLOPE -> current.slope();
      case REGR_INTERCEPT -> current.intercept();
      case REGR_R2 -> current.determination();
      default -> throw new IllegalStateException(spec.function() + " is no moment");
    };
  }

  @Override
  public void endStep() {
    x.clear();
    y.clear();
    squaresX.clear();
    squaresY.clear();
    products.clear();
  }
}
