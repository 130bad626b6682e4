package io.caisson.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version this is, written into a resource by the build. */
final class Version {
  private Version() {}

  static String text() {
    var properties = new Properties();
    try (InputStream resource = Version.class.getResourceAsStream("version.properties")) {
      if (resource != null) {
        properties.load(resource);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "caisson "
        + properties.getProperty("version", "(unpackaged)")
        + " (Java "
        + Runtime.version().feature()
        + ")";
  }
}
