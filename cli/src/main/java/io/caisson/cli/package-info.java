/** The program: {@link io.caisson.cli.Main} finds the command and runs it. */
@NullMarked
package io.caisson.cli;

import org.jspecify.annotations.NullMarked;
