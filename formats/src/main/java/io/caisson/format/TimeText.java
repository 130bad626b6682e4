package io.caisson.format;

/**
 * Reads dates, times and timestamps from bytes without allocating: {@code 2026-01-31}, {@code
 * 2026-01-31 23:59:59.25}, {@code 2026-01-31T23:59:59.25Z}, {@code …+01:00}. A time zone moves the
 * timestamp to UTC. For one thread.
 */
public final class TimeText {
  /** What is answered for text that is not what it should be. */
  public static final long INVALID = Long.MIN_VALUE;

  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long SECONDS_PER_DAY = 86_400L;
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private byte[] bytes = new byte[0];
  private int position;
  private int end;
  private boolean wrong;

  private void start(byte[] source, int from, int to) {
    bytes = source;
    position = from;
    end = to;
    wrong = false;
  }

  /** Microseconds since 1970, or {@link #INVALID}. */
  public long timestamp(byte[] source, int from, int to) {
    start(source, from, to);
    long days = date();
    long micros = 0;
    if (!wrong && position < end) {
      byte separator = bytes[position++];
      wrong = separator != 'T' && separator != 't' && separator != ' ';
      micros = clock() - zone() * MICROS_PER_SECOND;
    }
    return wrong || position != end ? INVALID : days * SECONDS_PER_DAY * MICROS_PER_SECOND + micros;
  }

  /** Days since 1970, or {@link #INVALID}. */
  long day(byte[] source, int from, int to) {
    start(source, from, to);
    long days = date();
    return wrong || position != end ? INVALID : days;
  }

  /** Microseconds since midnight, or {@link #INVALID}. */
  long time(byte[] source, int from, int to) {
    start(source, from, to);
    long micros = clock();
    return wrong || position != end ? INVALID : micros;
  }

  private long date() {
    int year = digits(4);
    expect('-');
    int month = digits(2);
    expect('-');
    int day = digits(2);
    if (wrong || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
      wrong = true;
      return 0;
    }
    // Counts from March, so that the leap day comes last.
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468L;
  }

  private static int daysOf(int year, int month) {
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : DAYS[month - 1];
  }

  private long clock() {
    int hour = digits(2);
    expect(':');
    int minute = digits(2);
    int second = 0;
    long fraction = 0;
    if (position < end && bytes[position] == ':') {
      position++;
      second = digits(2);
      if (position < end && (bytes[position] == '.' || bytes[position] == ',')) {
        position++;
        fraction = fraction();
      }
    }
    if (hour > 23 || minute > 59 || second > 59) {
      wrong = true;
    }
    return (hour * 3600L + minute * 60L + second) * MICROS_PER_SECOND + fraction;
  }

  // Digits behind the sixth are cut, as a microsecond is the smallest there is.
  private long fraction() {
    long micros = 0;
    int count = 0;
    for (; position < end && isDigit(bytes[position]); position++) {
      if (count < 6) {
        micros = micros * 10 + (bytes[position] - '0');
      }
      count++;
    }
    wrong |= count == 0;
    for (; count < 6; count++) {
      micros *= 10;
    }
    return micros;
  }

  private long zone() {
    if (wrong || position == end) {
      return 0;
    }
    if (bytes[position] == ' ') {
      position++;
    }
    byte sign = position < end ? bytes[position++] : 0;
    if (sign == 'Z' || sign == 'z') {
      return 0;
    }
    if (sign != '+' && sign != '-') {
      wrong = true;
      return 0;
    }
    int hours = digits(2);
    int minutes = 0;
    if (position < end) {
      if (bytes[position] == ':') {
        position++;
      }
      minutes = digits(2);
    }
    if (hours > 18 || minutes > 59) {
      wrong = true;
    }
    long seconds = hours * 3600L + minutes * 60L;
    return sign == '-' ? -seconds : seconds;
  }

  private int digits(int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      if (position >= end || !isDigit(bytes[position])) {
        wrong = true;
        return 0;
      }
      number = number * 10 + (bytes[position++] - '0');
    }
    return number;
  }

  private static boolean isDigit(byte unit) {
    return unit >= '0' && unit <= '9';
  }

  private void expect(char unit) {
    if (position < end && bytes[position] == unit) {
      position++;
    } else {
      wrong = true;
    }
  }
}
