package io.caisson.sql.validate;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.RecordTableDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * The fields of tables without a schema that a query names. Whatever is no column of another
 * relation of the query and no name that the query gives itself is taken for one:
 *
 * <pre>
 *   SELECT user_id, s.price FROM stream s JOIN users u ON u.id = s.user_id ORDER BY name
 *   fields of stream: user_id, price                                    users has a column name
 * </pre>
 *
 * For one query.
 */
final class RecordFields extends SqlBasicVisitor<@Nullable Void> {
  private final Catalog catalog;
  private final Set<String> plain = new TreeSet<>();
  private final Map<String, Set<String>> qualified = new HashMap<>();
  private final Map<String, String> tableOf = new HashMap<>();
  private final Set<CatalogObject> relations = new HashSet<>();
  private final Set<String> given = new HashSet<>();
  private final Set<SqlParserPos> stars = new HashSet<>();

  private RecordFields(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The fields that a query names. */
  static RecordFields of(SqlNode query, Catalog catalog) {
    var fields = new RecordFields(catalog);
    if (catalog.objects().values().stream().anyMatch(RecordTableDefinition.class::isInstance)) {
      var unused = query.accept(fields);
    }
    return fields;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call.getKind() == SqlKind.AS && call.operandCount() >= 2) {
      for (SqlNode name : call.getOperandList().subList(1, call.operandCount())) {
        if (name instanceof SqlIdentifier alias && alias.isSimple()) {
          given.add(alias.getSimple());
          if (call.operand(0) instanceof SqlIdentifier relation && relation.isSimple()) {
            tableOf.put(alias.getSimple(), relation.getSimple());
          }
        }
      }
    }
    return super.visit(call);
  }

  @Override
  public @Nullable Void visit(SqlIdentifier name) {
    if (name.isStar()) {
      stars.add(name.getParserPosition());
    } else if (name.isSimple()) {
      plain.add(name.getSimple());
      catalog.find(name.getSimple()).ifPresent(relations::add);
    } else {
      String relation = name.names.get(name.names.size() - 2);
      qualified
          .computeIfAbsent(relation, key -> new TreeSet<>())
          .add(name.names.get(name.names.size() - 1));
    }
    return null;
  }

  /** Whether a star stands at a place. */
  boolean isStar(SqlParserPos place) {
    return stars.contains(place);
  }

  /** The catalog, its tables without a schema with the fields that the query names. */
  Catalog applied(Catalog whole) {
    var objects = new ArrayList<CatalogObject>();
    for (CatalogObject object : whole.objects().values()) {
      objects.add(
          object instanceof RecordTableDefinition table && relations.contains(table)
              ? table.withFields(fields(table))
              : object);
    }
    return Catalog.of(whole.version(), objects).withFunctions(whole.functions());
  }

  private List<String> fields(RecordTableDefinition table) {
    var found = new TreeSet<String>();
    qualified.forEach(
        (relation, names) -> {
          if (tableOf.getOrDefault(relation, relation).equals(table.name())) {
            found.addAll(names);
          }
        });
    for (String name : plain) {
      boolean elsewhere =
          given.contains(name)
              || relations.stream()
                  .anyMatch(object -> object.name().equals(name) || hasColumn(object, name));
      if (!elsewhere) {
        found.add(name);
      }
    }
    found.removeIf(RecordTableDefinition::isColumn);
    return List.copyOf(found);
  }

  private static boolean hasColumn(CatalogObject object, String name) {
    return !(object instanceof RecordTableDefinition)
        && object.columns().stream().map(ColumnDefinition::name).anyMatch(name::equals);
  }
}
