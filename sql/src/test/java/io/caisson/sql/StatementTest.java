package io.caisson.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {
  private final SqlFixture fixture = new SqlFixture();

  @Test
  void streamHasWatermarkPartitionAndOptions() {
    var create =
        (Statement.CreateStream)
            fixture.prepare(
                "CREATE STREAM IF NOT EXISTS s (a INT NOT NULL, \"B\" VARCHAR(5), ts TIMESTAMP,"
                    + " WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE)"
                    + " PARTITION BY (\"B\", a) WITH (retention = '7 days', shards = 8)");
    StreamDefinition stream = create.definition();
    assertThat(create.ifNotExists()).isTrue();
    assertThat(stream.columns().stream().map(c -> c.name() + " " + c.type().sql()))
        .containsExactly("a INTEGER", "B VARCHAR(5)", "ts TIMESTAMP(3)");
    assertThat(stream.columns().get(0).type().nullable()).isFalse();
    assertThat(Objects.requireNonNull(stream.watermark()).delayMicros()).isEqualTo(60_000_000);
    assertThat(stream.partitionBy()).containsExactly(1, 0);
    assertThat(stream.shards()).isEqualTo(8);
    assertThat(stream.options()).containsExactlyEntriesOf(java.util.Map.of("retention", "7 days"));
  }

  @Test
  void tableHasKeyInItsOrder() {
    TableDefinition table =
        ((Statement.CreateTable)
                fixture.prepare("CREATE TABLE t (a INT, b TEXT, c BYTEA, PRIMARY KEY (b, a))"))
            .definition();
    assertThat(table.primaryKey()).containsExactly(1, 0);
    assertThat(table.columns().get(0).type().nullable()).isFalse();
    assertThat(table.columns().get(2).type().nullable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          SHOW STREAMS ~ Show[what=STREAMS, name=null, object=null]
          SHOW MATERIALIZED VIEWS ~ Show[what=VIEWS, name=null, object=null]
          SHOW ALL ~ Show[what=ALL, name=null, object=null]
          SHOW freshness ~ Show[what=OPTION, name=freshness, object=null]
          SET freshness = '5 seconds' ~ SetOption[name=freshness, value=5 seconds]
          SET freshness TO none ~ SetOption[name=freshness, value=none]
          EXPLAIN STORAGE ~ ExplainStorage[]
          DROP TABLE IF EXISTS nothing ~ Drop[name=nothing, object=null]
          """)
  void smallStatements(String text, String statement) {
    assertThat(fixture.prepare(text)).hasToString(statement);
  }

  @Test
  void subscribeHasASnapshotUnlessTold() {
    var plain = (Statement.Subscribe) fixture.prepare("SUBSCRIBE TO per_type");
    assertThat(plain.options().snapshot()).isTrue();
    assertThat(plain.options().progress()).isFalse();
    var told =
        (Statement.Subscribe)
            fixture.prepare("SUBSCRIBE per_type WITH (SNAPSHOT = false, PROGRESS)");
    assertThat(told.options().snapshot()).isFalse();
    assertThat(told.options().progress()).isTrue();
  }

  @Test
  void explainShowsThePlan() {
    var explain = (Statement.ExplainQuery) fixture.prepare("EXPLAIN SELECT name FROM users");
    assertThat(explain.query().explain())
        .isEqualTo("Scan(object=[users], columns=[(name)], path=[primary key], rows=[1000])\n");
  }

  @Test
  void statementsAreCutOutsideOfStringsAndComments() {
    var statements =
        new SqlFrontEnd(Clock.system())
            .parse("SELECT ';' ; -- ;\n /* ; */ SELECT \"a;b\" FROM t;;");
    assertThat(statements.stream().map(ParsedStatement::text))
        .containsExactly("SELECT ';'", "SELECT \"a;b\" FROM t");
    assertThat(statements.get(1).position().line()).isEqualTo(2);
    assertThat(statements.get(1).position().column()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          SELECT 1; ~ true
          SELECT 1 ~ false
          SELECT '; ~ false
          SELECT 1; -- done ~ true
          SELECT 1; /* open ~ false
          SELECT 1; SELECT ~ false
          """)
  void completeOnlyBehindASemicolon(String text, boolean complete) {
    assertThat(SqlWords.statementComplete(text)).isEqualTo(complete);
  }

  @Test
  void wordsAreKnown() {
    assertThat(SqlWords.keywords()).contains("SELECT", "WATERMARK", "SUBSCRIBE");
    assertThat(SqlWords.functions()).contains("upper");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          SELECT 1 ~ 0
          SELECT ?, ? ~ 2
          SELECT $2, $1, $2 ~ 2
          SELECT '?', "a?b", x -- ? and $1 ~ 0
          SELECT a::TEXT, $3::TEXT ~ 3
          """)
  void placesForValuesAreCounted(String text, int parameters) {
    assertThat(new SqlFrontEnd(Clock.system()).parse(text).get(0).parameters())
        .isEqualTo(parameters);
  }
}
