package io.caisson.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A statement that changes rows, as it was written, names not yet looked up. Immutable. */
public sealed interface WriteSyntax {
  /**
   * What is changed.
   *
   * @param table its name
   * @param alias what the statement calls it, or null for its name
   */
  record Target(SqlIdentifier table, @Nullable SqlIdentifier alias) {}

  /**
   * Values for columns: one for each, or one query that gives them all.
   *
   * @param columns the names of the columns
   * @param values their values, DEFAULT among them
   */
  record Assignment(SqlNodeList columns, SqlNodeList values) {
    /** The value of one column. */
    public static Assignment of(SqlIdentifier column, SqlNode value) {
      return new Assignment(
          SqlNodeList.of(column), new SqlNodeList(List.of(value), value.getParserPosition()));
    }
  }

  /**
   * ON CONFLICT.
   *
   * @param position where it stands
   * @param columns the columns whose values meet, or null for any that must be unique
   * @param assignments what DO UPDATE sets; empty for DO NOTHING
   * @param where which rows DO UPDATE changes, or null for all
   */
  record OnConflict(
      SqlParserPos position,
      @Nullable SqlNodeList columns,
      List<Assignment> assignments,
      @Nullable SqlNode where) {
    /** Copies the list. */
    public OnConflict {
      assignments = List.copyOf(assignments);
    }
  }

  /**
   * INSERT.
   *
   * @param target into what
   * @param columns the columns that get values, or null for all
   * @param source the rows, or null for DEFAULT VALUES
   * @param onConflict what to do with rows that are there already, or null for an error
   * @param returning what to answer of the rows; empty for nothing
   */
  record Insert(
      Target target,
      @Nullable SqlNodeList columns,
      @Nullable SqlNode source,
      @Nullable OnConflict onConflict,
      SqlNodeList returning)
      implements WriteSyntax {}

  /**
   * UPDATE.
   *
   * @param target what is changed
   * @param assignments the new values
   * @param from further tables whose columns the statement names, or null
   * @param where which rows, or null for all
   * @param returning what to answer of the rows; empty for nothing
   */
  record Update(
      Target target,
      List<Assignment> assignments,
      @Nullable SqlNode from,
      @Nullable SqlNode where,
      SqlNodeList returning)
      implements WriteSyntax {
    /** Copies the list. */
    public Update {
      assignments = List.copyOf(assignments);
    }
  }

  /**
   * DELETE.
   *
   * @param target where rows are removed
   * @param using further tables whose columns the statement names, or null
   * @param where which rows, or null for all
   * @param returning what to answer of the rows; empty for nothing
   */
  record Delete(
      Target target, @Nullable SqlNode using, @Nullable SqlNode where, SqlNodeList returning)
      implements WriteSyntax {}

  /**
   * TRUNCATE.
   *
   * @param tables what is emptied
   */
  record Truncate(List<SqlIdentifier> tables) implements WriteSyntax {
    /** Copies the list. */
    public Truncate {
      tables = List.copyOf(tables);
    }
  }

  /**
   * MERGE.
   *
   * @param target what is changed
   * @param source the rows that say how
   * @param condition which of its rows belong to which of the target's
   * @param whens what to do with them; the first that fits counts
   * @param returning what to answer of the rows; empty for nothing
   */
  record Merge(
      Target target, SqlNode source, SqlNode condition, List<When> whens, SqlNodeList returning)
      implements WriteSyntax {
    /** Copies the list. */
    public Merge {
      whens = List.copyOf(whens);
    }
  }

  /**
   * WHEN of a MERGE.
   *
   * @param position where it stands
   * @param matched whether it is for rows of the source that belong to one of the target
   * @param condition what must hold too, or null
   * @param action what to do
   */
  record When(SqlParserPos position, boolean matched, @Nullable SqlNode condition, Action action) {}

  /** What MERGE does with a row. */
  sealed interface Action {}

  /** UPDATE SET. */
  record UpdateAction(List<Assignment> assignments) implements Action {
    /** Copies the list. */
    public UpdateAction {
      assignments = List.copyOf(assignments);
    }
  }

  /** DELETE. */
  record DeleteAction() implements Action {}

  /** DO NOTHING. */
  record NoAction() implements Action {}

  /**
   * INSERT.
   *
   * @param columns the columns that get values, or null for all
   * @param values the values, or null for DEFAULT VALUES
   */
  record InsertAction(@Nullable SqlNodeList columns, @Nullable SqlNodeList values)
      implements Action {}
}
