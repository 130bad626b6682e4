package io.caisson.plan;

import io.caisson.function.window.CumulatingWindows;
import io.caisson.function.window.HoppingWindows;
import io.caisson.function.window.WindowAssigner;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a view's late rows look like. Of one window they are its source's rows with the window they
 * missed. Of several, all columns stand side by side, one for each name and type, filled up with
 * NULL; and the last column, {@value #MISSED}, says which window a row missed. Immutable.
 *
 * @param fields the columns; none where no row can be late
 * @param windows for each window that rows can miss how they are put there
 */
public record LateRows(List<Field> fields, Map<Punctual, Place> windows) {
  /** The column that says which window it was, where there are several. */
  public static final String MISSED = "missed";

  private static final long MICROS_PER_MILLI = 1_000;

  /**
   * Where the columns of a window's rows go.
   *
   * @param columns for each column of the late rows the window's, or −1 for NULL
   * @param name what stands in the last column, where there are several windows
   */
  public record Place(List<Integer> columns, Optional<String> name) {
    /** Copies the list. */
    public Place {
      columns = List.copyOf(columns);
    }
  }

  /** Copies the list; the map keeps its order. */
  public LateRows {
    fields = List.copyOf(fields);
  }

  /** The late rows of a plan's windows. */
  public static LateRows of(Plan plan) {
    var found = new LinkedHashSet<Punctual>();
    find(plan, found);
    if (found.size() <= 1) {
      var only = new LinkedHashMap<Punctual, Place>();
      List<Field> fields = new ArrayList<>();
      for (Punctual window : found) {
        fields.addAll(window.lateFields());
        only.put(
            window,
            new Place(IntStream.range(0, fields.size()).boxed().toList(), Optional.empty()));
      }
      return new LateRows(fields, only);
    }
    return several(found);
  }

  private static void find(Plan plan, Set<Punctual> found) {
    plan.inputs().forEach(input -> find(input, found));
    if (plan instanceof Punctual window && canBeMissed(window)) {
      found.add(window);
    }
  }

  private static boolean canBeMissed(Punctual window) {
    return window instanceof InTime
        || checksWatermark(window)
        || (window.source().fields().get(window.timeColumn()).type().nullable()
            && EventTime.of(window.source()).containsKey(window.timeColumn()));
  }

  /**
   * Whether rows can be too late for a window: not those that come out of another one, which has
   * looked at the watermark itself.
   */
  public static boolean checksWatermark(Punctual window) {
    EventTime time = EventTime.of(window.source()).get(window.timeColumn());
    return time != null && !time.settles();
  }

  private static LateRows several(Set<Punctual> windows) {
    var fields = new ArrayList<Field>();
    windows.forEach(window -> window.source().fields().forEach(field -> add(field, fields)));
    SqlType time = SqlType.of(TypeKind.TIMESTAMP);
    fields.add(new Field(Plan.WINDOW_START, time));
    fields.add(new Field(Plan.WINDOW_END, time));
    fields.add(new Field(MISSED, SqlType.of(TypeKind.TEXT)));
    var places = new LinkedHashMap<Punctual, Place>();
    for (Punctual window : windows) {
      var columns = new ArrayList<Integer>();
      List<Field> own = window.source().fields();
      for (Field field : fields.subList(0, fields.size() - 3)) {
        columns.add(own.stream().map(LateRows::shown).toList().indexOf(field));
      }
      columns.add(own.size());
      columns.add(own.size() + 1);
      places.put(window, new Place(columns, Optional.of(name(window))));
    }
    return new LateRows(distinctNames(fields), places);
  }

  private static void add(Field field, List<Field> fields) {
    if (!fields.contains(shown(field))) {
      fields.add(shown(field));
    }
  }

  private static Field shown(Field field) {
    return new Field(field.name(), field.type().withNullable(true));
  }

  /** A name that stands for columns of several types gets numbers from the second on. */
  private static List<Field> distinctNames(List<Field> fields) {
    var names = new LinkedHashSet<String>();
    var distinct = new ArrayList<Field>();
    for (Field field : fields) {
      String name = field.name();
      for (int number = 2; !names.add(name); number++) {
        name = field.name() + "_" + number;
      }
      distinct.add(new Field(name, field.type()));
    }
    return distinct;
  }

  /** A window as SQL says it, its lengths in milliseconds. */
  public static String name(Punctual window) {
    String of = streams(window.source()).distinct().sorted().collect(Collectors.joining(" + "));
    String time = window.source().fields().get(window.timeColumn()).name();
    if (window instanceof InTime inTime) {
      TimeRange meets = inTime.meets();
      return "JOIN("
          + of
          + ", "
          + time
          + length(meets.fromMicros())
          + length(meets.toMicros())
          + ")";
    }
    return (window instanceof Windows windows
            ? windows.assigner().functionName()
                + "("
                + of
                + ", "
                + time
                + lengths(windows.assigner())
            : "SESSION("
                + of
                + ", "
                + time
                + keys(window)
                + length(((Sessions) window).gapMicros()))
        + ")";
  }

  private static String keys(Punctual window) {
    return ((Sessions) window)
        .partition().stream()
            .map(column -> ", " + window.source().fields().get(column).name())
            .collect(Collectors.joining());
  }

  private static String lengths(WindowAssigner assigner) {
    if (assigner instanceof HoppingWindows hop) {
      return length(hop.slide()) + length(hop.size());
    }
    return assigner instanceof CumulatingWindows cumulate
        ? length(cumulate.step()) + length(cumulate.size())
        : length(assigner.size());
  }

  private static String length(long micros) {
    return ", " + micros / MICROS_PER_MILLI + " ms";
  }

  private static Stream<String> streams(Plan plan) {
    return plan instanceof StreamScan scan
        ? Stream.of(scan.stream().name())
        : plan.inputs().stream().flatMap(LateRows::streams);
  }
}
