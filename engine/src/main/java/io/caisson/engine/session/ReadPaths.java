package io.caisson.engine.session;

import io.caisson.model.table.KeyRange;
import io.caisson.model.table.TableRead;
import io.caisson.sql.run.AccessPath;
import io.caisson.sql.run.ScanRequest;
import io.caisson.type.DecimalForm;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ways to read a table, from the planner's words to the store's. Stateless. */
final class ReadPaths {
  private ReadPaths() {}

  static TableRead of(ScanRequest request) {
    AccessPath path = request.path();
    if (path == null) {
      return TableRead.of(KeyRange.ALL);
    }
    List<KeyRange> parts = path.parts().stream().map(ReadPaths::range).toList();
    return new TableRead(path.index(), parts, path.reverse(), path.limit(), path.covered());
  }

  private static KeyRange range(AccessPath.Part part) {
    List<Object> prefix = part.prefix().stream().map(ReadPaths::value).toList();
    return new KeyRange(prefix, bound(part.lower()), bound(part.upper()));
  }

  private static KeyRange.@Nullable Bound bound(AccessPath.@Nullable Bound bound) {
    return bound == null ? null : new KeyRange.Bound(value(bound.value()), bound.inclusive());
  }

  private static Object value(Object value) {
    if (value == AccessPath.NULL) {
      return KeyRange.NULL;
    }
    return value instanceof BigDecimal number ? DecimalForm.encode(number) : value;
  }
}
