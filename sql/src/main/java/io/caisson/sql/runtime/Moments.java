package io.caisson.sql.runtime;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts, sums and sums of squares of one variable or two, updated without loss where the values
 * lie far from zero and near each other (Youngs and Cramer). Of two arguments the first is y, the
 * second x. For one thread.
 */
final class Moments implements Accumulator {
  private final Function<Moments, @Nullable Object> question;
  private double count;
  private double sumX;
  private double sumY;
  private double squaresX;
  private double squaresY;
  private double products;

  Moments(Function<Moments, @Nullable Object> question) {
    this.question = question;
  }

  @Override
  public void add(@Nullable Object[] arguments) {
    double y = doubleValue(arguments[0]);
    double x = arguments.length > 1 ? doubleValue(arguments[1]) : y;
    count++;
    sumX += x;
    sumY += y;
    if (count > 1) {
      double awayX = x * count - sumX;
      double awayY = y * count - sumY;
      double scale = 1.0 / (count * (count - 1));
      squaresX += awayX * awayX * scale;
      squaresY += awayY * awayY * scale;
      products += awayX * awayY * scale;
    }
  }

  private static double doubleValue(@Nullable Object number) {
    return number == null ? Double.NaN : ((Number) number).doubleValue();
  }

  @Override
  public @Nullable Object result() {
    return question.apply(this);
  }

  Long count() {
    return (long) count;
  }

  private @Nullable Double ofAny(double value) {
    return count == 0 ? null : value;
  }

  @Nullable Double averageX() {
    return ofAny(sumX / count);
  }

  @Nullable Double averageY() {
    return ofAny(sumY / count);
  }

  @Nullable Double sxx() {
    return ofAny(squaresX);
  }

  @Nullable Double syy() {
    return ofAny(squaresY);
  }

  @Nullable Double sxy() {
    return ofAny(products);
  }

  @Nullable Double varianceOfAll() {
    return ofAny(squaresX / count);
  }

  @Nullable Double varianceOfSample() {
    return count < 2 ? null : (Double) (squaresX / (count - 1));
  }

  @Nullable Double covarianceOfAll() {
    return ofAny(products / count);
  }

  @Nullable Double covarianceOfSample() {
    return count < 2 ? null : (Double) (products / (count - 1));
  }

  @Nullable Double correlation() {
    return count == 0 || squaresX == 0 || squaresY == 0
        ? null
        : (Double) (products / Math.sqrt(squaresX * squaresY));
  }

  @Nullable Double slope() {
    return count == 0 || squaresX == 0 ? null : (Double) (products / squaresX);
  }

  @Nullable Double intercept() {
    return count == 0 || squaresX == 0
        ? null
        : (Double) ((sumY - sumX * products / squaresX) / count);
  }

  @Nullable Double determination() {
    if (count == 0 || squaresX == 0) {
      return null;
    }
    return squaresY == 0 ? (Double) 1.0 : (Double) (products * products / (squaresX * squaresY));
  }
}
