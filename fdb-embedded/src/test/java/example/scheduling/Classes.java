package example.scheduling;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.ReadTransactionContext;
import com.apple.foundationdb.TransactionContext;
import com.apple.foundationdb.directory.DirectoryLayer;
import com.apple.foundationdb.directory.DirectorySubspace;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import java.util.List;

/** Students sign up for classes with so many seats, each for five at most. Thread-safe. */
final class Classes {
  private static final int MOST = 5;

  private final Subspace seats;
  private final Subspace attends;

  Classes(Database database) {
    DirectorySubspace directory =
        DirectoryLayer.getDefault().createOrOpen(database, List.of("school", "classes")).join();
    seats = directory.get("seats");
    attends = directory.get("attends");
  }

  void offer(TransactionContext context, String name, int free) {
    context.run(
        transaction -> {
          transaction.set(seats.pack(name), Tuple.from(free).pack());
          return name;
        });
  }

  List<String> available(ReadTransactionContext context) {
    return context.read(
        read ->
            read.getRange(seats.range()).asList().join().stream()
                .filter(row -> Tuple.fromBytes(row.getValue()).getLong(0) > 0)
                .map(row -> seats.unpack(row.getKey()).getString(0))
                .toList());
  }

  List<String> of(ReadTransactionContext context, String student) {
    return context.read(
        read ->
            read.getRange(attends.range(Tuple.from(student))).asList().join().stream()
                .map(row -> attends.unpack(row.getKey()).getString(1))
                .toList());
  }

  long signedUp(ReadTransactionContext context) {
    return context.read(read -> read.getRange(attends.range()).asList().join().size());
  }

  long free(ReadTransactionContext context) {
    return context.read(
        read ->
            read.getRange(seats.range()).asList().join().stream()
                .mapToLong(row -> Tuple.fromBytes(row.getValue()).getLong(0))
                .sum());
  }

  /** Whether the student has the seat. */
  boolean signUp(TransactionContext context, String student, String name) {
    return context.run(
        transaction -> {
          byte[] record = attends.pack(Tuple.from(student, name));
          if (transaction.get(record).join() != null) {
            return true;
          }
          long left = Tuple.fromBytes(transaction.get(seats.pack(name)).join()).getLong(0);
          if (left == 0 || of(transaction, student).size() == MOST) {
            return false;
          }
          transaction.set(seats.pack(name), Tuple.from(left - 1).pack());
          transaction.set(record, new byte[0]);
          return true;
        });
  }

  void drop(TransactionContext context, String student, String name) {
    context.run(
        transaction -> {
          byte[] record = attends.pack(Tuple.from(student, name));
          if (transaction.get(record).join() == null) {
            return false;
          }
          long left = Tuple.fromBytes(transaction.get(seats.pack(name)).join()).getLong(0);
          transaction.set(seats.pack(name), Tuple.from(left + 1).pack());
          transaction.clear(record);
          return true;
        });
  }

  /** Both or neither. */
  boolean change(TransactionContext context, String student, String from, String to) {
    return context.run(
        transaction -> {
          drop(transaction, student, from);
          if (signUp(transaction, student, to)) {
            return true;
          }
          signUp(transaction, student, from);
          return false;
        });
  }
}
