package io.caisson.sql.validate;

import io.caisson.catalog.RecordTableDefinition;
import io.caisson.sql.error.SqlErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlMoniker;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorTable;

/**
 * Calcite's validator, to which a star of a table without a schema is its columns, not the fields
 * that the query happens to name elsewhere. For one query.
 */
final class RecordValidator extends MatchValidator {
  private final RecordFields fields;

  RecordValidator(
      SqlOperatorTable operators,
      SqlValidatorCatalogReader names,
      RelDataTypeFactory types,
      Config config,
      RecordFields fields,
      SqlErrors errors) {
    super(operators, names, types, config, errors);
    this.fields = fields;
  }

  @Override
  protected void addToSelectList(
      List<SqlNode> list,
      Set<String> aliases,
      List<Map.Entry<String, RelDataType>> fieldList,
      SqlNode item,
      SelectScope scope,
      boolean includeSystemVars) {
    boolean hidden =
        item instanceof SqlIdentifier name
            && name.names.size() == 2
            && fields.isStar(name.getParserPosition())
            && isField(scope, name.names.get(0), name.names.get(1));
    if (!hidden) {
      super.addToSelectList(list, aliases, fieldList, item, scope, includeSystemVars);
    }
  }

  private static boolean isField(SelectScope scope, String relation, String column) {
    var names = new ArrayList<SqlMoniker>();
    scope.findAliases(names);
    List<SqlValidatorNamespace> children = scope.getChildren();
    for (int i = 0; i < children.size(); i++) {
      boolean named = names.get(i).getFullyQualifiedNames().equals(List.of(relation));
      if (named && isFieldOf(children.get(i), column)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFieldOf(SqlValidatorNamespace child, String column) {
    SqlValidatorTable table = child.getTable();
    CatalogTable known = table == null ? null : table.unwrap(CatalogTable.class);
    return known != null
        && known.object() instanceof RecordTableDefinition records
        && records.fields().contains(column);
  }
}
