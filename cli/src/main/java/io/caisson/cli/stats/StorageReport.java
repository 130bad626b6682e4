package io.caisson.cli.stats;

import io.caisson.Row;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer of EXPLAIN STORAGE as a page to read: the measured B+ tree first, then each object
 * with what was measured and what the textbook estimates. Stateless.
 */
final class StorageReport {
  private static final int NAME_ROOM = 28;
  private static final double KIBI = 1024;
  private static final double PERCENT = 100;

  private StorageReport() {}

  static String of(List<Row> rows) {
    var page = new StringBuilder();
    if (!rows.isEmpty()) {
      store(page, rows.get(0));
      objects(page, rows.subList(1, rows.size()));
    }
    page.append(
        """

        Measured: entries and bytes as they are stored, tree and pages as the B+ tree itself counts them.
        Estimated, for n keys of k bytes: height = floor(log2(n + 1)) and size = ceil((n + 1) * k).
        That height is the height of a *binary* tree. A B+ tree has hundreds of children a page, so the
        estimate is an upper bound: compare it with the measured depth. The size counts keys alone.
        """);
    return page.toString();
  }

  private static void store(StringBuilder page, Row row) {
    page.append("The store (").append(text(row, "kind")).append(")\n");
    line(page, "entries", count(row, "entries"));
    if (value(row, "depth") == null) {
      page.append("  The tree of a cluster can't be seen from here.\n\n");
      return;
    }
    line(
        page,
        "tree depth",
        count(row, "depth")
            + " levels measured; "
            + count(row, "estimated_height")
            + " estimated for a binary tree");
    line(
        page,
        "pages",
        count(row, "branch_pages")
            + " branch, "
            + count(row, "leaf_pages")
            + " leaf, "
            + count(row, "overflow_pages")
            + " overflow, of "
            + bytes(row, "page_size"));
    if (value(row, "page_fill") instanceof Number fill) {
      double share = fill.doubleValue() <= 1 ? fill.doubleValue() * PERCENT : fill.doubleValue();
      line(page, "page fill", String.format(Locale.ROOT, "%.1f %%", share));
    }
    line(
        page,
        "bytes",
        bytes(row, "key_bytes")
            + " of keys, "
            + bytes(row, "value_bytes")
            + " of values; keys estimated at "
            + bytes(row, "estimated_size"));
    line(page, "file", bytes(row, "file_bytes"));
    page.append('\n');
  }

  private static void objects(StringBuilder page, List<Row> objects) {
    if (objects.isEmpty()) {
      page.append("This database holds no objects yet.\n");
      return;
    }
    int room = NAME_ROOM;
    for (Row row : objects) {
      room = Math.max(room, text(row, "object").length());
    }
    String form = "%-" + room + "s  %-18s %12s %11s %11s %9s %7s %11s%n";
    page.append(
        String.format(Locale.ROOT, form, "", "", "measured", "", "", "", "binary", "estimate"));
    page.append(
        String.format(
            Locale.ROOT,
            form,
            "object",
            "kind",
            "entries",
            "keys",
            "values",
            "key size",
            "height",
            "of keys"));
    for (Row row : objects) {
      page.append(
          String.format(
              Locale.ROOT,
              form,
              text(row, "object"),
              text(row, "kind"),
              count(row, "entries"),
              bytes(row, "key_bytes"),
              bytes(row, "value_bytes"),
              bytes(row, "average_key_bytes"),
              count(row, "estimated_height"),
              bytes(row, "estimated_size")));
    }
  }

  private static void line(StringBuilder page, String name, String value) {
    page.append(String.format(Locale.ROOT, "  %-11s %s%n", name, value));
  }

  private static @Nullable Object value(Row row, String column) {
    return row.names().contains(column) ? row.get(column) : null;
  }

  private static String text(Row row, String column) {
    Object value = value(row, column);
    return value == null ? "" : value.toString();
  }

  private static String count(Row row, String column) {
    return value(row, column) instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number.longValue())
        : "-";
  }

  private static String bytes(Row row, String column) {
    if (!(value(row, column) instanceof Number number)) {
      return "-";
    }
    double size = number.doubleValue();
    if (size < KIBI) {
      return String.format(Locale.ROOT, size == Math.rint(size) ? "%.0f B" : "%.1f B", size);
    }
    for (String unit : List.of("KiB", "MiB", "GiB")) {
      size /= KIBI;
      if (size < KIBI) {
        return String.format(Locale.ROOT, "%.1f %s", size, unit);
      }
    }
    return String.format(Locale.ROOT, "%.1f TiB", size / KIBI);
  }
}
