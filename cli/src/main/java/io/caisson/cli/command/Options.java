package io.caisson.cli.command;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Short ways to declare options and read them back. */
public final class Options {
  private Options() {}

  /** An option with a value. */
  public static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .arity("1")
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** An option that is there or not. */
  public static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).arity("0").type(boolean.class).description(description).build();
  }

  /** A command's bare specification, with {@code --help} and {@code --debug}. */
  public static CommandSpec command(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description).abbreviateSynopsis(true).width(100);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .arity("0")
            .type(boolean.class)
            .usageHelp(true)
            .description("Shows this help.")
            .build());
    spec.addOption(flag("--debug", "Shows stack traces and the log of what happens."));
    return spec;
  }

  /** The value of an option, or null where it was not given. */
  public static @Nullable String text(ParseResult options, String name) {
    return options.matchedOptionValue(name, (String) null);
  }

  /** Whether a flag was given. */
  public static boolean given(ParseResult options, String name) {
    return options.hasMatchedOption(name);
  }

  /**
   * The value of an option that is a number, or the default.
   *
   * @throws CaissonException 22023 when it is no number or less than {@code least}
   */
  public static long number(ParseResult options, String name, long least, long otherwise) {
    String text = text(options, name);
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text.replace("_", ""));
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // said below, as for a number that is too small
    }
    throw new CaissonException(
        SqlState.INVALID_PARAMETER,
        name + " takes a whole number from " + least + ", not \"" + text + "\"");
  }
}
