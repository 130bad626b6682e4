package io.caisson.fdb.embedded;

import java.util.Locale;
import java.util.Objects;

/**
 * What {@code \xff\xff/status/json} says: the part of a cluster's status that is true of a database
 * in this process, in the places where programs look for it, and that it is embedded. Stateless.
 */
final class StatusReport {
  private StatusReport() {}

  static String of(EmbeddedDatabase database) {
    StorageStatistics storage = database.statistics();
    StringBuilder json = new StringBuilder(1_024);
    json.append("{\"client\":{\"cluster_file\":{\"path\":");
    quote(json, database.directory().toString());
    json.append(",\"up_to_date\":true},\"coordinators\":{\"coordinators\":[],")
        .append("\"quorum_reachable\":true},\"database_status\":{\"available\":true,")
        .append("\"healthy\":true},\"messages\":[]},\"cluster\":{\"database_available\":true,")
        .append("\"database_lock_state\":{\"locked\":false},\"configuration\":{")
        .append("\"redundancy_mode\":\"single\",\"storage_engine\":\"lmdb\"},\"data\":{")
        .append("\"state\":{\"healthy\":true,\"name\":\"healthy\"},\"total_kv_size_bytes\":")
        .append(storage.treeBytes())
        .append(",\"total_disk_used_bytes\":")
        .append(storage.fileBytes())
        .append("},\"embedded\":{\"engine\":\"caisson-fdb-embedded\",\"version\":");
    quote(json, version());
    json.append(",\"api_version\":").append(ClientLibrary.API_VERSION);
    json.append(",\"durability\":");
    quote(json, database.durability().name().toLowerCase(Locale.ROOT));
    json.append(",\"entries\":")
        .append(storage.entries())
        .append(",\"file_bytes\":")
        .append(storage.fileBytes())
        .append(",\"used_bytes\":")
        .append(storage.usedBytes())
        .append(",\"map_bytes\":")
        .append(storage.mapBytes())
        .append("},\"layers\":{},\"machines\":{},\"messages\":[],\"processes\":{}}}");
    return json.toString();
  }

  private static String version() {
    return Objects.requireNonNullElse(
        StatusReport.class.getPackage().getImplementationVersion(), "unpackaged");
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
