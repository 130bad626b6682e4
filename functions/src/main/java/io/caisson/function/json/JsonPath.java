package io.caisson.function.json;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.recent.Recent;
import io.caisson.type.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An SQL/JSON path: {@code $.a."b c"[0 to last] ? (@.n > $least).size()}. Lax, as is the default, a
 * member step looks into the elements of an array, an element step takes what is no array for an
 * array of one, and what is not there is no error; {@code strict} paths do none of that. Paths are
 * read once as long as a few of them are in use. Immutable.
 */
public final class JsonPath {
  private static final Recent<JsonPath> RECENT = new Recent<>(JsonPath::new);
  private static final Json.Members NOTHING = Json.Members.of(Map.of());

  private final PathNode node;
  private final boolean strict;

  private JsonPath(String text) {
    var reader = new PathReader(text);
    this.strict = reader.strict();
    this.node = reader.read();
  }

  /**
   * The path that a text says.
   *
   * @throws CaissonException 42601 where it is none
   */
  public static JsonPath of(String text) {
    return RECENT.of(text);
  }

  /** Whether an error says that the path itself is wrong, whatever the value is. */
  public static boolean isUnfit(CaissonException error) {
    return error.state() == SqlState.UNDEFINED_NAME;
  }

  /** The first value to which the path leads; null where it leads to none. */
  public @Nullable Json first(Json value) {
    List<Json> found = all(value);
    return found.isEmpty() ? null : found.get(0);
  }

  /** All values to which the path leads. */
  public List<Json> all(Json value) {
    return all(value, NOTHING);
  }

  /**
   * All values to which the path leads.
   *
   * @param variables the values that the path calls by name
   * @throws CaissonException where a step of the path is impossible
   */
  public List<Json> all(Json value, Json.Members variables) {
    return new PathRun(value, variables, strict).items(node);
  }
}
