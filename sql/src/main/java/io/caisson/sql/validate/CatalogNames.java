package io.caisson.sql.validate;

import com.google.common.collect.ImmutableList;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.SystemTableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.system.SystemTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** The catalog and the names of types, as Calcite looks them up. For one statement at a time. */
final class CatalogNames extends CalciteCatalogReader {
  CatalogNames(Catalog catalog, RelDataTypeFactory types) {
    super(
        CalciteSchema.createRootSchema(false, false, "", new Root(catalog)),
        ImmutableList.of(),
        types,
        CalciteConnectionConfigImpl.DEFAULT.set(CalciteConnectionProperty.CASE_SENSITIVE, "true"));
  }

  @Override
  public @Nullable RelDataType getNamedType(SqlIdentifier name) {
    return name.isSimple()
        ? SqlTypes.named(name.getSimple())
            .map(type -> SqlTypes.toCalcite(type, typeFactory))
            .orElse(null)
        : null;
  }

  /** The names of all relations, what belongs to views among them. */
  static List<String> relations(Catalog catalog) {
    var names = new ArrayList<String>();
    for (CatalogObject object : catalog.objects().values()) {
      names.add(object.name());
      if (object instanceof ViewDefinition view) {
        view.parts().forEach(part -> names.add(part.name()));
      }
    }
    return names;
  }

  /**
   * The catalog as a schema, and those beside it: that of the standard, our own, and its own name.
   */
  private static final class Root extends AbstractSchema {
    private final Tables tables;
    private final Map<String, Schema> schemas = new HashMap<>();

    Root(Catalog catalog) {
      tables = new Tables(catalog);
      schemas.put(SystemTables.PUBLIC, tables);
      SystemTables.bySchema()
          .forEach((name, definitions) -> schemas.put(name, new Tables(definitions)));
    }

    @Override
    protected Map<String, Table> getTableMap() {
      return tables.getTableMap();
    }

    @Override
    protected Map<String, Schema> getSubSchemaMap() {
      return schemas;
    }
  }

  /** Objects as a schema. */
  private static final class Tables extends AbstractSchema {
    private final Map<String, Table> tables = new HashMap<>();

    Tables(Catalog catalog) {
      for (String name : relations(catalog)) {
        catalog.find(name).ifPresent(object -> tables.put(name, table(object)));
      }
    }

    Tables(Map<String, SystemTableDefinition> definitions) {
      definitions.forEach((name, definition) -> tables.put(name, table(definition)));
    }

    private static Table table(CatalogObject object) {
      return object instanceof PlainViewDefinition view
          ? new CatalogView(view)
          : new CatalogTable(object);
    }

    @Override
    protected Map<String, Table> getTableMap() {
      return tables;
    }
  }
}
