package io.caisson.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import org.junit.jupiter.api.Test;

class MathFunctionsTest {
  @Test
  void roundingTakesTheEvenOneOfTwoIntegers() {
    assertThat(MathFunctions.round(2.5)).isEqualTo(2);
    assertThat(MathFunctions.round(3.5)).isEqualTo(4);
    assertThat(MathFunctions.round(-0.6)).isEqualTo(-1);
  }

  @Test
  void roundingToDigitsGoesAwayFromZero() {
    assertThat(MathFunctions.round(2.675, 2)).isEqualTo(2.68);
    assertThat(MathFunctions.round(-2.5, 0)).isEqualTo(-3);
    assertThat(MathFunctions.round(1250, -2)).isEqualTo(1300);
    assertThat(MathFunctions.round(1.5, 400)).isEqualTo(1.5);
    assertThat(MathFunctions.round(1.5, Long.MIN_VALUE)).isZero();
    assertThat(MathFunctions.round(Double.NaN, 2)).isNaN();
  }

  @Test
  void impossibleArgumentsAreErrors() {
    assertThatThrownBy(() -> MathFunctions.sqrt(-1)).hasMessageContaining("negative number: -1.0");
    assertThatThrownBy(() -> MathFunctions.ln(0)).hasMessage("cannot take logarithm of zero");
    assertThatThrownBy(() -> MathFunctions.log10(-1)).hasMessageContaining("negative number");
    assertThatThrownBy(() -> MathFunctions.power(0, -1)).hasMessageContaining("undefined");
    assertThatThrownBy(() -> MathFunctions.power(-8, 0.5)).hasMessageContaining("complex");
    assertThatThrownBy(() -> MathFunctions.exp(1000)).satisfies(MathFunctionsTest::outOfRange);
    assertThatThrownBy(() -> MathFunctions.power(10, 400)).satisfies(MathFunctionsTest::outOfRange);
    assertThatThrownBy(() -> MathFunctions.abs(Long.MIN_VALUE))
        .satisfies(MathFunctionsTest::outOfRange);
    assertThatThrownBy(() -> MathFunctions.mod(1, 0))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.DIVISION_BY_ZERO));
  }

  private static void outOfRange(Throwable error) {
    assertThat(((CaissonException) error).state()).isEqualTo(SqlState.NUMERIC_OUT_OF_RANGE);
  }

  @Test
  void ordinaryValues() {
    assertThat(MathFunctions.abs(-5L)).isEqualTo(5);
    assertThat(MathFunctions.abs(-5.5)).isEqualTo(5.5);
    assertThat(MathFunctions.ceil(-1.5)).isEqualTo(-1);
    assertThat(MathFunctions.floor(-1.5)).isEqualTo(-2);
    assertThat(MathFunctions.power(1, Double.NaN)).isEqualTo(1);
    assertThat(MathFunctions.power(Double.NaN, 0)).isEqualTo(1);
    assertThat(MathFunctions.sign(-3.5)).isEqualTo(-1);
    assertThat(MathFunctions.sign(Double.NaN)).isNaN();
    assertThat(MathFunctions.mod(-7, 3)).isEqualTo(-1);
    assertThat(MathFunctions.mod(Long.MIN_VALUE, -1)).isZero();
    assertThat(MathFunctions.log10(1000)).isEqualTo(3);
  }
}
