package io.caisson.sql.validate;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;

/** Makes Calcite's types, with text in UTF-8. For one statement at a time. */
public final class CaissonTypeFactory extends JavaTypeFactoryImpl {
  /** A factory with the dialect's type system. */
  public CaissonTypeFactory() {
    super(new CaissonTypeSystem());
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }
}
