package io.caisson.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text of any encoding as UTF-8. What is not of that encoding is a {@link
 * java.nio.charset.CharacterCodingException}. For one thread.
 */
public final class TranscodingStream extends InputStream {
  private static final int CHARACTERS = 8_192;

  private final InputStream in;
  private final Reader reader;
  private final char[] characters = new char[CHARACTERS];
  private byte[] bytes = new byte[0];
  private int next;

  /** Text of the given encoding. */
  public TranscodingStream(InputStream in, Charset charset) {
    this.in = in;
    reader =
        new InputStreamReader(
            in,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private boolean fill() throws IOException {
    int length = reader.read(characters, 0, CHARACTERS - 1);
    if (length < 0) {
      return false;
    }
    // The halves of a pair stay together.
    if (length > 0 && Character.isHighSurrogate(characters[length - 1])) {
      int low = reader.read();
      if (low >= 0) {
        characters[length++] = (char) low;
      }
    }
    bytes = new String(characters, 0, length).getBytes(StandardCharsets.UTF_8);
    next = 0;
    return true;
  }

  @Override
  public int read() throws IOException {
    while (next == bytes.length) {
      if (!fill()) {
        return -1;
      }
    }
    return bytes[next++] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (next == bytes.length) {
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, bytes.length - next);
    System.arraycopy(bytes, next, target, offset, count);
    next += count;
    return count;
  }

  @Override
  public int available() throws IOException {
    return next < bytes.length ? bytes.length - next : in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
