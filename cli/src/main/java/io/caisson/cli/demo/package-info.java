/** A generated shop whose clicks views answer live. */
@NullMarked
package io.caisson.cli.demo;

import org.jspecify.annotations.NullMarked;
