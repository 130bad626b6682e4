/** Tables at work: expressions over their rows, numbers for them, indexes being built. */
@NullMarked
package io.caisson.engine.table;

import org.jspecify.annotations.NullMarked;
