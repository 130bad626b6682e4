package io.caisson.tests.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.tests.Repository;
import io.caisson.type.TypeKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypesTest {
  @ParameterizedTest
  @ValueSource(strings = {"tables", "streams"})
  void everyTypeOfAColumnGoesInAndComesOutInAFile(String topic) {
    String file =
        Repository.read(
            Repository.root().resolve("tests/src/test/resources/slt/" + topic + "/types.slt"));
    assertThat(TypeKind.values()).allSatisfy(kind -> assertThat(file).contains(" " + kind.sql()));
  }
}
