package io.caisson.fdb.embedded;

import com.apple.foundationdb.Database;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;

/** Gives a database to a program that was compiled against fdb-java alone. */
final class ForeignProgramChild {
  private ForeignProgramChild() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(Path.of(arguments[0]))) {
      System.out.println("native client " + ClientLibrary.isNativeClientPresent());
      Class<?> program = Class.forName("example.scheduling.School");
      System.out.println(
          "program from " + program.getProtectionDomain().getCodeSource().getLocation());
      Object school = program.getConstructor(Database.class).newInstance(database);
      for (Object line : (List<?>) program.getMethod("run").invoke(school)) {
        System.out.println(line);
      }
    } catch (InvocationTargetException failure) {
      throw new IllegalStateException("The program failed", failure.getCause());
    }
  }
}
