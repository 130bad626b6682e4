package io.caisson.model.document;

import io.caisson.catalog.CollectionDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.codec.Corruption;
import io.caisson.model.json.JsonReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document as it is stored. Immutable as long as nobody changes the array.
 *
 * @param id what it is found by
 * @param json its members but for the id, as {@link io.caisson.model.json.JsonWriter} writes them,
 *     in UTF-8
 */
public record StoredDocument(String id, byte[] json) {
  /** Its members, the id first, which nobody can change. */
  public Map<String, @Nullable Object> members() {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put(CollectionDefinition.ID_NAME, id);
    members.putAll(content());
    return Collections.unmodifiableMap(members);
  }

  /** Its members but for the id. */
  @SuppressWarnings("unchecked") // objects of JSON have texts as names
  Map<String, @Nullable Object> content() {
    try {
      if (JsonReader.read(json) instanceof Map<?, ?> members) {
        return (Map<String, @Nullable Object>) members;
      }
    } catch (CaissonException e) {
      throw e.state() == SqlState.INVALID_TEXT ? damaged(e) : e;
    }
    throw damaged(null);
  }

  private CaissonException damaged(@Nullable Throwable cause) {
    return Corruption.of("Document \"" + id + "\"", "it is no JSON object", cause);
  }
}
