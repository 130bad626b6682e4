package io.caisson.engine.filter;

import io.caisson.Filter;
import io.caisson.function.operator.LikePattern;
import io.caisson.model.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Filters as tests of members. Stateless. */
public final class Conditions {
  private Conditions() {}

  /**
   * The test of a filter.
   *
   * @throws io.caisson.error.CaissonException 42602 for a text that is no path, 22023 for a bad
   *     pattern
   */
  public static Predicate<Map<String, @Nullable Object>> of(Filter filter) {
    if (filter instanceof Filter.Comparison comparison) {
      return comparison(comparison);
    }
    if (filter instanceof Filter.OneOf oneOf) {
      JsonPath path = JsonPath.parse(oneOf.path());
      return members -> {
        Object found = path.find(members);
        return oneOf.values().stream().anyMatch(value -> ValueOrder.same(found, value));
      };
    }
    if (filter instanceof Filter.Like like) {
      JsonPath path = JsonPath.parse(like.path());
      LikePattern pattern = LikePattern.of(like.pattern());
      return members -> path.find(members) instanceof String text && pattern.matches(text);
    }
    if (filter instanceof Filter.Exists exists) {
      JsonPath path = JsonPath.parse(exists.path());
      return members -> path.find(members) != null;
    }
    if (filter instanceof Filter.All all) {
      return all(all.parts());
    }
    if (filter instanceof Filter.Any any) {
      List<Predicate<Map<String, @Nullable Object>>> tests =
          any.parts().stream().map(Conditions::of).toList();
      return members -> tests.stream().anyMatch(test -> test.test(members));
    }
    return of(((Filter.Not) filter).part()).negate();
  }

  /** The test of all of some filters. */
  public static Predicate<Map<String, @Nullable Object>> all(List<Filter> filters) {
    List<Predicate<Map<String, @Nullable Object>>> tests =
        filters.stream().map(Conditions::of).toList();
    return members -> tests.stream().allMatch(test -> test.test(members));
  }

  private static Predicate<Map<String, @Nullable Object>> comparison(Filter.Comparison comparison) {
    JsonPath path = JsonPath.parse(comparison.path());
    Object value = comparison.value();
    if (comparison.operator() == Filter.Operator.EQUAL) {
      return members -> ValueOrder.same(path.find(members), value);
    }
    return members -> {
      Object found = path.find(members);
      return ValueOrder.comparable(found, value)
          && holds(comparison.operator(), ValueOrder.INSTANCE.compare(found, value));
    };
  }

  private static boolean holds(Filter.Operator operator, int order) {
    return switch (operator) {
      case EQUAL -> order == 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }
}
