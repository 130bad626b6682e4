package io.caisson.engine.document;

import io.caisson.Filter;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.DocumentIndex;
import io.caisson.model.document.ValueRange;
import io.caisson.model.json.JsonPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which index helps to find the documents that fulfil some conditions, and what of it: an equality
 * is better than one of several, that better than two bounds, those better than one. Immutable.
 *
 * @param index the index
 * @param ranges where in it the documents are, with others among them
 */
record IndexChoice(DocumentIndex index, List<ValueRange> ranges) {
  /** A choice and how bad it is. */
  private record Candidate(IndexChoice choice, int badness) {}

  /** The best choice for conditions that must all hold; empty where no index helps. */
  static Optional<IndexChoice> of(CollectionDefinition collection, List<Filter> conditions) {
    List<Filter> all = conditions.stream().flatMap(IndexChoice::parts).toList();
    return collection.pathIndexes().stream()
        .filter(DocumentIndex::readable)
        .flatMap(index -> of(index, all).stream())
        .min(Comparator.comparingInt(Candidate::badness))
        .map(Candidate::choice);
  }

  private static Stream<Filter> parts(Filter filter) {
    return filter instanceof Filter.All all
        ? all.parts().stream().flatMap(IndexChoice::parts)
        : Stream.of(filter);
  }

  private static Optional<Candidate> of(DocumentIndex index, List<Filter> conditions) {
    JsonPath path = JsonPath.parse(index.path());
    List<ValueRange> oneOf = null;
    ValueRange bounds = null;
    for (Filter condition : conditions) {
      if (condition instanceof Filter.Comparison comparison && isAt(path, comparison.path())) {
        if (comparison.operator() == Filter.Operator.EQUAL) {
          return Optional.of(candidate(index, List.of(ValueRange.of(comparison.value())), 0));
        }
        bounds = narrowed(bounds, comparison);
      } else if (condition instanceof Filter.OneOf several && isAt(path, several.path())) {
        oneOf = several.values().stream().map(ValueRange::of).toList();
      }
    }
    if (oneOf != null) {
      return Optional.of(candidate(index, oneOf, 1));
    }
    if (bounds == null) {
      return Optional.empty();
    }
    boolean both = bounds.lower() != null && bounds.upper() != null;
    return Optional.of(candidate(index, List.of(bounds), both ? 2 : 3));
  }

  private static Candidate candidate(DocumentIndex index, List<ValueRange> ranges, int badness) {
    return new Candidate(new IndexChoice(index, new ArrayList<>(ranges)), badness);
  }

  private static boolean isAt(JsonPath path, String text) {
    return JsonPath.parse(text).equals(path);
  }

  /** The first bound of each side counts; all are tested again on what is found. */
  private static @Nullable ValueRange narrowed(
      @Nullable ValueRange bounds, Filter.Comparison comparison) {
    Object value = comparison.value();
    if (value == null) {
      return bounds;
    }
    ValueRange one =
        switch (comparison.operator()) {
          case LESS, LESS_OR_EQUAL -> ValueRange.to(value);
          default -> ValueRange.from(value);
        };
    if (bounds == null || bounds.kind() != one.kind()) {
      return one;
    }
    return new ValueRange(
        one.kind(),
        bounds.lower() == null ? one.lower() : bounds.lower(),
        bounds.upper() == null ? one.upper() : bounds.upper());
  }
}
