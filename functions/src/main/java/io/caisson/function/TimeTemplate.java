package io.caisson.function;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.operator.TimeCasts;
import io.caisson.function.recent.Recent;
import io.caisson.time.Timestamps;
import io.caisson.type.Interval;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A template of {@code to_char} and {@code to_date}: fields such as YYYY and HH24, quoted text, and
 * whatever else stands between them. FM before a field takes padding away, TH behind one adds an
 * ordinal's ending. The last templates are kept. Immutable.
 */
final class TimeTemplate {
  private static final List<String> FIELDS =
      List.of(
          "HH24", "HH12", "YYYY", "IYYY", "MONTH", "Month", "month", "SSSS", "DDD", "DAY", "Day",
          "day", "MON", "Mon", "mon", "YYY", "A.M.", "P.M.", "a.m.", "p.m.", "IW", "WW", "HH", "MI",
          "SS", "MS", "US", "YY", "MM", "DD", "DY", "Dy", "dy", "ID", "CC", "AM", "PM", "am", "pm",
          "TH", "th", "FM", "Y", "D", "Q", "W", "J");
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int MOST_DIGITS = 9;
  private static final Recent<TimeTemplate> RECENT = new Recent<>(TimeTemplate::parse);

  private final List<Part> parts;

  /** A field, or text as it stands. */
  private record Part(String text, boolean field, boolean padded) {}

  private TimeTemplate(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  static TimeTemplate of(String template) {
    return RECENT.of(template);
  }

  private static TimeTemplate parse(String template) {
    var parts = new ArrayList<Part>();
    boolean padded = true;
    int at = 0;
    while (at < template.length()) {
      int begin = at;
      if (template.charAt(at) == '"') {
        int close = template.indexOf('"', at + 1);
        at = close < 0 ? template.length() : close + 1;
        parts.add(
            new Part(template.substring(begin + 1, Math.max(begin + 1, at - 1)), false, true));
        continue;
      }
      String field = field(template, at);
      at += field.isEmpty() ? 1 : field.length();
      if (field.equals("FM")) {
        padded = false;
      } else {
        parts.add(new Part(template.substring(begin, at), !field.isEmpty(), padded));
        padded = field.isEmpty() ? padded : true;
      }
    }
    return new TimeTemplate(parts);
  }

  private static String field(String template, int at) {
    return FIELDS.stream().filter(f -> template.startsWith(f, at)).findFirst().orElse("");
  }

  String write(long micros) {
    LocalDateTime time = Timestamps.fromMicros(micros);
    var text = new StringBuilder();
    long last = 0;
    for (Part part : parts) {
      if (!part.field) {
        text.append(part.text);
      } else if (part.text.equalsIgnoreCase("th")) {
        String ending = ordinal(last);
        text.append(part.text.equals("TH") ? ending.toUpperCase(Locale.ROOT) : ending);
      } else {
        String written = written(part, time);
        text.append(written);
        last = number(written);
      }
    }
    return text.toString();
  }

  /** What a written field counts; 0 where it is no number of up to nine digits. */
  private static long number(String written) {
    long number = 0;
    for (int i = 0; i < written.length(); i++) {
      char digit = written.charAt(i);
      if (digit < '0' || digit > '9' || i == MOST_DIGITS) {
        return 0;
      }
      number = number * 10 + digit - '0';
    }
    return number;
  }

  /** The interval, whose hours may be more than a day has. */
  String write(Interval span) {
    var text = new StringBuilder();
    for (Part part : parts) {
      text.append(part.field ? written(part, span) : part.text);
    }
    return text.toString();
  }

  private static String written(Part part, Interval span) {
    long seconds = span.micros() / MICROS_PER_SECOND;
    int hours = (int) (seconds / 3_600);
    int micros = (int) (span.micros() % MICROS_PER_SECOND);
    return switch (part.text) {
      case "YYYY" -> padded(span.months() / 12, 4, part);
      case "YY" -> padded(span.months() / 12 % 100, 2, part);
      case "MM" -> padded(span.months() % 12, 2, part);
      case "DDD" -> padded(span.days(), 3, part);
      case "DD" -> padded(span.days(), 2, part);
      case "HH24" -> padded(hours, 2, part);
      case "HH12", "HH" -> padded(hours % 12 == 0 ? 12 : hours % 12, 2, part);
      case "MI" -> padded((int) (seconds / 60 % 60), 2, part);
      case "SS" -> padded((int) (seconds % 60), 2, part);
      case "SSSS" -> String.valueOf(seconds);
      case "MS" -> padded(micros / 1_000, 3, part);
      case "US" -> padded(micros, 6, part);
      default ->
          throw new CaissonException(
                  SqlState.INVALID_DATETIME, "invalid format specification for an interval value")
              .withHint("Intervals are not tied to specific calendar dates.");
    };
  }

  private static String ordinal(long number) {
    boolean teen = number / 10 % 10 == 1;
    return teen
        ? "th"
        : switch ((int) (number % 10)) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }

  private static String written(Part part, LocalDateTime time) {
    int hour = time.getHour();
    int year = time.getYear();
    return switch (part.text) {
      case "YYYY" -> padded(year, 4, part);
      case "YYY" -> padded(Math.floorMod(year, 1_000), 3, part);
      case "YY" -> padded(Math.floorMod(year, 100), 2, part);
      case "Y" -> String.valueOf(Math.floorMod(year, 10));
      case "IYYY" -> padded(time.get(IsoFields.WEEK_BASED_YEAR), 4, part);
      case "CC" -> padded((year + 99) / 100, 2, part);
      case "Q" -> String.valueOf(time.get(IsoFields.QUARTER_OF_YEAR));
      case "MM" -> padded(time.getMonthValue(), 2, part);
      case "WW" -> padded((time.getDayOfYear() - 1) / 7 + 1, 2, part);
      case "IW" -> padded(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, part);
      case "W" -> String.valueOf((time.getDayOfMonth() - 1) / 7 + 1);
      case "DDD" -> padded(time.getDayOfYear(), 3, part);
      case "DD" -> padded(time.getDayOfMonth(), 2, part);
      case "D" -> String.valueOf(time.getDayOfWeek().getValue() % 7 + 1);
      case "ID" -> String.valueOf(time.getDayOfWeek().getValue());
      case "J" -> String.valueOf(time.toLocalDate().toEpochDay() + 2_440_588);
      case "HH24" -> padded(hour, 2, part);
      case "HH12", "HH" -> padded((hour + 11) % 12 + 1, 2, part);
      case "MI" -> padded(time.getMinute(), 2, part);
      case "SS" -> padded(time.getSecond(), 2, part);
      case "SSSS" -> String.valueOf(time.toLocalTime().toSecondOfDay());
      case "MS" -> padded(time.getNano() / 1_000_000, 3, part);
      case "US" -> padded(time.getNano() / 1_000, 6, part);
      case "AM", "PM" -> hour < 12 ? "AM" : "PM";
      case "am", "pm" -> hour < 12 ? "am" : "pm";
      case "A.M.", "P.M." -> hour < 12 ? "A.M." : "P.M.";
      case "a.m.", "p.m." -> hour < 12 ? "a.m." : "p.m.";
      default -> named(part, time);
    };
  }

  private static String padded(int number, int digits, Part part) {
    String text = String.valueOf(Math.abs(number));
    String zeros = part.padded ? "0".repeat(Math.max(0, digits - text.length())) : "";
    return (number < 0 ? "-" : "") + zeros + text;
  }

  private static String named(Part part, LocalDateTime time) {
    boolean month = Character.toLowerCase(part.text.charAt(0)) == 'm';
    boolean full = part.text.length() > 3 || part.text.equalsIgnoreCase("day");
    TextStyle style = full ? TextStyle.FULL : TextStyle.SHORT;
    String name =
        month
            ? time.getMonth().getDisplayName(style, Locale.ENGLISH)
            : time.getDayOfWeek().getDisplayName(style, Locale.ENGLISH);
    String padded = full && part.padded ? name + " ".repeat(9 - name.length()) : name;
    boolean upper = Character.isUpperCase(part.text.charAt(1));
    boolean lower = Character.isLowerCase(part.text.charAt(0));
    return upper
        ? padded.toUpperCase(Locale.ROOT)
        : lower ? padded.toLowerCase(Locale.ROOT) : padded;
  }

  /** The timestamp that a text says. */
  long read(String text) {
    var reader = new Reader(text);
    parts.forEach(reader::take);
    return reader.micros();
  }

  /** Takes fields off a text. */
  private static final class Reader {
    private final String text;
    private int at;
    private int year = 1;
    private int month = 1;
    private int day = 1;
    private int dayOfYear;
    private int hour;
    private int minute;
    private int second;
    private int micros;
    private boolean afternoon;
    private boolean halfDay;

    Reader(String text) {
      this.text = text;
    }

    void take(Part part) {
      if (!part.field) {
        at = Math.min(text.length(), at + 1);
        return;
      }
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      switch (part.text) {
        case "YYYY", "IYYY" -> year = number(4);
        case "YY" -> {
          int two = number(2);
          year = two < 70 ? 2_000 + two : 1_900 + two;
        }
        case "MM" -> month = number(2);
        case "DDD" -> dayOfYear = number(3);
        case "DD" -> day = number(2);
        case "HH24", "HH", "HH12" -> {
          hour = number(2);
          halfDay = !part.text.equals("HH24");
        }
        case "MI" -> minute = number(2);
        case "SS" -> second = number(2);
        case "MS" -> micros = number(3) * 1_000;
        case "US" -> micros = number(6);
        default -> word(part.text);
      }
    }

    private void word(String field) {
      String lower = field.toLowerCase(Locale.ROOT);
      if (lower.startsWith("mon")) {
        monthName(lower.equals("month") ? TextStyle.FULL : TextStyle.SHORT);
      } else if (lower.replace(".", "").matches("am|pm")) {
        afternoon = at < text.length() && Character.toLowerCase(text.charAt(at)) == 'p';
        at = Math.min(text.length(), at + field.length());
      } else {
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
          at++;
        }
      }
    }

    private void monthName(TextStyle style) {
      for (java.time.Month candidate : java.time.Month.values()) {
        String name = candidate.getDisplayName(style, Locale.ENGLISH);
        if (text.regionMatches(true, at, name, 0, name.length())) {
          month = candidate.getValue();
          at += name.length();
          return;
        }
      }
      throw new CaissonException(
          SqlState.INVALID_DATETIME,
          "invalid value \"" + text.substring(at) + "\" for the name of a month");
    }

    private int number(int most) {
      int begin = at;
      while (at < text.length() && at - begin < most && Character.isDigit(text.charAt(at))) {
        at++;
      }
      if (begin == at) {
        throw new CaissonException(
            SqlState.INVALID_DATETIME,
            "invalid value \"" + text.substring(begin) + "\" in \"" + text + "\"");
      }
      return Integer.parseInt(text.substring(begin, at));
    }

    long micros() {
      try {
        LocalDate date =
            dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
        int hours = halfDay ? hour % 12 + (afternoon ? 12 : 0) : hour;
        if (hours > 23 || minute > 59 || second > 59) {
          throw new DateTimeException("a time of day");
        }
        return TimeCasts.dateToTimestamp(date.toEpochDay())
            + ((hours * 60L + minute) * 60 + second) * MICROS_PER_SECOND
            + micros;
      } catch (DateTimeException e) {
        throw new CaissonException(
            SqlState.DATETIME_OVERFLOW, "date/time field value out of range: \"" + text + "\"", e);
      }
    }
  }
}
