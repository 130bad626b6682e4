package io.caisson.cli.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names as SQL writes them. Stateless. */
final class Identifier {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  /** The words that SQL keeps for itself, loaded when the first name is to be written. */
  private static final class Reserved {
    static final Set<String> WORDS = read();

    private static Set<String> read() {
      try (InputStream resource = Identifier.class.getResourceAsStream("reserved-words.txt")) {
        if (resource == null) {
          throw new IllegalStateException("the list of reserved words is missing from the jar");
        }
        var reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8));
        return reader.lines().collect(Collectors.toUnmodifiableSet());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Identifier() {}

  /** The name, in quotes where it could not stand without. */
  static String quote(String name) {
    boolean plain =
        PLAIN.matcher(name).matches() && !Reserved.WORDS.contains(name.toUpperCase(Locale.ROOT));
    return plain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
