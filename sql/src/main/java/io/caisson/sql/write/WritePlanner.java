package io.caisson.sql.write;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.KeyedObject;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.syntax.WriteSyntax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Plans statements that change rows. For one statement. */
public final class WritePlanner {
  private static final String EXCLUDED = "excluded";

  private final WritePlanning planning;

  /** A planner of one statement. */
  public WritePlanner(WritePlanning planning) {
    this.planning = planning;
  }

  /** Plans a statement. */
  public WritePlan plan(WriteSyntax write) {
    if (write instanceof WriteSyntax.Insert insert) {
      return insert(insert);
    }
    if (write instanceof WriteSyntax.Update update) {
      return update(update);
    }
    if (write instanceof WriteSyntax.Delete delete) {
      return delete(delete);
    }
    if (write instanceof WriteSyntax.Truncate truncate) {
      return new WritePlan.Truncate(
          truncate.tables().stream().map(name -> keyed(name, "truncate")).toList());
    }
    var merge = (WriteSyntax.Merge) write;
    return new MergePlanner(planning, keyed(merge.target().table(), "merge into")).plan(merge);
  }

  private WritePlan insert(WriteSyntax.Insert insert) {
    CatalogObject target = insertTarget(insert.target().table(), "insert into");
    WritePlan.OnConflict onConflict = onConflict(insert, target);
    RowsQuery returning = null;
    if (!insert.returning().isEmpty()) {
      SqlNode from = WritePlanning.from(insert.target());
      WriteScope scope = WriteScope.of(planning, from, null, List.of(), insert.returning());
      target = target instanceof KeyedObject keyed ? scope.target(keyed) : target;
      returning = scope.returning();
    }
    if (insert.source() == null) {
      var row = new ConstantRows(List.of(), List.<@Nullable Object[]>of(new Object[0]));
      return new WritePlan.Insert(target, new int[0], row, onConflict, returning);
    }
    DefaultKeywords defaults =
        DefaultKeywords.resolve(
            insert.source(),
            TargetColumns.positions(insert.columns(), target, planning.errors()),
            target.columns(),
            planning.errors());
    int[] positions = defaults.positions();
    List<ColumnDefinition> columns =
        Arrays.stream(positions).mapToObj(target.columns()::get).toList();
    PreparedQuery source =
        new InsertPlanner(planning.errors(), planning.validation(), planning.planning())
            .takingJsonText(Assignments.takesJsonText(target))
            .source(defaults.source(), columns, insert.columns() != null);
    int width = source.columns().size();
    for (ColumnDefinition column : columns.subList(0, width)) {
      DefaultKeywords.checkWritable(column, insert.source(), planning.errors());
    }
    return new WritePlan.Insert(
        target, Arrays.copyOf(positions, width), source, onConflict, returning);
  }

  /**
   * What takes rows.
   *
   * @param doing the verb, for errors
   */
  CatalogObject insertTarget(SqlIdentifier name, String doing) {
    CatalogObject target = planning.object(name);
    if (target instanceof StreamDefinition stream && stream.changelogOf().isPresent()) {
      throw planning
          .errors()
          .at(
              SqlState.WRONG_OBJECT_TYPE,
              "cannot " + doing + " changelog \"" + target.name() + "\"",
              name.getParserPosition())
          .withHint("It is written by the changes of its table.");
    }
    return target instanceof StreamDefinition ? target : keyed(name, doing);
  }

  private WritePlan.@Nullable OnConflict onConflict(
      WriteSyntax.Insert insert, CatalogObject target) {
    WriteSyntax.OnConflict conflict = insert.onConflict();
    if (conflict == null) {
      return null;
    }
    if (!(target instanceof KeyedObject table) || target instanceof RecordTableDefinition) {
      throw planning
          .errors()
          .at(
              SqlState.WRONG_OBJECT_TYPE,
              "ON CONFLICT is for tables, collections and buckets, and \""
                  + target.name()
                  + "\" is a "
                  + target.kind().toLowerCase(Locale.ROOT),
              conflict.position())
          .withHint("Leave it out.");
    }
    List<ConflictKey> keys = keys(conflict, table);
    if (conflict.assignments().isEmpty()) {
      return new WritePlan.OnConflict(keys, new int[0], null);
    }
    if (conflict.columns() == null) {
      throw planning
          .errors()
          .at(
              SqlState.SYNTAX_ERROR,
              "ON CONFLICT DO UPDATE requires inference specification or constraint name",
              conflict.position())
          .withHint("For example, ON CONFLICT (column_name).");
    }
    Assignments set = Assignments.of(conflict.assignments(), table, planning.errors());
    SqlParserPos place = conflict.position();
    SqlNode where = conflict.where();
    var items = new ArrayList<SqlNode>();
    items.add(where == null ? SqlLiteral.createBoolean(true, place) : where);
    items.addAll(set.values());
    SqlIdentifier name = insert.target().table();
    SqlNode excluded =
        WritePlanning.named(
            (SqlIdentifier) name.clone(name.getParserPosition()),
            new SqlIdentifier(EXCLUDED, name.getParserPosition()));
    SqlNode from = WritePlanning.beside(WritePlanning.from(insert.target()), excluded);
    WriteScope scope = WriteScope.of(planning, from, null, items, SqlNodeList.EMPTY);
    var values = new ArrayList<RexNode>();
    values.add(scope.item(0));
    values.addAll(set.converted(scope, 1, planning.errors()));
    return new WritePlan.OnConflict(keys, set.columns(), scope.over(values));
  }

  /** The keys in which rows may conflict: the one that is named, or all there are. */
  private List<ConflictKey> keys(WriteSyntax.OnConflict conflict, KeyedObject table) {
    List<ConflictKey> all = ConflictKey.of(table);
    SqlNodeList named = conflict.columns();
    if (named == null) {
      return all;
    }
    var given = new HashSet<Integer>();
    for (int position : TargetColumns.positions(named, table, planning.errors())) {
      given.add(position);
    }
    List<ConflictKey> fitting =
        all.stream().filter(key -> given.equals(new HashSet<>(key.columns()))).toList();
    if (fitting.isEmpty()) {
      throw planning
          .errors()
          .at(
              SqlState.INVALID_COLUMN_REFERENCE,
              "there is no unique or exclusion constraint matching the ON CONFLICT specification",
              named.getParserPosition())
          .withHint("Name the columns of the primary key or of a unique index.");
    }
    return fitting.subList(0, 1);
  }

  private WritePlan update(WriteSyntax.Update update) {
    KeyedObject table = keyed(update.target().table(), "update");
    Assignments set = Assignments.of(update.assignments(), table, planning.errors());
    SqlNode from = WritePlanning.beside(WritePlanning.from(update.target()), update.from());
    WriteScope scope =
        WriteScope.of(planning, from, update.where(), set.values(), update.returning());
    RowsQuery returning = scope.returning();
    KeyedObject target = scope.target(table);
    int width = returning == null ? target.columns().size() : scope.width();
    return new WritePlan.Update(
        target,
        scope.source(width, set.converted(scope, 0, planning.errors())),
        set.columns(),
        returning);
  }

  private WritePlan delete(WriteSyntax.Delete delete) {
    KeyedObject table = keyed(delete.target().table(), "delete from");
    SqlNode from = WritePlanning.beside(WritePlanning.from(delete.target()), delete.using());
    WriteScope scope = WriteScope.of(planning, from, delete.where(), List.of(), delete.returning());
    RowsQuery returning = scope.returning();
    KeyedObject target = scope.target(table);
    int width = returning == null ? target.columns().size() : scope.width();
    return new WritePlan.Delete(target, scope.source(width, List.of()), returning);
  }

  /** What has keys and the name; what else has the name can't be changed so. */
  private KeyedObject keyed(SqlIdentifier name, String verb) {
    CatalogObject object = planning.object(name);
    if (object instanceof KeyedObject keyed) {
      return keyed;
    }
    CaissonException error =
        planning
            .errors()
            .at(
                SqlState.WRONG_OBJECT_TYPE,
                "cannot "
                    + verb
                    + " "
                    + object.kind().toLowerCase(Locale.ROOT)
                    + " \""
                    + object.name()
                    + "\"",
                name.getParserPosition());
    throw error.withHint(
        object instanceof StreamDefinition
            ? "A stream only grows: insert a row that corrects another, or keep what changes in a"
                + " table."
            : object instanceof PlainViewDefinition
                ? "Change what the view reads."
                : "Its rows are computed: insert into the stream that it is computed from.");
  }
}
