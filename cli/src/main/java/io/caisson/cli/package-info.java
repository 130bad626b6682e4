/** The command line: one class a command, found by {@link io.caisson.cli.Main}. */
@NullMarked
package io.caisson.cli;

import org.jspecify.annotations.NullMarked;
