package io.caisson.model.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.catalog.Retention;
import io.caisson.catalog.SubscriptionDefinition;
import java.util.OptionalLong;

/**
 * Definitions of subscriptions as JSON. Stateless.
 *
 * <pre>
 * "source": 7, "snapshot": true, "ageMicros": 86400000000, "bytes": 1073741824
 * </pre>
 */
final class SubscriptionFormat {
  private SubscriptionFormat() {}

  static void write(SubscriptionDefinition subscription, ObjectNode json) {
    json.put("source", subscription.source());
    json.put("snapshot", subscription.snapshot());
    json.put("ageMicros", subscription.ageMicros());
    json.put("bytes", subscription.bytes());
  }

  static SubscriptionDefinition read(long id, String name, StrictObject json) {
    return new SubscriptionDefinition(
        id,
        name,
        json.number("source"),
        json.truth("snapshot"),
        new Retention(
            OptionalLong.of(json.number("ageMicros")), OptionalLong.of(json.number("bytes"))));
  }
}
