package io.caisson.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ErrorTest {
  private final SqlFixture fixture = new SqlFixture();

  @ParameterizedTest
  @CsvFileSource(resources = "errors.csv", delimiter = '~', quoteCharacter = '`')
  void errorOf(String text, String error) {
    assertThat(fixture.error(text)).isEqualTo(error);
  }

  @Test
  void placesCountInTheWholeText() {
    assertThat(fixture.error("SELECT 1;\n-- a ; comment\nSELECT ';',\n  nope FROM users"))
        .startsWith("42703 4:3 column \"nope\"");
  }
}
