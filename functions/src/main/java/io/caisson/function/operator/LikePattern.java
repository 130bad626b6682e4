package io.caisson.function.operator;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A LIKE pattern, compiled to match UTF-8: {@code %} stands for any text, {@code _} for any one
 * character, an escape character before one of them takes its meaning away. Immutable and
 * thread-safe.
 *
 * <pre>
 *   'a_c%x%'   →   pieces:  "a" ONE "c"  |  "x"  |  ""      between them: any text
 * </pre>
 *
 * The first piece must stand at the begin, the last at the end, those in between are looked for one
 * after the other, each at the first place possible.
 */
public final class LikePattern {
  /** In a piece: any one character. No byte of UTF-8 has this value. */
  private static final byte ONE = (byte) 0xFF;

  /** The pattern that was asked for last: mostly it is asked for again, for the next row. */
  private static volatile @Nullable Known last;

  private final byte[][] pieces;

  /** A pattern and what it was compiled to. */
  private record Known(String pattern, String escape, LikePattern compiled) {}

  private LikePattern(byte[][] pieces) {
    this.pieces = pieces;
  }

  /** The pattern with PostgreSQL's usual escape character, the backslash. */
  public static LikePattern of(String pattern) {
    return of(pattern, "\\");
  }

  /** The pattern with an escape character of its own, or without one if that is empty. */
  public static LikePattern of(String pattern, String escape) {
    if (escape.codePointCount(0, escape.length()) > 1) {
      throw new CaissonException(
              SqlState.INVALID_ESCAPE, "invalid escape string: \"" + escape + "\"")
          .withHint("An escape string is empty or one character.");
    }
    int escapeCharacter = escape.isEmpty() ? -1 : escape.codePointAt(0);
    var pieces = new java.util.ArrayList<byte[]>();
    var piece = new ByteArrayOutputStream();
    for (int i = 0; i < pattern.length(); ) {
      int character = pattern.codePointAt(i);
      i += Character.charCount(character);
      if (character == escapeCharacter) {
        if (i == pattern.length()) {
          throw new CaissonException(
              SqlState.INVALID_ESCAPE,
              "LIKE pattern must not end with escape character: \"" + pattern + "\"");
        }
        character = pattern.codePointAt(i);
        i += Character.charCount(character);
        piece.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
      } else if (character == '%') {
        pieces.add(piece.toByteArray());
        piece.reset();
      } else if (character == '_') {
        piece.write(ONE);
      } else {
        piece.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
      }
    }
    pieces.add(piece.toByteArray());
    return new LikePattern(pieces.toArray(byte[][]::new));
  }

  /** Whether a text matches a pattern that may be another for each row. */
  public static boolean like(String text, String pattern) {
    return like(text, pattern, "\\");
  }

  /** Whether a text matches a pattern with an escape character of its own. */
  public static boolean like(String text, String pattern, String escape) {
    Known known = last;
    if (known == null || !known.pattern.equals(pattern) || !known.escape.equals(escape)) {
      known = new Known(pattern, escape, of(pattern, escape));
      last = known;
    }
    return known.compiled.matches(text);
  }

  /** Whether a text matches a pattern if upper and lower case are the same. */
  public static boolean likeIgnoringCase(String text, String pattern) {
    return like(text.toLowerCase(Locale.ROOT), pattern.toLowerCase(Locale.ROOT));
  }

  /** Whether a text matches a pattern if upper and lower case are the same. */
  public static boolean likeIgnoringCase(String text, String pattern, String escape) {
    return like(
        text.toLowerCase(Locale.ROOT),
        pattern.toLowerCase(Locale.ROOT),
        escape.toLowerCase(Locale.ROOT));
  }

  /** Whether a text matches. */
  public boolean matches(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return matches(utf8, 0, utf8.length);
  }

  /** Whether the UTF-8 between two positions matches. */
  public boolean matches(byte[] bytes, int begin, int end) {
    int at = matchAt(pieces[0], bytes, begin, end);
    if (pieces.length == 1 || at < 0) {
      return at == end;
    }
    for (int i = 1; i < pieces.length - 1; i++) {
      at = find(pieces[i], bytes, at, end);
      if (at < 0) {
        return false;
      }
    }
    return endsWith(pieces[pieces.length - 1], bytes, at, end);
  }

  /** Where the piece ends if it stands at a position, else -1. */
  private static int matchAt(byte[] piece, byte[] bytes, int begin, int end) {
    int at = begin;
    for (byte expected : piece) {
      if (at >= end) {
        return -1;
      }
      if (expected == ONE) {
        at = next(bytes, at, end);
      } else if (bytes[at++] != expected) {
        return -1;
      }
    }
    return at;
  }

  /** Where the piece ends at its first place, else -1. */
  private static int find(byte[] piece, byte[] bytes, int begin, int end) {
    if (piece.length == 0) {
      return begin;
    }
    for (int at = begin; at < end; at = next(bytes, at, end)) {
      int found = matchAt(piece, bytes, at, end);
      if (found >= 0) {
        return found;
      }
    }
    return -1;
  }

  private static boolean endsWith(byte[] piece, byte[] bytes, int begin, int end) {
    int at = end;
    for (int i = piece.length - 1; i >= 0; i--) {
      if (at <= begin) {
        return false;
      }
      at--;
      if (piece[i] == ONE) {
        while (at > begin && isContinuation(bytes[at])) {
          at--;
        }
      } else if (bytes[at] != piece[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where the character behind the one at a position begins. */
  private static int next(byte[] bytes, int at, int end) {
    int next = at + 1;
    while (next < end && isContinuation(bytes[next])) {
      next++;
    }
    return next;
  }

  private static boolean isContinuation(byte value) {
    return (value & 0xC0) == 0x80;
  }

  @Override
  public String toString() {
    return "LikePattern" + Arrays.deepToString(pieces);
  }
}
