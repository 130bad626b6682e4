package io.caisson.engine.session;

import io.caisson.CopyDirection;
import io.caisson.PreparedStatement;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.sql.ParsedStatement;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a session: cut from a text, its grammar checked. Its plan is remembered by the
 * front end, for as long as definitions stay what they are.
 */
record SessionStatement(EngineSession session, ParsedStatement parsed)
    implements Session.Statement, PreparedStatement {
  @Override
  public String text() {
    return parsed.text();
  }

  @Override
  public CopyDirection copies() {
    return parsed.copiesIn()
        ? CopyDirection.IN
        : parsed.copiesOut() ? CopyDirection.OUT : CopyDirection.NONE;
  }

  @Override
  public int parameters() {
    return parsed.parameters();
  }

  @Override
  public Result execute(@Nullable Object... values) {
    return session.execute(parsed, Arrays.asList(values));
  }
}
