package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Writes each window where it is used, with what it takes from the windows that it names; its frame
 * as {@link FrameSyntax} carries it:
 *
 * <pre>
 *   SUM(v) OVER (w ROWS 1 PRECEDING) ... WINDOW w AS (ORDER BY t)
 *   SUM(v) OVER (ORDER BY t ROWS 1 PRECEDING)
 * </pre>
 *
 * Functions that look at places of rows have no frame, whatever their window says. For one
 * statement.
 */
final class NamedWindows extends SqlShuttle {
  private static final Set<String> WITHOUT_FRAME =
      Set.of(
          "ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE", "LAG", "LEAD");

  private static final int WINDOW_OPERAND = 6;

  private final SqlErrors errors;
  private final FrameSyntax frames;
  private final Deque<Names> scopes = new ArrayDeque<>();

  /** The windows of one SELECT, those that nothing names in the end among them. */
  private record Names(Map<String, SqlWindow> all, Map<String, SqlWindow> unused) {}

  NamedWindows(SqlErrors errors) {
    this.errors = errors;
    this.frames = new FrameSyntax(errors);
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      return select(select);
    }
    if (call instanceof SqlOrderBy order && order.query instanceof SqlSelect select) {
      scopes.push(names(select));
      SqlNode visited = super.visit(call);
      scopes.pop();
      return visited;
    }
    return call.getKind() == SqlKind.OVER ? over(call) : super.visit(call);
  }

  private @Nullable SqlNode select(SqlSelect select) {
    if (select.getWindowList().isEmpty()) {
      scopes.push(new Names(Map.of(), Map.of()));
      SqlNode visited = super.visit(select);
      scopes.pop();
      return visited;
    }
    Names names = names(select);
    SqlNodeList windows = select.getWindowList();
    var plain = (SqlSelect) select.clone(select.getParserPosition());
    plain.setOperand(WINDOW_OPERAND, SqlNodeList.EMPTY);
    scopes.push(names);
    SqlNode visited = super.visit(plain);
    scopes.pop();
    if (visited instanceof SqlSelect changed) {
      changed.setOperand(
          WINDOW_OPERAND,
          FrameSyntax.distinct(
              names.unused.values().stream().map(frames::carried).toList(), windows));
    }
    return visited;
  }

  private Names names(SqlSelect select) {
    var names = new LinkedHashMap<String, SqlWindow>();
    for (SqlNode node : select.getWindowList()) {
      var window = (SqlWindow) node;
      SqlIdentifier name = Objects.requireNonNull(window.getDeclName());
      if (names.containsKey(name.getSimple())) {
        throw error(SqlState.WINDOWING_ERROR, name.getSimple(), " is already defined", name);
      }
      names.put(name.getSimple(), resolved(window, names, false));
    }
    return new Names(names, new LinkedHashMap<>(names));
  }

  private SqlNode over(SqlCall call) {
    SqlNode function = Objects.requireNonNull(call.operand(0).accept(this));
    SqlWindow window = window(call.operand(1));
    if (function instanceof SqlCall called && isWithoutFrame(called)) {
      window = withoutFrame(window);
    }
    SqlWindow carried = frames.carried(window);
    SqlNode visited = Objects.requireNonNull(super.visit(carried));
    return call.getOperator().createCall(call.getParserPosition(), function, visited);
  }

  private static boolean isWithoutFrame(SqlCall function) {
    boolean wrapped =
        function.getKind() == SqlKind.IGNORE_NULLS || function.getKind() == SqlKind.RESPECT_NULLS;
    return wrapped
        ? function.operand(0) instanceof SqlCall inner && isWithoutFrame(inner)
        : WITHOUT_FRAME.contains(function.getOperator().getName().toUpperCase(Locale.ROOT));
  }

  /** A copy of the window that an OVER means, without names. */
  private SqlWindow window(SqlNode written) {
    Names names = scopes.peek();
    Map<String, SqlWindow> known = names == null ? Map.of() : names.all;
    if (written instanceof SqlIdentifier name) {
      SqlWindow found = named(name, known);
      return (SqlWindow) DeepCopy.of(copy(found, null, found.getOrderList(), found));
    }
    return (SqlWindow) DeepCopy.of(resolved((SqlWindow) written, known, true));
  }

  private SqlWindow named(SqlIdentifier name, Map<String, SqlWindow> known) {
    SqlWindow found = known.get(name.getSimple());
    if (found == null) {
      throw error(SqlState.UNDEFINED_NAME, name.getSimple(), " does not exist", name);
    }
    Names names = scopes.peek();
    if (names != null && names.all == known) {
      names.unused.remove(name.getSimple());
    }
    return found;
  }

  /** The window with what it takes from the one that it names. */
  private SqlWindow resolved(SqlWindow window, Map<String, SqlWindow> known, boolean over) {
    SqlIdentifier name = window.getRefName();
    if (name == null) {
      return window;
    }
    SqlWindow base = named(name, known);
    String quoted = "\"" + name.getSimple() + "\"";
    if (!window.getPartitionList().isEmpty()) {
      throw errors.at(
          SqlState.WINDOWING_ERROR,
          "cannot override PARTITION BY clause of window " + quoted,
          window.getPartitionList().get(0).getParserPosition());
    }
    if (!window.getOrderList().isEmpty() && !base.getOrderList().isEmpty()) {
      throw errors.at(
          SqlState.WINDOWING_ERROR,
          "cannot override ORDER BY clause of window " + quoted,
          window.getOrderList().get(0).getParserPosition());
    }
    if (FrameSyntax.hasFrame(base)) {
      CaissonException error =
          errors.at(
              SqlState.WINDOWING_ERROR,
              "cannot copy window " + quoted + " because it has a frame clause",
              window.getParserPosition());
      boolean onlyName = over && window.getOrderList().isEmpty() && !FrameSyntax.hasFrame(window);
      throw onlyName ? error.withHint("Omit the parentheses in this OVER clause.") : error;
    }
    SqlNodeList order =
        window.getOrderList().isEmpty() ? base.getOrderList() : window.getOrderList();
    return copy(base, window.getDeclName(), order, window);
  }

  /** Partitions of one window, another order, the frame of a third. */
  private static SqlWindow copy(
      SqlWindow base, @Nullable SqlIdentifier name, SqlNodeList order, SqlWindow framed) {
    return new SqlWindow(
        framed.getParserPosition(),
        name,
        null,
        base.getPartitionList(),
        order,
        (SqlLiteral) framed.getOperandList().get(4),
        framed.getLowerBound(),
        framed.getUpperBound(),
        (SqlLiteral) framed.getOperandList().get(7),
        framed.getExclude());
  }

  private static SqlWindow withoutFrame(SqlWindow window) {
    SqlParserPos place = window.getParserPosition();
    return new SqlWindow(
        place,
        null,
        null,
        window.getPartitionList(),
        window.getOrderList(),
        SqlLiteral.createBoolean(false, place),
        null,
        null,
        null);
  }

  private CaissonException error(SqlState state, String name, String what, SqlIdentifier place) {
    return errors.at(state, "window \"" + name + "\"" + what, place.getParserPosition());
  }
}
