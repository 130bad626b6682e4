package example.scheduling;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.directory.DirectoryLayer;
import com.apple.foundationdb.tuple.Versionstamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The program: students that change their minds, and tasks that others wait for. Thread-safe. */
public final class School {
  private static final int STUDENTS = 8;
  private static final int CLASSES = 12;
  private static final int SEATS = 3;
  private static final int TASKS = 60;

  private final Database database;

  /** A school that keeps its books in a database. */
  public School(Database database) {
    this.database = database;
  }

  /** Runs the program and says in lines what came out. */
  public List<String> run() throws Exception {
    List<String> report = new ArrayList<>();
    report.add(schedule());
    report.add(queue());
    report.add(
        "directories " + DirectoryLayer.getDefault().list(database, List.of("school")).join());
    DirectoryLayer.getDefault().remove(database, List.of("school")).join();
    report.add("left " + DirectoryLayer.getDefault().exists(database, List.of("school")).join());
    return report;
  }

  private String schedule() throws Exception {
    Classes classes = new Classes(database);
    for (int i = 0; i < CLASSES; i++) {
      classes.offer(database, "class " + i, SEATS);
    }
    ExecutorService threads = Executors.newFixedThreadPool(STUDENTS);
    try {
      List<Future<?>> students = new ArrayList<>();
      for (int i = 0; i < STUDENTS; i++) {
        String student = "student " + i;
        Random random = new Random(i);
        students.add(threads.submit(() -> decide(classes, student, random)));
      }
      for (Future<?> student : students) {
        student.get();
      }
    } finally {
      threads.shutdown();
    }
    int most = 0;
    for (int i = 0; i < STUDENTS; i++) {
      most = Math.max(most, classes.of(database, "student " + i).size());
    }
    long books = classes.free(database) + classes.signedUp(database);
    return "seats " + books + ", at most " + (most <= 5 ? "five" : most) + " a student";
  }

  private void decide(Classes classes, String student, Random random) {
    for (int i = 0; i < 15; i++) {
      List<String> free = classes.available(database);
      List<String> mine = classes.of(database, student);
      String wish = free.isEmpty() ? "class 0" : free.get(random.nextInt(free.size()));
      switch (random.nextInt(3)) {
        case 0 -> classes.signUp(database, student, wish);
        case 1 -> {
          if (!mine.isEmpty()) {
            classes.drop(database, student, mine.get(0));
          }
        }
        default -> {
          if (!mine.isEmpty()) {
            classes.change(database, student, mine.get(0), wish);
          }
        }
      }
    }
  }

  private String queue() throws Exception {
    Tasks tasks = new Tasks(database);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Set<String> taken = new TreeSet<>();
    boolean ordered = true;
    try {
      List<Future<String>> consumers = new ArrayList<>();
      for (int i = 0; i < TASKS; i++) {
        consumers.add(threads.submit(tasks::take));
      }
      Versionstamp last = null;
      for (int i = 0; i < TASKS; i++) {
        Versionstamp next = tasks.add("task " + i);
        ordered &= last == null || last.compareTo(next) < 0;
        last = next;
      }
      for (Future<String> consumer : consumers) {
        taken.add(consumer.get());
      }
    } finally {
      threads.shutdown();
    }
    return "tasks " + taken.size() + ", " + tasks.size() + " left, ordered " + ordered;
  }
}
