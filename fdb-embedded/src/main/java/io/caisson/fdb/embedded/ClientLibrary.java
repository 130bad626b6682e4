package io.caisson.fdb.embedded;

import com.apple.foundationdb.FDB;
import io.caisson.fdb.embedded.tree.NativeTree;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.lmdbjava.TargetName;

/**
 * Makes the classes of fdb-java usable in this process, with or without FoundationDB's native
 * client.
 *
 * <p>The class {@link FDB} loads a native library when it is initialised, and tuples with
 * versionstamps, {@code AsyncUtil} and the directory layer ask it for the API version. Where the
 * native client is installed, that is what happens. Where it is not, the class is given LMDB's
 * native library to load, which satisfies it, and an instance with the API version of which nothing
 * native is ever asked. {@link #isNativeClientPresent()} tells the two apart.
 *
 * <p>To be called before anything else touches {@link FDB}; {@link EmbeddedDatabase#open} does so.
 * Thread-safe and idempotent.
 */
public final class ClientLibrary {
  /** The API version that this engine implements. */
  public static final int API_VERSION = 730;

  private static final String FDB_PROPERTY = "FDB_LIBRARY_PATH_FDB_JAVA";
  private static final String CLIENT_PROPERTY = "FDB_LIBRARY_PATH_FDB_C";
  private static final String LMDB_PROPERTY = TargetName.LMDB_NATIVE_LIB_PROP;

  private static boolean prepared;
  private static boolean nativeClient;

  private ClientLibrary() {}

  /** Prepares the classes of fdb-java. */
  public static synchronized void prepare() {
    if (prepared) {
      return;
    }
    nativeClient = System.getProperty(FDB_PROPERTY) != null || loadNativeClient();
    if (nativeClient) {
      nativeClient = selectApiVersion();
    } else {
      standIn();
    }
    prepared = true;
  }

  /** Whether FoundationDB's native client is there, so that clusters can be opened. */
  public static synchronized boolean isNativeClientPresent() {
    prepare();
    return nativeClient;
  }

  /**
   * Begins to load the native libraries on a thread of its own, so that a program which will open a
   * database in a moment can do something else meanwhile. {@link #prepare} waits for it.
   */
  public static void prepareInBackground() {
    Thread loader =
        new Thread(
            () -> {
              prepare();
              NativeTree.load();
            },
            "caisson-store-prepare");
    loader.setDaemon(true);
    loader.start();
  }

  /** Selects the API version, and says whether it was the native client that took it. */
  private static boolean selectApiVersion() {
    if (FDB.isAPIVersionSelected()) {
      return true;
    }
    try {
      FDB.selectAPIVersion(API_VERSION);
      return true;
    } catch (UnsatisfiedLinkError notTheClient) {
      selectWithoutNativeCall(); // the property named some other library, as a program without the
      // client may do itself
      return false;
    }
  }

  private static boolean loadNativeClient() {
    String named = System.getProperty(CLIENT_PROPERTY);
    try {
      if (named == null) {
        System.loadLibrary("fdb_c");
      } else {
        System.load(named);
      }
      return true;
    } catch (UnsatisfiedLinkError absent) {
      return false;
    }
  }

  private static void standIn() {
    Path library = extractTreeLibrary();
    boolean ownProperty = System.getProperty(LMDB_PROPERTY) == null;
    try {
      if (ownProperty) {
        System.setProperty(LMDB_PROPERTY, library.toString());
      }
      System.setProperty(FDB_PROPERTY, library.toString());
      selectWithoutNativeCall();
      NativeTree.load();
    } finally {
      System.clearProperty(FDB_PROPERTY);
      if (ownProperty) {
        System.clearProperty(LMDB_PROPERTY);
      }
      delete(library);
    }
  }

  private static void selectWithoutNativeCall() {
    try {
      if (FDB.isAPIVersionSelected()) {
        return;
      }
      Constructor<FDB> constructor = FDB.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      Field singleton = FDB.class.getDeclaredField("singleton");
      singleton.setAccessible(true);
      singleton.set(null, constructor.newInstance(API_VERSION));
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException(
          "This version of fdb-java is not the one that the engine was built for", failure);
    }
  }

  /** Unpacks LMDB's native library to a file that is deleted as soon as it is loaded. */
  private static Path extractTreeLibrary() {
    String name = TargetName.RESOLVED_FILENAME;
    if (TargetName.IS_EXTERNAL) {
      return Path.of(name);
    }
    try (InputStream library = TargetName.class.getClassLoader().getResourceAsStream(name)) {
      if (library == null) {
        throw new IllegalStateException(
            "There is no native LMDB library for this platform: " + name);
      }
      Path file = Files.createTempFile("caisson-lmdb-", name.substring(name.lastIndexOf('.')));
      Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException failure) {
      throw new IllegalStateException(
          "The native LMDB library could not be unpacked: " + failure, failure);
    }
  }

  private static void delete(Path library) {
    if (TargetName.IS_EXTERNAL && library.toString().equals(TargetName.RESOLVED_FILENAME)) {
      return;
    }
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    try {
      if (windows) {
        library.toFile().deleteOnExit();
      } else {
        Files.deleteIfExists(library);
      }
    } catch (IOException leftBehind) {
      library.toFile().deleteOnExit();
    }
  }
}
