package io.caisson.engine.compile;

import io.caisson.plan.Expression;
import io.caisson.type.SqlType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;
import org.codehaus.janino.util.ClassFile;

/** Looks at the bytes of generated classes. Thread-safe. */
final class GeneratedClassSizes {
  private GeneratedClassSizes() {}

  /** The bytes of the longest method, constructor aside, that a projection is compiled to. */
  static int longestMethod(List<Expression> expressions, List<SqlType> input) {
    try {
      var compiler = new SimpleCompiler();
      compiler.setParentClassLoader(ExpressionCompiler.class.getClassLoader());
      compiler.cook(ExpressionCompiler.source(expressions, input));
      int longest = 0;
      for (byte[] bytes : compiler.getBytecodes().values()) {
        for (var method : new ClassFile(new ByteArrayInputStream(bytes)).methodInfos) {
          for (var attribute : method.getAttributes()) {
            if (attribute instanceof ClassFile.CodeAttribute code
                && !method.getName().equals("<init>")) {
              longest = Math.max(longest, code.code.length);
            }
          }
        }
      }
      return longest;
    } catch (CompileException | IOException e) {
      throw new AssertionError(e);
    }
  }
}
