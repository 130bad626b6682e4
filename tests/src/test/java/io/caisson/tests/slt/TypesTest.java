package io.caisson.tests.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.tests.Repository;
import io.caisson.type.TypeKind;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypesTest {
  /** Types of results that no column stores. */
  private static final Set<TypeKind> NOT_STORED = EnumSet.of(TypeKind.INTERVAL);

  @ParameterizedTest
  @ValueSource(strings = {"tables", "streams"})
  void everyTypeOfAColumnGoesInAndComesOutInAFile(String topic) {
    String file =
        Repository.read(
            Repository.root().resolve("tests/src/test/resources/slt/" + topic + "/types.slt"));
    assertThat(EnumSet.complementOf(EnumSet.copyOf(NOT_STORED)))
        .allSatisfy(kind -> assertThat(file).contains(" " + kind.sql()));
  }
}
