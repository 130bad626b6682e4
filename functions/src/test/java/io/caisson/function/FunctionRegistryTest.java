package io.caisson.function;

import static io.caisson.type.TypeKind.BIGINT;
import static io.caisson.type.TypeKind.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.type.SqlType;
import java.lang.reflect.Modifier;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionRegistryTest {
  private final FunctionRegistry registry = FunctionRegistry.builtIn();

  @Test
  void everyFunctionIsDescribedAndCallable() {
    assertThat(registry.all()).hasSizeGreaterThan(50);
    for (ScalarFunction function : registry.all()) {
      assertThat(function.description()).as(function.signature()).isNotBlank();
      assertThat(function.example()).as(function.signature()).isNotBlank();
      assertThat(Modifier.isStatic(function.method().getModifiers())).isTrue();
      assertThat(Modifier.isPublic(function.method().getDeclaringClass().getModifiers())).isTrue();
      assertThat(function.method().getParameterCount())
          .as(function.signature())
          .isEqualTo(
              function.arguments().size()
                  + (function.zoned() ? 1 : 0)
                  + (function.typed() ? 1 : 0));
      assertThat(registry.named(function.name())).contains(function);
    }
  }

  @Test
  void signaturesAreUnique() {
    assertThat(registry.all().stream().map(ScalarFunction::signature)).doesNotHaveDuplicates();
  }

  @Test
  void overloadsAreFoundByName() {
    assertThat(registry.named("substring"))
        .extracting(f -> f.arguments().stream().map(SqlType::kind).toList())
        .contains(List.of(TEXT, BIGINT), List.of(TEXT, TEXT), List.of(TEXT, BIGINT, BIGINT));
    assertThat(registry.named("no_such_function")).isEmpty();
  }

  @Test
  void aMethodThatIsNotWhatItsAnnotationSaysIsRefused() {
    assertThatThrownBy(() -> new FunctionRegistry(List.of(WrongFamily.class)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not what its annotation says");
  }

  /** A family whose only function takes an int. */
  public static final class WrongFamily {
    private WrongFamily() {}

    /** Takes an int where it should take a long. */
    @SqlFunction(
        name = "wrong",
        arguments = BIGINT,
        result = BIGINT,
        description = "Wrong",
        example = "wrong(1) = 1")
    public static long wrong(int value) {
      return value;
    }
  }
}
