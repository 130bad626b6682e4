package io.caisson.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClickGeneratorTest {
  private static final int ROWS = 20_000;

  private static String lines(long seed) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var lines = new JsonLines(bytes);
    var clicks = new ClickGenerator(seed, ROWS, 50, ClickGenerator.START_MICROS);
    for (int i = 0; i < ROWS; i++) {
      clicks.next();
      lines.makeRoom();
      clicks.writeTo(lines);
    }
    lines.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void sameSeedMakesTheSameClicks() throws IOException {
    assertThat(lines(7)).isEqualTo(lines(7)).isNotEqualTo(lines(8));
  }

  @Test
  void everyLineIsAClickAsJson() throws IOException {
    var mapper = new ObjectMapper();
    List<String> lines = lines(1).lines().toList();
    assertThat(lines).hasSize(ROWS);
    long late = 0;
    LocalDateTime last = LocalDateTime.MIN;
    var clicks = new ClickGenerator(1, ROWS, 50, ClickGenerator.START_MICROS);
    for (String line : lines) {
      JsonNode click = mapper.readTree(line);
      clicks.next();
      LocalDateTime time = LocalDateTime.parse(click.get("ts").asText());
      assertThat(time.toInstant(ZoneOffset.UTC).toEpochMilli() * 1_000).isEqualTo(clicks.micros());
      assertThat(click.get("type").asText()).isIn("view", "cart", "purchase");
      assertThat(click.get("page").asText()).isEqualTo(ClickGenerator.pageName(clicks.page()));
      assertThat(click.get("product").asText())
          .isEqualTo(ClickGenerator.productName(clicks.product()));
      assertThat(click.get("price_cents").asLong()).isEqualTo(clicks.price());
      late += time.isBefore(last.minusMinutes(LocalDateTime.MIN.equals(last) ? 0 : 2)) ? 1 : 0;
      last = time.isAfter(last) ? time : last;
    }
    assertThat(late).as("clicks that come minutes late").isBetween(10L, 100L);
  }
}
