package io.caisson.sql.runtime;

import io.caisson.function.aggregate.ExactMoments;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Variances, covariances and regressions. Of two arguments the first is y. For one thread. */
final class Moments implements Accumulator {
  private final Function<ExactMoments, @Nullable Object> question;
  private final ExactMoments moments;

  Moments(boolean ofPairs, Function<ExactMoments, @Nullable Object> question) {
    this.moments = new ExactMoments(ofPairs);
    this.question = question;
  }

  @Override
  public void add(@Nullable Object[] arguments) {
    double y = doubleValue(arguments[0]);
    moments.add(y, arguments.length > 1 ? doubleValue(arguments[1]) : y, 1);
  }

  private static double doubleValue(@Nullable Object number) {
    return number == null ? Double.NaN : ((Number) number).doubleValue();
  }

  @Override
  public @Nullable Object result() {
    return question.apply(moments);
  }
}
