package io.caisson.sql.validate;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.SystemTableDefinition;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.parse.SqlTextParser;
import io.caisson.sql.parse.StatementText;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/** Checks queries against a catalog and makes relational trees of them. For one statement. */
public final class QueryValidator {
  private static final SqlToRelConverter.Config CONVERSION =
      SqlToRelConverter.config()
          .withExpand(false)
          .withTrimUnusedFields(false)
          // Constants are folded by nobody: their casts are those of views too.
          .withRelBuilderConfigTransform(config -> config.withSimplify(false))
          .withInSubQueryThreshold(Integer.MAX_VALUE);
  private static final SqlValidator.Config VALIDATION =
      SqlValidator.Config.DEFAULT
          .withConformance(SqlConformanceEnum.LENIENT)
          .withDefaultNullCollation(NullCollation.HIGH)
          .withIdentifierExpansion(true);

  private final Catalog catalog;
  private final FunctionTable functions;
  private final SqlErrors errors;
  private final RelOptPlanner planner;

  /**
   * A validator of one statement.
   *
   * @param catalog the objects that exist
   * @param functions the functions that exist
   * @param errors makes errors with places in the statement
   * @param planner the planner to which the tree shall belong
   */
  public QueryValidator(
      Catalog catalog, FunctionTable functions, SqlErrors errors, RelOptPlanner planner) {
    this.catalog = catalog;
    this.functions = functions;
    this.errors = errors;
    this.planner = planner;
  }

  /** The names of all relations of a catalog, for suggestions. */
  public static List<String> relations(Catalog catalog) {
    return CatalogNames.relations(catalog);
  }

  /** Checks a query. */
  public ValidatedQuery validate(SqlNode query) {
    return validate(query, ParameterTypes.NONE);
  }

  /** Checks a query with places for values: the query says their types, or else the values do. */
  public ValidatedQuery validate(SqlNode query, ParameterTypes parameters) {
    SqlNode kept = parameters.types().isEmpty() ? query : DeepCopy.of(query);
    try {
      try {
        return validated(query);
      } catch (CalciteContextException error) {
        if (kept == query) {
          throw error;
        }
        return validated(parameters.castAll(kept));
      }
    } catch (RuntimeException error) {
      throw errors.translate(error);
    }
  }

  private ValidatedQuery validated(SqlNode query) {
    var types = new CaissonTypeFactory();
    RelOptCluster cluster = RelOptCluster.create(planner, new ScaledLiterals(types));
    var views = new TreeSet<String>();
    ValidatedQuery validated = converted(query, cluster, views);
    views.addAll(validated.inputs());
    return new ValidatedQuery(validated.tree(), validated.names(), validated.nodes(), views);
  }

  /** A view's query, its columns under the names and of the types that the view gave them. */
  private RelRoot expanded(
      RelDataType row, String text, String view, RelOptCluster cluster, Set<String> views) {
    views.add(view);
    SqlNode syntax = SqlTextParser.parse(StatementText.split(text).get(0), errors);
    ValidatedQuery query = converted(syntax, cluster, views);
    views.addAll(query.inputs());
    return RelRoot.of(RelOptUtil.createCastRel(query.tree(), row, true), SqlKind.SELECT);
  }

  private ValidatedQuery converted(SqlNode parsed, RelOptCluster cluster, Set<String> views) {
    SqlNode query = FunctionRows.expanded(JsonTables.expanded(parsed, errors), errors);
    RelDataTypeFactory types = cluster.getTypeFactory();
    RecordFields fields = RecordFields.of(query, catalog);
    var names = new CatalogNames(fields.applied(catalog), types);
    SqlValidator validator =
        new RecordValidator(functions, names, types, VALIDATION, fields, errors);
    List<SqlNode> written = OutputNames.items(query);
    SqlNode timed = query.accept(new SystemTime(catalog, errors));
    SqlNode rows = RowObjects.of(timed == null ? query : timed, catalog, errors);
    SqlNode windowed = Objects.requireNonNull(rows.accept(new NamedWindows(errors)));
    SqlNode shaped = QueryShape.of(windowed, errors);
    SqlNode plain = shaped.accept(new SpecialSyntax(functions, errors));
    SqlNode checked = validator.validate(plain == null ? shaped : plain);
    var converter =
        new TreeConverter(
            (row, text, schema, view) ->
                expanded(row, text, Objects.requireNonNull(view).get(0), cluster, views),
            validator,
            names,
            cluster,
            CONVERSION);
    RelRoot root = converter.convertQuery(checked, false, true);
    RelDataType row = validator.getValidatedNodeType(checked);
    List<SqlNode> items = OutputNames.items(checked);
    return new ValidatedQuery(
        root.project().accept(new ArrayQueries()),
        OutputNames.of(written, items, row),
        items,
        inputs(root.rel));
  }

  /** The catalog's objects that a tree reads, sub-queries included. */
  public static Set<String> inputs(RelNode tree) {
    var found = new TreeSet<String>();
    tree.accept(new InputFinder(found));
    return found;
  }

  /** Visits all scans. */
  private static final class InputFinder extends RelShuttleImpl {
    private final Set<String> found;

    InputFinder(Set<String> found) {
      this.found = found;
    }

    @Override
    public RelNode visit(TableScan scan) {
      CatalogTable table = scan.getTable().unwrap(CatalogTable.class);
      if (table != null && !(table.object() instanceof SystemTableDefinition)) {
        found.add(table.object().name());
      }
      return scan;
    }

    @Override
    protected RelNode visitChild(RelNode parent, int index, RelNode child) {
      parent.accept(
          new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
              subQuery.rel.accept(InputFinder.this);
              return super.visitSubQuery(subQuery);
            }
          });
      return super.visitChild(parent, index, child);
    }
  }
}
