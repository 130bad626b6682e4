package io.caisson.model.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes to JSON values, written as the parts that change (RFC 7396): a member replaces the member
 * of the same name, null removes it, objects are merged. Stateless.
 */
public final class MergePatch {
  private MergePatch() {}

  /** The target with a patch applied; neither is changed. */
  public static @Nullable Object apply(@Nullable Object target, @Nullable Object patch) {
    return patch instanceof Map<?, ?> changes ? apply(target, changes) : patch;
  }

  /** The object that a patch, which is an object, makes of the target. */
  public static Map<String, @Nullable Object> apply(@Nullable Object target, Map<?, ?> patch) {
    var merged = new LinkedHashMap<String, @Nullable Object>();
    if (target instanceof Map<?, ?> members) {
      members.forEach((name, value) -> merged.put((String) name, value));
    }
    for (Map.Entry<?, ?> change : patch.entrySet()) {
      String name = String.valueOf(change.getKey());
      if (change.getValue() == null) {
        merged.remove(name);
      } else {
        merged.put(name, apply(merged.get(name), change.getValue()));
      }
    }
    return merged;
  }
}
