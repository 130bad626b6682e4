package io.caisson.testkit;

/**
 * A row that a view gained or lost. Immutable.
 *
 * @param row the row on a line
 * @param weight how often it came, or below 0, went
 */
public record Change(String row, long weight) {
  String line() {
    String sign = weight > 0 ? "+" : "-";
    return sign + " " + row + (Math.abs(weight) == 1 ? "" : ", " + Math.abs(weight) + " times");
  }
}
